// One dimension of a shape: a number, a symbolic expression, one that is left open, or unknown with its reason.
//
// A symbolic dim is a canonical integer polynomial over atoms: a name (`H`), or `floor(polynomial / m)`. Two rules
// keep chains of convolutions and pools small:
//   floor((m·q + r) / m)           = q + floor(r / m)
//   floor((floor(x / a) + c) / b)  = floor((x + a·c) / (a·b))
// so that any such chain is one floor. Equal expressions have equal keys, which makes comparison cheap.
// All of it is plain data and survives being posted to the webview.
import type { Location } from '../text/location.ts';

/** Why something is not known, and where that began. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly at?: Location;
}

export interface SymbolicDim {
  readonly kind: 'symbolic';
  readonly constant: number;
  readonly terms: readonly Term[];
  readonly key: string;
}

/** coefficient · atom · atom · … */
export interface Term {
  readonly coefficient: number;
  readonly atoms: readonly Atom[];
  readonly key: string;
}

export type Atom =
  | { readonly kind: 'name'; readonly name: string; readonly key: string }
  | { readonly kind: 'floor'; readonly of: SymbolicDim; readonly divisor: number; readonly key: string };

/** `null` is a dim that the model leaves open (Keras' None), which is something else than one we do not know. */
export type Dim = number | null | SymbolicDim | Unknown;

export const unknown = (reason: string, at?: Location): Unknown => (at ? { kind: 'unknown', reason, at } : { kind: 'unknown', reason });

export const isSymbolic = (value: unknown): value is SymbolicDim =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'symbolic';

export const isUnknown = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'unknown';

/** A program may add an unknown number to a sum in each turn of a loop. Nobody would read what comes out. */
const longestKey = 2_000;
const mostProducts = 1_000;
const tooLong = unknown('the expression for it gets too long to be followed');

const bounded = (dim: number | SymbolicDim): Dim => (isSymbolic(dim) && dim.key.length > longestKey ? tooLong : dim);

export const isKnown = (dim: Dim): dim is number => typeof dim === 'number';

/** The symbolic dim that is just a name. */
export function symbol(name: string): SymbolicDim {
  const atom: Atom = { kind: 'name', name, key: name };
  return polynomial(0, [{ coefficient: 1, atoms: [atom], key: name }]) as SymbolicDim;
}

export const sameDim = (a: Dim, b: Dim): boolean => a === b || (isSymbolic(a) && isSymbolic(b) && a.key === b.key);

export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const odd = openOrUnknown(a, b);
  if (odd !== undefined) return odd;
  const x = lift(a);
  const y = lift(b);
  return bounded(polynomial(x.constant + y.constant, [...x.terms, ...y.terms]));
}

export const subtractDims = (a: Dim, b: Dim): Dim => addDims(a, multiplyDims(b, -1));

export function multiplyDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const odd = openOrUnknown(a, b);
  if (odd !== undefined) return odd;
  const x = lift(a);
  const y = lift(b);
  if (x.terms.length * y.terms.length > mostProducts) return tooLong;
  const terms: Term[] = [];
  for (const s of x.terms) {
    for (const t of y.terms) terms.push(term(s.coefficient * t.coefficient, [...s.atoms, ...t.atoms]));
    terms.push(scale(s, y.constant));
  }
  for (const t of y.terms) terms.push(scale(t, x.constant));
  return bounded(polynomial(x.constant * y.constant, terms));
}

export const productOfDims = (dims: readonly Dim[]): Dim => dims.reduce<Dim>((product, dim) => multiplyDims(product, dim), 1);

/** floor(a / b); unknown where it has no polynomial form. */
export function floorDivideDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') {
    return b === 0 ? unknown('division by zero') : Math.floor(a / b);
  }
  const odd = openOrUnknown(a, b);
  if (odd !== undefined) return odd;
  if (b === 1) return a;
  const exact = divideExactly(a, b);
  if (exact !== undefined) return exact;
  if (typeof b !== 'number' || b <= 0 || !Number.isInteger(b)) {
    return unknown(`${formatDim(a)} divided by ${formatDim(b)} has no simple form`);
  }
  return floorOf(lift(a), b);
}

