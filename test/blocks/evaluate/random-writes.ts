// Makes up programs that close, seal and freeze objects and lists, define properties of them, and write to them, some of it in
// arms of conditions `chances[i]` that the program itself does not know.
import type { RandomNumbers } from '../random-numbers.ts';

export interface RandomWrites {
  readonly source: string;
  /** Expressions for what can be seen of its objects; in which order names are listed after a condition is another matter. */
  readonly seen: readonly string[];
  /** How many `chances` there are. */
  readonly chances: number;
}

const objects = ['o', 'p', 'c', 'f', 'C'];
const keys = ['x', 'y', 'z', '1'];

export function randomWrites(random: RandomNumbers): RandomWrites {
  let chances = 0;
  let values = 10;
  const object = (): string => random.pick(objects);
  const place = (): string => (random.chance(0.3) ? `xs[${random.integer(0, 3)}]` : `${object()}[${JSON.stringify(random.pick(keys))}]`);
  const attributes = (): string => ['writable', 'enumerable', 'configurable'].filter(() => random.chance(0.5)).map(name => `, ${name}: ${random.chance(0.5)}`).join('');
  const write = (): string => random.pick([
    () => `${place()} = ${values++}`,
    () => `${place()} += 1`,
    () => `${place()}++`,
    () => `[${place()}, ${place()}] = [${values++}, ${values++}]`,
    () => `({ a: ${place()} } = { a: ${values++} })`,
    () => `n = delete ${place()}`,
    () => `${object()}[chances[${chances++}] ? 'x' : 'y'] = ${values++}`,
    () => `Object.assign(${object()}, { x: ${values++}, y: ${values++} })`,
    () => `Object.assign(${object()}, o)`,
    () => `Object.defineProperty(${object()}, '${random.pick(keys)}', { value: ${values++}${attributes()} })`,
    () => `Object.defineProperty(${object()}, '${random.pick(keys)}', { get() { return ${values++}; }${attributes().replace(/, writable: \w+/, '')} })`,
    () => `Object.setPrototypeOf(p, ${random.pick(['{ x: 5 }', '{ w: 6 }', 'null'])})`,
    () => `xs.push(${values++})`,
    () => `n = xs.pop()`,
    () => `xs.shift()`,
    () => `xs.unshift(${values++})`,
    () => `xs.splice(${random.integer(0, 2)}, ${random.integer(0, 2)}, ${values++})`,
    () => 'xs.reverse()',
    () => `xs.sort((a, b) => b - a)`,
    () => `xs.fill(${values++}, 0, 1)`,
    () => 'xs.copyWithin(0, 1)',
    () => `xs.length = ${random.integer(0, 4)}`,
    () => `xs.extra = ${values++}`,
    () => `C.count = ${values++}`,
  ])();
  const change = (): string =>
    random.chance(0.3) ? `Object.${random.pick(['freeze', 'seal', 'preventExtensions', 'freeze'])}(${random.pick([...objects, 'xs', 'C.prototype'])})` : write();
  const statement = (depth: number): string => {
    const inner = (): string => (depth > 0 && random.chance(0.3) ? `${statement(depth - 1)} ` : '') + `${change()};`;
    return random.pick([
      () => `${change()};`,
      // Not where something may be thrown: of a variable that may not have been set it is not known whether writing to it throws.
      () => (depth === 2 ? `if (chances[${chances++}]) { ${random.pick([`o = { ...${object()} }`, 'c = new C()'])}; }` : `${change()};`),
      () => `try { ${inner()} ${change()}; } catch { n = ${values++}; }`,
      () => `if (chances[${chances++}]) { ${inner()} }`,
      () => `if (chances[${chances++}]) { ${inner()} } else { ${inner()} }`,
      () => `try { ${inner()} } catch { ${inner()} }`,
    ])();
  };
  const statements = Array.from({ length: random.integer(3, 9) }, () => statement(2));
  const seen = ['n', '[...xs]', 'xs.length', 'xs.extra', 'Object.isFrozen(xs)', 'Object.isSealed(xs)', 'Object.isExtensible(xs)', 'f.name', 'C.name', ...[...objects, 'C.prototype'].flatMap(name => [
    ...keys.map(key => `${name}[${JSON.stringify(key)}]`), `'x' in ${name}`, `Object.keys(${name}).sort()`, `Object.isFrozen(${name})`, `Object.isSealed(${name})`, `Object.isExtensible(${name})`,
    ...(name === 'o' ? ['Object.fromEntries(Object.entries(o))', '{ ...o }', `Object.hasOwn(o, 'y')`, '(() => { const { x, ...rest } = o; return rest; })()', '(() => { const names = []; for (const name in o) names.push(name); return names.sort(); })()'] : []),
  ])];
  const source = [
    'class C { x = 1; get y() { return 2; } set z(value) { this.x = value; } static x = 3; static count = 0; }',
    'let n = 0;',
    "let o = { x: 1, y: 2 }, p = { x: 3, get y() { return 4; }, set z(value) { this.x = value; } }, c = new C(), xs = [1, 2, 3];",
    'const f = function named() {};',
    ...statements,
  ].join('\n');
  return { source, seen, chances };
}
