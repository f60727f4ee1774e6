// Reads the attributes of one call by the layer's schema. What is not known, or is one of several values, gives
// several cases, so that a rule only ever sees one definite value for each attribute.
import { isUnknown, unknown, type Unknown } from '../shapes/dim.ts';
import { doubtfulAttribute } from '../problems/doubtful-attribute.ts';
import { invalidAttribute } from '../problems/invalid-attribute.ts';
import { missingAttribute } from '../problems/missing-attribute.ts';
import type { ProblemDefinition, Severity } from '../problems/problem.ts';
import { formatValue, isAlternatives, isList, type AttributeType, type AttributeValue, type Attributes } from './attribute.ts';
import { defaultsOf, schemaOf } from './every-layer.ts';
import type { LayerDefinition } from './define-layer.ts';

/** A problem of a layer as plain data; the evaluator knows where the attribute, or else the call, stands. */
export interface LayerProblem {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly attribute?: string;
}

/** One definite value for each attribute. */
export type Case = Readonly<Record<string, unknown>>;

export interface Cases {
  readonly cases: readonly Case[];
  /** Why there are several cases, or none: what is not known. */
  readonly uncertain?: Unknown;
  /** What is wrong with single attributes, whichever of its values each has. */
  readonly problems: readonly LayerProblem[];
}

/** With more combinations than this nothing is worth saying any more. */
const mostCases = 64;

/** An unknown that has no value which the rules could work with. */
interface Stuck {
  readonly unknown: Unknown;
}

interface Read {
  readonly values: readonly (unknown | Stuck)[];
  readonly problems: readonly LayerProblem[];
  readonly uncertain?: Unknown;
}

export function readAttributes(definition: LayerDefinition, attributes: Attributes): Cases {
  const problems: LayerProblem[] = [];
  const schema = schemaOf(definition);
  const certain: Record<string, unknown> = { ...defaultsOf(definition) };
  const several: { readonly name: string; readonly values: readonly unknown[] }[] = [];
  let uncertain: Unknown | undefined;
  let combinations = 1;
  for (const name in schema) {
    const type = schema[name]!;
    const raw = Object.hasOwn(attributes, name) ? attributes[name]!.value : undefined;
    if (raw === undefined && !type.required) continue;
    const read = readAttribute(definition.name, name, type, raw);
    problems.push(...read.problems);
    if (read.values.length === 1 && !isStuck(read.values[0])) {
      certain[name] = read.values[0];
      continue;
    }
    uncertain ??= read.uncertain;
    several.push({ name, values: read.values });
    combinations = read.values.some(isStuck) ? Infinity : combinations * read.values.length;
  }
  const cases = combinations > mostCases ? [] : several.reduce<Case[]>(
    (known, { name, values }) => known.flatMap(one => values.map(value => ({ ...one, [name]: value }))), [certain]);
  return { cases, problems, ...(uncertain ? { uncertain } : {}) };
}

export function describe<Data>(problem: ProblemDefinition<Data>, data: Data, attribute?: string): LayerProblem {
  const { id, severity, message } = problem;
  return { id, severity, message: message(data), ...(attribute === undefined ? {} : { attribute }) };
}

/** The problems that are there in every case; what only may be wrong is not reported. */
export function commonProblems(perCase: readonly (readonly LayerProblem[])[]): LayerProblem[] {
  const [first = [], ...others] = perCase;
  const same = (a: LayerProblem) => (b: LayerProblem): boolean => a.id === b.id && a.message === b.message && a.attribute === b.attribute;
  return first.filter(problem => others.every(list => list.some(same(problem))));
}

function readAttribute(layer: string, name: string, type: AttributeType<unknown>, raw: AttributeValue): Read {
  if (isPlain(raw)) return readAlternative(layer, name, type, raw);
  const alternatives = alternativesOf(raw);
  if (alternatives === undefined) {
    const tooMany = unknown(`${name} has too many alternatives`);
    return { values: whenUnknown(type, tooMany), uncertain: tooMany, problems: [] };
  }
  const reads = alternatives.map(one => readAlternative(layer, name, type, one));
  const several = reads.length > 1 ? unknown(`${name} is ${alternatives.map(formatValue).join(' or ')}`) : undefined;
  const uncertain = reads.find(read => read.uncertain)?.uncertain ?? several;
  return {
    values: reads.flatMap(read => read.values),
    problems: commonProblems(reads.map(read => read.problems)),
    ...(uncertain ? { uncertain } : {}),
  };
}

function readAlternative(layer: string, attribute: string, type: AttributeType<unknown>, raw: AttributeValue): Read {
  const goOn = (uncertain: Unknown, problems: readonly LayerProblem[]): Read => ({ values: whenUnknown(type, uncertain), uncertain, problems });
  if (raw === undefined || (raw === null && !type.readsNull)) {
    if (!type.required) return { values: [type.default], problems: [] };
    return goOn(unknown(`${attribute} is not given`), [describe(missingAttribute, { layer, attribute, expected: type.type }, attribute)]);
  }
  if (type.inert && isUnknown(raw)) return { values: [type.default], problems: [] };
  const reading = type.read(raw);
  if ('value' in reading) {
    const doubts = reading.doubt === undefined ? [] : [describe(doubtfulAttribute, { attribute, expected: reading.doubt, received: formatValue(raw) }, attribute)];
    return { values: [reading.value], problems: doubts };
  }
  if ('unknown' in reading) return goOn(unknown(`${attribute} is not known: ${reading.unknown.reason}`, reading.unknown.at), []);
  const { expected, suggestion } = reading;
  const problem = describe(invalidAttribute, { attribute, expected, received: formatValue(raw), suggestion }, attribute);
  return goOn(unknown(problem.message), [problem]);
}

/** The values to go on with where an attribute is not known. */
function whenUnknown(type: AttributeType<unknown>, reason: Unknown): readonly (unknown | Stuck)[] {
  if (type.inert) return [type.default];
  if (type.choices) return type.choices;
  const reading = type.read(reason);
  return ['value' in reading ? reading.value : { unknown: reason }];
}

const isStuck = (value: unknown | Stuck): value is Stuck =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'unknown' in value && isUnknown(value.unknown);

const isPlain = (value: AttributeValue): boolean => typeof value !== 'object' || value === null || 'reason' in value;

/** A value in all its alternatives, also those of a list's elements; undefined where they are too many. */
function alternativesOf(value: AttributeValue): readonly AttributeValue[] | undefined {
  if (isAlternatives(value)) {
    const all = value.values.map(alternativesOf);
    return all.includes(undefined) ? undefined : capped(all.flatMap(list => list!));
  }
  if (!isList(value)) return [value];
  let lists: AttributeValue[][] = [[]];
  for (const element of value) {
    const options = alternativesOf(element);
    if (options === undefined || options.length * lists.length > mostCases) return undefined;
    lists = lists.flatMap(list => options.map(option => [...list, option]));
  }
  return lists;
}

const capped = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > mostCases ? undefined : list);