export const ceilDivideDims = (a: Dim, b: Dim): Dim => floorDivideDims(subtractDims(addDims(a, b), 1), b);

/** a / b where the division leaves no remainder whatever the names stand for; undefined otherwise. */
export function divideExactly(a: Dim, b: Dim): Dim | undefined {
  if (a === null || b === null || isUnknown(a) || isUnknown(b) || b === 0) return undefined;
  if (typeof a === 'number' && typeof b === 'number') return Number.isInteger(a / b) ? a / b : undefined;
  if (sameDim(a, b)) return 1;
  const x = lift(a);
  if (typeof b === 'number') {
    if (x.constant % b !== 0 || x.terms.some(t => t.coefficient % b !== 0)) return undefined;
    return polynomial(x.constant / b, x.terms.map(t => ({ ...t, coefficient: t.coefficient / b })));
  }
  const by = lift(b).terms[0]!;
  if (lift(b).terms.length !== 1 || lift(b).constant !== 0 || x.constant !== 0) return undefined;
  const quotient: Term[] = [];
  let constant = 0;
  for (const t of x.terms) {
    const rest = [...t.atoms];
    for (const atom of by.atoms) {
      const index = rest.findIndex(candidate => candidate.key === atom.key);
      if (index < 0) return undefined;
      rest.splice(index, 1);
    }
    const coefficient = t.coefficient / by.coefficient;
    if (!Number.isInteger(coefficient)) return undefined;
    if (rest.length === 0) constant += coefficient;
    else quotient.push(term(coefficient, rest));
  }
  return polynomial(constant, quotient);
}

/** The dim with names replaced by numbers; names that are not given stay. */
export function bindDim(dim: Dim, numbers: Readonly<Record<string, number>>): Dim {
  if (!isSymbolic(dim)) return dim;
  let sum: Dim = dim.constant;
  for (const t of dim.terms) {
    let product: Dim = t.coefficient;
    for (const atom of t.atoms) {
      const factor: Dim =
        atom.kind === 'floor'
          ? floorDivideDims(bindDim(atom.of, numbers), atom.divisor)
          : Object.hasOwn(numbers, atom.name) ? numbers[atom.name]! : symbol(atom.name);
      product = multiplyDims(product, factor);
    }
    sum = addDims(sum, product);
  }
  return sum;
}

/** The names that a dim depends on, in order of appearance. */
export function namesInDim(dim: Dim): string[] {
  if (!isSymbolic(dim)) return [];
  const names = dim.terms.flatMap(t => t.atoms.flatMap(atom => (atom.kind === 'name' ? [atom.name] : namesInDim(atom.of))));
  return [...new Set(names)];
}

/**
 * `64`, `?`, `H/2`, `2·C+1`. By default a floor prints as a plain division, which is what people expect to read and is
 * exact wherever it divides evenly; `exact` prints `⌈H/2⌉` and `⌊(H+1)/4⌋`.
 */
export function formatDim(dim: Dim, options: { exact?: boolean } = {}): string {
  if (typeof dim === 'number') return Number.isFinite(dim) ? String(dim) : '?';
  if (!isSymbolic(dim)) return '?';
  let text = '';
  for (const t of dim.terms) {
    const body = powers(t.atoms).map(([atom, power]) => formatAtom(atom, options) + superscript(power)).join('·');
    const size = Math.abs(t.coefficient);
    const sign = t.coefficient < 0 ? '-' : text ? '+' : '';
    text += sign + (size === 1 ? body : `${size}·${body}`);
  }
  if (dim.constant === 0) return text;
  return text + (dim.constant > 0 ? '+' : '') + dim.constant;
}

