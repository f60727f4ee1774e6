// Functions of the file that the program calls to make layers, with the calls that lead to each.
import type { CalledFunction } from '../analysis.ts';
import type { CallFrame, Callee } from '../evaluate/call-frame.ts';
import { meets, newMark } from '../evaluate/marks.ts';
import type { Part } from '../evaluate/part.ts';
import type { CallPath } from '../graph/block-graph.ts';
import type { FunctionNode } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';

/** In the order of the source. */
export function calledFunctionsOf(parts: readonly Part[], file: string): CalledFunction[] {
  const calls = new Map<FunctionNode, { readonly callee: Callee; readonly frames: CallFrame[] }>();
  for (const part of parts) {
    for (const frame of part.derive(framesOf, () => framesOf(part))) {
      const { callee } = frame;
      if (callee?.file !== file) continue;
      const known = calls.get(callee.node);
      if (known) known.frames.push(frame);
      else calls.set(callee.node, { callee, frames: [frame] });
    }
  }
  return [...calls.values()].map(({ callee, frames }) => new Called(callee, frames)).sort((a, b) => a.whole.start - b.whole.start);
}

/** The ways to its calls are made when somebody asks for them. */
class Called implements CalledFunction {
  readonly name: string;
  readonly at: Location;
  readonly whole: Location;
  private paths: readonly CallPath[] | undefined = undefined;

  constructor({ node, file, shownName = '' }: Callee, private readonly frames: readonly CallFrame[]) {
    this.name = shownName;
    this.at = { file, start: node.nameStart, end: node.nameEnd };
    this.whole = { file, start: node.start, end: node.end };
  }

  get callPaths(): readonly CallPath[] { return (this.paths ??= certain(this.frames).map(frame => frame.path())); }
}

/** The calls of the program that come to make a layer in a part, in the order in which they begin. */
function framesOf({ layers }: Part): CallFrame[] {
  const frames: CallFrame[] = [];
  const mark = newMark();
  for (const { frame: made } of layers) {
    for (let frame: CallFrame | undefined = made; frame && meets(mark, frame); frame = frame.parent) if (frame.called) frames.push(frame);
  }
  return frames.sort((a, b) => a.born - b.born);
}

/** What the program really does goes before what a function would do that nobody calls. */
function certain(frames: readonly CallFrame[]): readonly CallFrame[] {
  const real = frames.filter(frame => !frame.hypothetical);
  return real.length > 0 ? real : frames;
}
