// Loops: turn by turn where the number of turns is known, otherwise once for all turns.
import { unknown, type Unknown } from '../shapes/dim.ts';
import { sharesState } from '../syntax/names-in.ts';
import type { For, ForEach, While } from '../syntax/tree.ts';
import type { Completion, PendingExit } from './completion.ts';
import { evaluate } from './expressions.ts';
import { assumeTurns } from './extent.ts';
import { giveUpLoop, goOnAfterThrow, goOnWith, meet } from './fork.ts';
import { repeatUnknown } from './repeat-unknown.ts';
import { unknownCondition } from './join.ts';
import { unary } from './operators.ts';
import { enumerableNames, namesOfList, type Listing } from './own-properties.ts';
import { assignPattern, declarePattern } from './patterns.ts';
import { notesOf, plain, reasonOf, truth } from './primitives.ts';
import { findProperty } from './prototypes.ts';
import type { Run } from './run.ts';
import { Scope } from './scope.ts';
import { execute } from './statements.ts';
import { CollectionValue } from './builtins/collections.ts';
import { iterate, IteratorValue, mayBeLeft, nextOf, outdated, ownIterator } from './builtins/iterators.ts';
import { forgetCounts } from './tensorflow/default-names.ts';
import { ArrayValue, ObjectValue, UnknownValue, type Value } from './values.ts';

export function executeFor(run: Run, node: For, scope: Scope, label: string | undefined): Completion {
  const head = new Scope(scope);
  if (node.initial) execute(run, node.initial, head);
  const test = (): Value => (node.test ? evaluate(run, node.test, head) : true);
  // Every turn has variables of its own, which closures made in the turn keep.
  const turn = (): Completion => {
    const own = new Scope(scope);
    for (const name of head.names()) own.declare(name, head.own(name)!.value);
    const completion = execute(run, node.body, own);
    for (const name of head.names()) run.trail.write(head.own(name)!, 'value', own.own(name)!.value);
    return completion;
  };
  return loop(run, node, label, test, turn, () => { if (node.update) evaluate(run, node.update, head); });
}

export function executeWhile(run: Run, node: While, scope: Scope, label: string | undefined): Completion {
  const test = (): Value => evaluate(run, node.test, scope);
  return loop(run, node, label, test, () => execute(run, node.body, scope), () => undefined, { bodyFirst: node.bodyFirst });
}

export function executeForEach(run: Run, node: ForEach, scope: Scope, label: string | undefined): Completion {
  const iterable = plain(evaluate(run, node.iterable, scope));
  assumeTurns(run, iterable);
  const turnWith = (item: Value): Completion => {
    const inside = new Scope(scope);
    if (node.scope === undefined) assignPattern(run, node.target, item, inside);
    else declarePattern(run, node.target, item, node.scope === 'var' ? scope.varScope() : inside);
    return execute(run, node.body, inside);
  };
  const iterator = iterable instanceof ObjectValue && node.over === 'values' ? ownIterator(run, iterable, node.iterable) : iterable;
  if (iterator instanceof ObjectValue && node.over === 'values') {
    let step = nextOf(run, iterator, node.iterable);
    const isLeft = (): Value => unary(run, '!', step.done);
    return loop(run, node, label, isLeft, () => turnWith(truth(step.done) === false ? step.value : run.unknown('which element this is is not known', node.iterable, elementName(node))), () => { step = nextOf(run, iterator, node.iterable); });
  }
  // What a generator yields is found out before the loop begins.
  const isCertain = !(iterator instanceof IteratorValue && iterator.generator && sharesState(iterator.generator, node.body));
  const { list, isOutdated, isGone } = itemsOf(run, node, isCertain ? iterator : run.unknown('the loop and the generator that it goes through write to what the other reads', node.iterable));
  const unknownItem = (reason: Unknown): Value => new UnknownValue(reason, elementName(node));
  let index = 0;
  const turn = (): Completion => {
    if (isOutdated(index)) return turnWith(unknownItem(outdated));
    const item = list.elements[index];
    return isGone(item) ? undefined : turnWith(item);
  };
  // A list is gone through as it is by then, and not as it was when the loop began.
  const completion = loop(run, node, label, () => (isOutdated(index) ? unknownItem(outdated) : index < list.elements.length), turn, () => { index++; });
  mayBeLeft(run, iterator, run.at(node));
  if (completion || !list.open) return completion;
  const { open } = list;
  repeatUnknown(run, () => turnWith(unknownItem(open)), open);
  return undefined;
}

/** What a loop goes through. */
interface Items {
  /** Open where there may be others besides its elements. */
  readonly list: ArrayValue;
  /** Whether what was gone through before an index has been changed, so that nobody can tell what is left. */
  readonly isOutdated: (index: number) => boolean;
  /** Whether an element is no longer there to be gone through. */
  readonly isGone: (item: Value) => boolean;
}