/** A dim as a worked formula writes it: exact, and `null` where it is left open. */
export const spellDim = (dim: Dim): string => (dim === null ? 'null' : formatDim(dim, { exact: true }));

function formatAtom(atom: Atom, options: { exact?: boolean }): string {
  if (atom.kind === 'name') return atom.name;
  const { of, divisor } = atom;
  const base = formatDim(polynomial(0, of.terms), options);
  const simple = of.terms.length === 1 && of.terms[0]!.coefficient === 1 && of.terms[0]!.atoms.length === 1;
  if (!options.exact) return `${simple ? base : `(${base})`}/${divisor}`;
  if (of.constant === divisor - 1) return `⌈${base}/${divisor}⌉`;
  if (of.constant === 0) return `⌊${base}/${divisor}⌋`;
  return `⌊(${base}+${of.constant})/${divisor}⌋`;
}

function powers(atoms: readonly Atom[]): [Atom, number][] {
  const counted: [Atom, number][] = [];
  for (const atom of atoms) {
    const last = counted.at(-1);
    if (last && last[0].key === atom.key) last[1]++;
    else counted.push([atom, 1]);
  }
  return counted;
}

const superscript = (power: number): string =>
  power === 1 ? '' : String(power).replace(/\d/g, digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!);

/** What arithmetic with an unknown or an open dim gives; undefined where both are numbers or symbolic. */
function openOrUnknown(a: Dim, b: Dim): Dim | undefined {
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  return a === null || b === null ? null : undefined;
}

function lift(dim: Dim): SymbolicDim {
  return isSymbolic(dim) ? dim : { kind: 'symbolic', constant: dim as number, terms: [], key: String(dim) };
}

const term = (coefficient: number, atoms: readonly Atom[]): Term => {
  const sorted = [...atoms].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return { coefficient, atoms: sorted, key: sorted.map(atom => atom.key).join('*') };
};

const scale = (t: Term, by: number): Term => ({ ...t, coefficient: t.coefficient * by });

/** Collects equal terms, drops zeros and sorts the rest, so that equal polynomials have equal keys. */
function polynomial(constant: number, terms: readonly Term[]): number | SymbolicDim {
  const collected = new Map<string, Term>();
  for (const t of terms) {
    const known = collected.get(t.key);
    collected.set(t.key, known ? { ...known, coefficient: known.coefficient + t.coefficient } : t);
  }
  const kept = [...collected.values()].filter(t => t.coefficient !== 0);
  if (kept.length === 0) return constant;
  kept.sort((a, b) => (a.key < b.key ? -1 : 1));
  const key = `${kept.map(t => `${t.coefficient}·${t.key}`).join('+')}+${constant}`;
  return { kind: 'symbolic', constant, terms: kept, key };
}

function floorOf(dim: SymbolicDim, divisor: number): Dim {
  const whole: Term[] = [];
  const rest: Term[] = [];
  for (const t of dim.terms) {
    const quotient = Math.floor(t.coefficient / divisor);
    const remainder = t.coefficient - quotient * divisor;
    if (quotient !== 0) whole.push({ ...t, coefficient: quotient });
    if (remainder !== 0) rest.push({ ...t, coefficient: remainder });
  }
  const quotient = Math.floor(dim.constant / divisor);
  const remainder = dim.constant - quotient * divisor;
  const outside = polynomial(quotient, whole);
  if (rest.length === 0) return outside;
  const only = rest[0]!;
  const inner = only.atoms[0]!;
  if (rest.length === 1 && only.coefficient === 1 && only.atoms.length === 1 && inner.kind === 'floor') {
    const merged = addDims(inner.of, inner.divisor * remainder);
    return addDims(outside, floorDivideDims(merged, inner.divisor * divisor));
  }
  const of = polynomial(remainder, rest) as SymbolicDim;
  const atom: Atom = { kind: 'floor', of, divisor, key: `⌊(${of.key})/${divisor}⌋` };
  return addDims(outside, polynomial(0, [term(1, [atom])]));
}
