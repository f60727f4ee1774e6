// Reads the attributes of one call by the layer's schema. What is not known, or is one of several values, gives
// several cases, so that a rule only ever sees one definite value for each attribute.
import { isUnknown, unknown, type Unknown } from '../shapes/dim.ts';
import { doubtfulAttribute } from '../problems/doubtful-attribute.ts';
import { invalidAttribute } from '../problems/invalid-attribute.ts';
import { missingAttribute } from '../problems/missing-attribute.ts';
import type { ProblemDefinition, Severity } from '../problems/problem.ts';
import { formatValue, isAlternatives, isList, type AttributeType, type AttributeValue, type Attributes } from './attribute.ts';
import { schemaOf } from './every-layer.ts';
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
  const uncertain: Unknown[] = [];
  let cases: Case[] = [{}];
  for (const [name, type] of Object.entries(schemaOf(definition))) {
    const read = readAttribute(definition.name, name, type, attributes[name]?.value);
    problems.push(...read.problems);
    const values = read.values.filter(value => !isStuck(value));
    if (read.uncertain && read.values.length + values.length !== 2) uncertain.push(read.uncertain);
    if (values.length < read.values.length || cases.length * values.length > mostCases) {
      cases = [];
    } else {
      cases = cases.flatMap(known => values.map(value => ({ ...known, [name]: value })));
    }
  }
  return { cases, problems, ...(uncertain[0] ? { uncertain: uncertain[0] } : {}) };
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
  if (raw === undefined || raw === null) {
    if (!type.required) return { values: [type.default], problems: [] };
    const problem = describe(missingAttribute, { layer, attribute: name, expected: type.type }, name);
    const missing = unknown(`${name} is not given`);
    return { values: whenUnknown(type, missing), uncertain: missing, problems: [problem] };
  }
  const raws = alternativesOf(raw);
  if (raws === undefined) {
    const tooMany = unknown(`${name} has too many alternatives`);
    return { values: whenUnknown(type, tooMany), uncertain: tooMany, problems: [] };
  }
  const values: (unknown | Stuck)[] = [];
  const problems: LayerProblem[][] = [];
  const reasons: Unknown[] = [];
  for (const one of raws) {
    const reading = type.read(one);
    if ('value' in reading) {
      values.push(reading.value);
      const doubt = reading.doubt === undefined ? [] : [{ attribute: name, expected: reading.doubt, received: formatValue(one) }];
      problems.push(doubt.map(data => describe(doubtfulAttribute, data, name)));
    } else if ('unknown' in reading) {
      const { reason, at } = reading.unknown;
      reasons.push(unknown(`${name} is not known: ${reason}`, at));
      values.push(...whenUnknown(type, reasons.at(-1)!));
      problems.push([]);
    } else {
      const problem = describe(invalidAttribute, { attribute: name, expected: reading.expected, received: formatValue(one) }, name);
      reasons.push(unknown(problem.message));
      values.push(...whenUnknown(type, reasons.at(-1)!));
      problems.push([problem]);
    }
  }
  const several = raws.length > 1 ? unknown(`${name} is ${raws.map(formatValue).join(' or ')}`) : undefined;
  const reason = reasons[0] ?? several;
  return { values, problems: commonProblems(problems), ...(reason ? { uncertain: reason } : {}) };
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