const never = (): boolean => false;

function itemsOf(run: Run, node: ForEach, iterable: Value): Items {
  const fixed = (elements: readonly Value[], open?: Unknown, isGone: (item: Value) => boolean = never): Items => ({ list: new ArrayValue(elements, open), isOutdated: never, isGone });
  const listed = ({ certain, open }: Listing<string>, isGone?: (item: Value) => boolean): Items => fixed(certain, open, isGone);
  if (node.over === 'keys' && iterable instanceof ArrayValue) return listed(namesOfList(run, iterable));
  if (node.over === 'keys' && iterable instanceof ObjectValue) return listed(enumerableNames(run, iterable), key => !iterable.open && findProperty(iterable, String(key)).found === undefined);
  const list = node.over === 'keys' ? undefined : iterate(run, iterable, node.iterable);
  if (list) {
    const visited: Value[] = [];
    const isOutdated = (index: number): boolean => {
      if (iterable instanceof IteratorValue) return iterable.isOutdated;
      if (!(iterable instanceof CollectionValue)) return false;
      if (index > 0 && !iterable.keeps(visited[index - 1], index - 1)) return true;
      visited[index] = list.elements[index];
      return false;
    };
    return { list, isOutdated, isGone: never };
  }
  if (typeof iterable === 'string') return fixed(node.over === 'keys' ? iterable.split('').map((_, i) => String(i)) : [...iterable]);
  return fixed([], iterable instanceof UnknownValue ? iterable.reason : unknown('what this loop goes through is not known', run.at(node.iterable)));
}

function elementName({ iterable }: ForEach): string | undefined {
  const named = iterable.kind === 'await' ? iterable.argument : iterable;
  return named.kind === 'identifier' ? `${named.name}[i]` : undefined;
}

/** Turns in which a loop may have been left, before the number of its turns counts as unknown. */
const mostPossibleEnds = 100;

/** A loop that throws in the end, and may have been left before: the program then goes on behind it. */
function loop(...parts: Parameters<typeof runLoop>): Completion {
  const [run, node, label] = parts;
  const exits = run.exits.length;
  try {
    return runLoop(...parts);
  } catch (error) {
    goOnAfterThrow(run, error, exits, left => isBreakOf(left, label), unknownCondition(run.at(node)));
    return undefined;
  }
}

const isBreakOf = (left: PendingExit['completion'], label: string | undefined): boolean => left.type === 'break' && (left.label === undefined || left.label === label);

function runLoop(
  run: Run, node: For | ForEach | While, label: string | undefined, test: () => Value, turn: () => Completion, update: () => void,
  options: { bodyFirst?: boolean } = {},
): Completion {
  const isMine = (completion: NonNullable<Completion>): boolean => completion.type !== 'return' && (completion.label === undefined || completion.label === label);
  const exits = run.exits.length;
  const reason = unknownCondition(run.at(node));
  const isMyBreak = (left: PendingExit['completion']): boolean => isBreakOf(left, label);
  const leaveLoop = (): void => { meet(run, exits, isMyBreak, reason); };
  const from = run.budget.spent;
  for (let turns = 0; ; turns++) {
    if (turns > 0 || !options.bodyFirst) {
      const condition = test();
      run.assume(notesOf(condition));
      const holds = truth(condition);
      if (holds === false) break;
      if (holds === undefined) {
        repeatUnknown(run, () => { const completion = turn(); if (!completion || completion.type === 'continue') update(); return completion; }, reasonOf(condition) ?? reason);
        break;
      }
    }
    const { loopTurns, loopSteps } = run.budget.limits;
    const mayHaveEnded = run.exits.length - exits;
    if (turns >= loopTurns || run.budget.spent - from > loopSteps || mayHaveEnded > mostPossibleEnds) {
      const limit = turns >= loopTurns ? `runs more than ${loopTurns.toLocaleString('en')} times` : 'takes too many steps';
      forgetCounts(run);
      giveUpLoop(run, () => { const completion = turn(); update(); return completion; }, unknown(`the loop ${limit} and is not followed further`, run.at(node)));
      break;
    }
    run.budget.step();
    const completion = turn();
    meet(run, exits, left => left.type === 'continue' && isMine(left), reason);
    if (completion && !(completion.type === 'continue' && isMine(completion))) {
      if (completion.type === 'break' && isMine(completion)) break;
      return goOnWith(run, exits, isMyBreak, completion, reason).length > 0 ? undefined : completion;
    }
    update();
  }
  leaveLoop();
  return undefined;
}
