// Programs in which what one statement does decides what a function shows that does not mention it, each with edits of
// such a statement, one after the other.
type Edit = readonly [from: string, to: string];

export interface ProgramWithState {
  readonly name: string;
  readonly text: string;
  readonly edits: readonly Edit[];
  /** The files that it imports, by specifier. */
  readonly modules?: Readonly<Record<string, string>>;
}

/** A function that nobody calls, which shows a number. */
const shows = (units: string, name = 'shown'): string => `function ${name}() {
  const x = tf.input({ shape: [4] });
  return tf.layers.dense({ units: ${units} }).apply(x);
}
`;

const program = (name: string, source: string, edits: readonly Edit[], modules?: Readonly<Record<string, string>>): ProgramWithState =>
  ({ name, text: `import * as tf from '@tensorflow/tfjs';\n${source}`, edits, ...(modules ? { modules } : {}) });

const settings = `export let width = 4;
export const settings = { width: 4 };
export function setWidth(n) { width = n; settings.width = n; }
`;

export const programsWithState: readonly ProgramWithState[] = [
  program('a variable that a function sets', `let width = 4;
function set(n) { width = n; }
function later() { width = 7; }
set(8);
${shows('width')}`, [['set(8)', 'set(16)'], ['width = 7', 'width = 9'], ['set(16);\n', '']]),
  program('a variable that a loop sets', `let width = 4;
function each() { for (width of [7, 8]) {} }
function pattern() { [width] = [3]; }
${shows('width')}`, [['[7, 8]', '[7, 9]'], ['[width] = [3];', ''], ['for (width of', 'for (const width of']]),
  program('a variable that is nowhere declared', `function init() { width = 8; }
init();
${shows('width')}`, [['width = 8', 'width = 16'], ['init();\n', '']]),
  program('a getter that counts, for a variable', `let width = 4;
const counter = { get next() { width = width * 2; return width; } };
const first = 1;
${shows('width')}`, [['= 1;', '= counter.next;'], ['= counter.next;', '= counter.next + counter.next;'], ['counter.next + counter.next', '{ ...counter }']]),
  program('a getter that counts, for a property', `const state = { width: 4 };
const counter = { get next() { state.width *= 2; return state.width; } };
const first = 1;
${shows('state.width')}`, [['= 1;', '= counter.next;'], ['= counter.next;', '= counter.next + counter.next;']]),
  program('callbacks that are handed around', `const makers = [];
function register(maker) { makers.push(maker); }
const state = { width: 4 };
register(x => tf.layers.dense({ units: state.width }).apply(x));
function shown() { return makers[0](tf.input({ shape: [4] })); }
function widen() { state.width++; }
`, [['width: 4', 'width: 8'], ['width++; }\n', 'width++; }\nwiden();\n'], ['widen();\n', ''], ['state.width++', 'state.width += 2']]),
  program('a helper that is no longer called by whoever called it first', `function one(x) { return helper(x, 4); }
function two(x) { return helper(x, 8); }
function helper(x, units) { return tf.layers.dense({ units }).apply(x); }
`, [['helper(x, 4)', 'x'], ['return x;', 'return helper(x, 6);'], ['helper(x, 8)', 'x']]),
  program('a callback that belongs to whoever is evaluated first', `function shared(x) {
  window.on('resize', y => tf.layers.dense({ units: 5 }).apply(y));
  const later = y => tf.layers.dense({ units: 7 }).apply(y);
  return tf.layers.dense({ units: 3 }).apply(x);
}
function one(x) { return shared(x); }
function other(x) { return shared(x); }
`, [['return shared(x)', 'return x'], ['return x', 'return shared(x)']]),
  program('static members', `class Registry {
  static widths = [];
  static add(width) { Registry.widths.push(width); return Registry; }
}
Registry.add(3);
class Shown {
  build() { return tf.layers.dense({ units: Registry.widths[0] }).apply(tf.input({ shape: [4] })); }
}
`, [['add(3)', 'add(7)'], ['add(7)', 'add(1).add(2)'], ['add(1)', 'add(5)']]),
  program('objects that functions make', `class Block {
  constructor(width) { this.width = width; }
  apply(x) { return tf.layers.dense({ units: this.width }).apply(x); }
}
function make() { return new Block(4); }
function makeOther() { return new Block(5); }
`, [['Block(4)', 'Block(6)'], ['new Block(6)', 'null'], ['null', 'new Block(6)'], ['Block(5)', 'Block(50)']]),
  program('a prototype', `class Width { get() { return 4; } }
Width.prototype.get = function () { return 8; };
${shows('new Width().get()')}`, [['8', '16']]),
  program('defaults of parameters', `let width = 4;
function usual(x, units = width) { return tf.layers.dense({ units }).apply(x); }
function setting(x, units = (width = 9)) { return tf.layers.dense({ units }).apply(x); }
`, [['width = 4', 'width = 5'], ['width = 9', 'width = 10'], ['(width = 10)', '3']]),
  program('enums and namespaces that add to each other', `enum Width { narrow = 3 }
enum Width { wide = 8 }
namespace Sizes { export const small = 5; }
namespace Sizes { export const large = 6; }
${shows('Width.narrow + Width.wide + Sizes.small + Sizes.large')}`, [['wide = 8', 'wide = 16'], ['large = 6', 'large = 7'], ['small = 5', 'small = 9']]),
  program('var in blocks, loops and labels', `if (true) { var width = 4; }
for (var turn = 0; turn < 3; turn++) {}
search: for (;;) { var found = 8; break search; }
${shows('width + turn + found')}`, [['width = 4', 'width = 6'], ['turn < 3', 'turn < 5'], ['found = 8', 'found = 9']]),
  program('names of dims that the program gives away', `const H = window.innerHeight;
const first = tf.input({ shape: [H, 3] });
function shown() { return tf.layers.dense({ units: 3 }).apply(tf.input({ shape: [H, 4] })); }
function parameter(H) { return tf.layers.dense({ units: 3 }).apply(tf.input({ shape: [H, 4] })); }
`, [['const first = tf.input({ shape: [H, 3] });\n', ''], ['function shown', 'const first = tf.input({ shape: [H, 3] });\nfunction shown'], ['[H, 3]', '[window.H, H]']]),
  program('models and layers that functions go on with', `const x = tf.input({ shape: [4] });
const y = tf.layers.dense({ units: 3 }).apply(x);
const growing = tf.sequential();
const inner = tf.layers.dense({ units: 6 });
function whole() { return tf.model({ inputs: x, outputs: y }); }
function used() { return tf.model({ inputs: x, outputs: y }).apply(tf.input({ shape: [4] })); }
function grow() { growing.add(tf.layers.dense({ units: 5, inputShape: [5] })); growing.add(tf.layers.dense({ units: 7 })); }
function wrapped() { return tf.layers.timeDistributed({ layer: inner }).apply(tf.input({ shape: [3, 4] })); }
`, [['units: 3', 'units: 30'], ['units: 6', 'units: 60'], ['units: 7', 'units: 70'], ['const x', '\n\nconst unrelated = 4;\nconst x'], ['unrelated = 4', 'unrelated = 40']]),
  program('an example call', `const state = { width: 1 };
function größe(n) { state.width = n; }
${shows('state.width')}// @blockscope größe(8)
`, [['größe(8)', 'größe(16)']]),
  program('what CommonJS exports', `const all = exports;
all.width = 8;
Object.assign(exports, { depth: 2 });
${shows('module.exports.width + exports.depth')}`, [['width = 8', 'width = 16'], ['depth: 2', 'depth: 4']]),
  program('a module that is imported twice', `import { setWidth } from './settings';
import { width } from './settings';
setWidth(8);
${shows('width')}`, [['setWidth(8)', 'setWidth(16)'], ['setWidth(16);\n', '']], { './settings': settings }),
  program('modules that share a third', `import { setWidth } from './settings';
import { width } from './reexports';
setWidth(8);
${shows('width')}`, [['setWidth(8)', 'setWidth(16)']], { './settings': settings, './reexports': `export * from './settings';\n` }),
  program('a module that is required in passing', `require('./settings').setWidth(8);
const again = require('./settings');
${shows('again.settings.width')}function within() {
  const { settings } = require('./settings');
  return tf.layers.dense({ units: settings.width }).apply(tf.input({ shape: [4] }));
}
`, [['setWidth(8)', 'setWidth(16)']], { './settings': settings }),
];
