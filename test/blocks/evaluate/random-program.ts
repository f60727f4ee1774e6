// Makes up programs that build a network: helpers, loops, branches, classes, closures, layers of their own, nested models,
// recurrent layers, wrappers, names, and every layer of the registry. With `unknowns` some conditions are `chances[i]`, or the call
// `chance(i)`, and some loops run `turns[i]` or `times(i)` times, which the program itself does not say.
//
// Every layer carries the number of its place as an attribute that TensorFlow.js ignores (`place: 7`), so that what is
// inferred for the place can be compared with what really happens there.
import type { RandomNumbers } from '../random-numbers.ts';
import type { Dims } from '../layers/tensorflow.ts';
import { randomLayer } from './random-layer.ts';

export interface RandomProgram {
  readonly source: string;
  /** How many `chance` and `times` there are. */
  readonly chances: number;
  readonly loops: number;
}

export function randomProgram(random: RandomNumbers, options: { unknowns: boolean }): RandomProgram {
  return new Writer(random, options.unknowns).program();
}

interface Helper {
  readonly name: string;
  /** The call with a tensor and a number of filters. */
  readonly call: (x: string, filters: string) => string;
}

class Writer {
  private places = 0;
  private chances = 0;
  private loops = 0;
  private names = 0;
  private readonly helpers: Helper[] = [];
  /** Above zero inside of what may not run, or not once. */
  private open = 0;
  /** Inside of what may lie in a model with an input of its own. */
  private detached = false;
  /** Classes that extend `tf.layers.Layer`. */
  private readonly layerClasses: string[] = [];

  constructor(private readonly random: RandomNumbers, private readonly unknowns: boolean) {}

  program(): RandomProgram {
    const { random } = this;
    const declarations: string[] = [];
    for (let i = random.integer(0, 2); i > 0; i--) declarations.push(this.layerClass());
    for (let i = random.integer(0, 3); i > 0; i--) declarations.push(this.helper());
    this.open = 0;
    const size = random.pick([8, 12, 15]);
    const body = this.statements(2 + random.integer(0, 3), 2, 'top');
    const source = [
      `const width = ${random.integer(2, 5)};`,
      'const inputs = [], outputs = [];',
      ...declarations,
      `const input = tf.input({ shape: [${size}, ${size}, 3] });`,
      'let x = input;',
      ...body,
      'const model = tf.model({ inputs: [input, ...inputs], outputs: [x, ...outputs] });',
      'model;',
    ].join('\n');
    return { source, chances: this.chances, loops: this.loops };
  }

  private name(prefix: string): string {
    return `${prefix}${++this.names}`;
  }

  private indented(lines: readonly string[]): string[] {
    return lines.map(line => `  ${line}`);
  }

  private filters(): string {
    const { random } = this;
    const some = random.integer(2, 6);
    return random.pick([
      String(some), String(some), 'width', 'width * 2', 'x.shape[3]', 'Math.max(2, Math.floor(x.shape[3] / 2))', `[${some}, 5][0]`,
      `{ n: ${some} }.n`, this.unknowns ? `${this.chance()} ? ${some} : 4` : `x.shape[3] > 4 ? ${some} : 4`,
    ]);
  }

  private chance(): string {
    // A function that is not known may do anything, a list only holds something.
    return this.random.chance(0.2) ? `chance(${this.chances++})` : `chances[${this.chances++}]`;
  }

  private turns(): string {
    return this.random.chance(0.2) ? `times(${this.loops++})` : `turns[${this.loops++}]`;
  }

  /** A condition: one that the program settles itself, or sometimes one that it does not. */
  private condition(): string {
    if (this.unknowns && this.random.chance(0.5)) return this.chance();
    return this.random.pick(['x.shape[3] > 4', 'x.shape[1] >= 4', 'width === 3', 'true', 'x.shape[3] % 2 === 0', "typeof width === 'string'"]);
  }

  /** A layer's configuration, sometimes put together from parts. */
  private config(parts: string): string {
    const place = `place: ${this.places++}`;
    if (parts === '') return `{ ${place} }`;
    return this.random.chance(0.2) ? `{ ...{ ${parts} }, ${place} }` : `{ ${parts}, ${place} }`;
  }

  private layer(): string {
    const { random } = this;
    const strides = random.chance(0.2) ? ', strides: 2' : '';
    return random.pick([
      () => `conv2d(${this.config(`filters: ${this.filters()}, kernelSize: ${random.integer(1, 3)}, padding: 'same'${strides}`)})`,
      () => `conv2d(${this.config(`filters: ${this.filters()}, kernelSize: [1, 3], padding: 'same', useBias: false`)})`,
      () => `depthwiseConv2d(${this.config(`kernelSize: 3, padding: 'same', depthMultiplier: ${random.integer(1, 2)}`)})`,
      () => `separableConv2d(${this.config(`filters: ${this.filters()}, kernelSize: 3, padding: 'same'`)})`,
      () => `batchNormalization(${this.config(`scale: ${random.chance(0.5)}`)})`,
      () => `activation(${this.config("activation: 'relu'")})`,
      () => `reLU(${this.config('maxValue: 6')})`,
      () => `dropout(${this.config('rate: 0.1')})`,
      () => `maxPooling2d(${this.config("poolSize: 2, padding: 'same'")})`,
      () => `zeroPadding2d(${this.config('padding: 1')})`,
    ])();
  }

  /** Text that is written inside of something that may not run, or not once. */
  private inside<T>(write: () => T): T {
    this.open++;
    const written = write();
    this.open--;
    return written;
  }

  /** Text of a function, which may be called with a tensor of any model. */
  private apart<T>(write: () => T): T {
    const outer = this.detached;
    this.detached = true;
    const written = this.inside(write);
    this.detached = outer;
    return written;
  }

  private statements(count: number, depth: number, where: 'top' | 'function' | 'loop'): string[] {
    const lines: string[] = [];
    for (let i = 0; i < count; i++) lines.push(...this.statement(depth, where));
    return lines;
  }

  private statement(depth: number, where: 'top' | 'function' | 'loop'): string[] {
    const { random } = this;
    const simple = [
      () => [`x = tf.layers.${this.layer()}.apply(x);`],
      () => [`x = tf.layers.${this.layer()}.apply(x);`],
      () => this.residual(),
      () => this.branches(),
      () => this.folded(),
      () => this.shared(),
      () => this.nested(),
      () => this.recurrent(),
      () => this.distributed(),
      () => this.imagesInTime(),
      () => this.named(),
      () => this.found(),
      () => this.anyLayers(),
      () => this.either(),
      () => this.objects(),
      () => this.lists(),
      () => this.growing(),
      () => (this.unknowns ? this.exception() : this.lists()),
      () => (this.layerClasses.length > 0 ? this.custom() : this.residual()),
      () => (this.helpers.length > 0 ? [`x = ${random.pick(this.helpers).call('x', this.filters())};`] : [`x = tf.layers.${this.layer()}.apply(x);`]),
      () => (this.unknowns && where === 'function' ? [`if (${this.chance()}) return x;`] : [`x = tf.layers.${this.layer()}.apply(x);`]),
      () => (where === 'loop' ? [`if (${this.condition()}) ${random.pick(['break', 'continue'])};`] : this.residual()),
    ];
    if (depth === 0) return random.pick(simple)();
    return random.pick([...simple, () => this.branch(depth, where), () => this.loop(depth), () => this.choice(depth, where), () => this.closure(depth)])();
  }

  private residual(): string[] {
    const before = this.name('s');
    return [
      `const ${before} = x;`,
      `x = tf.layers.conv2d(${this.config(`filters: ${before}.shape[3], kernelSize: 3, padding: 'same'`)}).apply(x);`,
      `x = tf.layers.add(${this.config('')}).apply([x, ${before}]);`,
    ];
  }

  private branches(): string[] {
    const parts = this.name('parts');
    return [
      `const ${parts} = [x];`,
      `for (const n of [${this.random.integer(2, 4)}, width]) ${parts}.push(tf.layers.conv2d(${this.config("filters: n, kernelSize: 1, padding: 'same'")}).apply(x));`,
      `x = tf.layers.concatenate(${this.config('')}).apply(${parts});`,
    ];
  }

  private folded(): string[] {
    const list = `[${this.random.integer(2, 4)}, ${this.filters().replaceAll('x.', 'input.')}]`;
    return [`x = ${list}.map(n => n + 1).reduce((y, n) => tf.layers.conv2d(${this.config("filters: n, kernelSize: 1")}).apply(y), x);`];
  }

  private point(filters: string): string {
    return `tf.layers.conv2d(${this.config(`filters: ${filters}, kernelSize: 1`)})`;
  }

  /** One of two functions, or of two objects with a method. */
  private either(): string[] {
    const { random } = this;
    const f = this.name('f');
    const [a, b] = this.inside(() => [0, 1].map(() => `y => tf.layers.${this.layer()}.apply(y)`)) as [string, string];
    return random.pick([
      () => [`const ${f} = ${this.condition()} ? ${a} : ${b};`, `x = ${f}(x);`],
      () => [`const ${f} = { true: ${a}, false: ${b} };`, `x = ${f}[${this.condition()}](x);`],
      () => [`class ${f}A { build = ${a}; }`, `class ${f}B { build = ${b}; }`, `const ${f} = ${this.condition()} ? new ${f}A() : new ${f}B();`, `x = ${f}.build(x);`],
      () => [`const ${f} = ${this.condition()} ? ${f}A : ${f}B;`, `x = ${f}(x);`, `function ${f}A(y) { return (${a})(y); }`, `function ${f}B(y) { return (${b})(y); }`],
    ])();
  }

  /** Objects of which one or the other is changed. */
  private objects(): string[] {
    const { random } = this;
    const [p, q, either] = [this.name('p'), this.name('q'), this.name('either')];
    const [m, n, o] = [random.integer(1, 3), random.integer(1, 3), random.integer(4, 6)];
    const change = random.pick([
      () => [`(${this.condition()} ? ${p} : ${q}).n = ${o};`],
      () => [`const ${either} = ${this.condition()} ? ${p} : ${q};`, `${either}.n += ${o};`],
      () => [`const ${either} = ${this.condition()} ? ${p} : { n: ${m} };`, `${either}.n = ${o};`, `if (${this.condition()}) ${p}.more = 1;`],
      () => [`let ${either} = ${p};`, `if (${this.condition()}) ${either} = { ...${q} };`, `${either}.n++;`, `${q}.n = ${either}.n + 1;`],
      () => [`if (${this.condition()}) delete ${p}.n;`],
      () => [`[${p}, ${q}][${this.condition()} ? 0 : 1].n = ${o};`],
      () => [`const ${either} = ${this.condition()} ? ${q} : undefined;`, `if (${either}?.n > 0) ${p}.n = (${either}?.n ?? 0) + 1;`],
    ])();
    return [
      `const ${p} = { n: ${m} }, ${q} = { n: ${n}, get twice() { return this.n * 2; } };`, ...change,
      `x = ${this.point(`(${p}.n ?? 2) + ${q}.${random.pick(['n', 'twice'])} + Object.keys({ ...${p} }).length`)}.apply(x);`,
    ];
  }

  /** Lists of which one or the other is changed. */
  private lists(): string[] {
    const { random } = this;
    const [p, q, either] = [this.name('p'), this.name('q'), this.name('either')];
    const change = random.pick([
      () => [`(${this.condition()} ? ${p} : ${q}).push(3);`],
      () => [`const ${either} = ${this.condition()} ? ${p} : [...${q}];`, `${either}[0] = 4;`, `${either}.${random.pick(['pop()', 'unshift(2)', 'length = 1', 'reverse()'])};`],
      () => [`${p}[${this.condition()} ? 0 : 3] = 4;`],
      () => [`if (${this.condition()}) ${p}.splice(0, 1);`],
      () => [`const ${either} = new Array(${random.integer(1, 3)});`, `${either}[1] = 3;`, `${either}.forEach(n => ${p}.push(n));`],
    ])();
    const use = random.pick([
      () => `for (const n of ${p}) x = ${this.inside(() => this.point('n ?? 2'))}.apply(x);`,
      () => `${p}.forEach(n => { x = ${this.inside(() => this.point('n ?? 2'))}.apply(x); });`,
      () => `x = ${this.point(`${p}.length + (${p}[1] ?? 1)`)}.apply(x);`,
    ])();
    return [`const ${p} = [2, 5], ${q} = [1];`, ...change, use, `x = ${this.point(`${q}.length + ${q}.reduce((a, b) => a + b, 1)`)}.apply(x);`];
  }

  /** A list that is gone through while it changes. */
  private growing(): string[] {
    const list = this.name('list');
    const change = this.random.pick([`if (${list}.length < 3) ${list}.push(n + 1);`, `if (n === 2) ${list}.shift();`, `if (n === 2) ${list}.pop();`]);
    const body = `${change} x = ${this.inside(() => this.point('n'))}.apply(x);`;
    return [`const ${list} = [2, 4];`, this.random.chance(0.5) ? `for (const n of ${list}) { ${body} }` : `${list}.forEach(n => { ${body} });`];
  }

  /** Something that may be thrown, and what is done then. */
  private exception(): string[] {
    const { random } = this;
    const n = this.name('n');
    const [before, after, handler] = this.inside(() => [0, 1, 2].map(() => `x = tf.layers.${this.layer()}.apply(x);`)) as [string, string, string];
    return [
      `let ${n} = 2;`, 'try {', `  ${random.pick([before, `${n} = 3;`])}`, `  if (${this.condition()}) throw new Error('no');`, `  ${random.pick([after, `${n} += 2;`])}`,
      '} catch {', `  ${random.pick([handler, `${n} *= 3;`, ''])}`, `} finally { ${random.pick(['', `${n}++;`])} }`,
      `x = ${this.point(n)}.apply(x);`,
    ];
  }

  /** One layer that is applied twice. */
  private shared(): string[] {
    const layer = this.name('layer');
    return [
      `const ${layer} = tf.layers.conv2d(${this.config("filters: x.shape[3], kernelSize: 3, padding: 'same'")});`,
      `x = ${layer}.apply(${layer}.apply(x));`,
    ];
  }

  /** The image as a sequence of its points. */
  private recurrent(): string[] {
    const { random } = this;
    const [points, read, state] = [this.name('points'), this.name('read'), this.name('state')];
    const units = this.filters();
    const withState = random.chance(0.3);
    const settings = `units: ${units}, returnSequences: true${withState ? ', returnState: true' : ''}`;
    const kind = random.pick(['lstm', 'gru', 'simpleRNN']);
    const made = random.pick([
      () => `${kind}(${this.config(settings)})`,
      () => `${kind}(${this.config(settings)})`,
      () => `rnn(${this.config(`cell: ${random.pick([`tf.layers.gruCell({ units: ${units} })`, `[tf.layers.lstmCell({ units: 2 }), tf.layers.simpleRNNCell({ units: ${units} })]`])}, returnSequences: true${withState ? ', returnState: true' : ''}`)})`,
      () => `bidirectional(${this.config(`layer: tf.layers.${kind}({ ${settings} }), mergeMode: ${random.pick(["'concat'", "'sum'"])}`)})`,
    ])();
    return [
      `const ${points} = tf.layers.reshape(${this.config('targetShape: [x.shape[1] * x.shape[2], x.shape[3]]')}).apply(x);`,
      withState ? `const [${read}, ${state}] = tf.layers.${made}.apply(${points});` : `const ${read} = tf.layers.${made}.apply(${points});`,
      ...(withState && !this.detached ? this.output(`tf.layers.dense(${this.config(`units: ${random.integer(1, 3)}`)}).apply(${state})`) : []),
      `x = tf.layers.reshape(${this.config(`targetShape: [x.shape[1], x.shape[2], ${read}.shape[2]]`)}).apply(${read});`,
    ];
  }

  /** A layer, or a model, on every row of the image. */
  private distributed(): string[] {
    const inner = this.random.pick([
      () => `tf.layers.dense({ units: ${this.filters()} })`,
      () => `tf.layers.conv1d({ filters: ${this.filters()}, kernelSize: 3, padding: 'same' })`,
      () => `tf.sequential({ layers: [tf.layers.dense(${this.config(`units: ${this.filters()}, inputShape: x.shape.slice(2)`)}), tf.layers.reLU(${this.config('')})] })`,
    ])();
    return [`x = tf.layers.timeDistributed(${this.config(`layer: ${inner}`)}).apply(x);`];
  }

  private imagesInTime(): string[] {
    const film = `tf.layers.reshape(${this.config('targetShape: [1, ...x.shape.slice(1)]')}).apply(x)`;
    return [`x = tf.layers.convLstm2d(${this.config(`filters: ${this.filters()}, kernelSize: ${this.random.integer(1, 3)}, padding: 'same'`)}).apply(${film});`];
  }

  /** What the program goes on with depends on the name that TensorFlow.js gives. */
  private named(): string[] {
    const layer = this.name('layer');
    return [
      `const ${layer} = tf.layers.${this.layer()};`,
      `x = ${layer}.apply(x);`,
      `x = tf.layers.conv2d(${this.config(`filters: ${layer}.name.endsWith('1') ? 2 : ${layer}.name.endsWith('2') ? 3 : 5, kernelSize: 1`)}).apply(x);`,
    ];
  }

  /** A layer of a model that is found by its name. */
  private found(): string[] {
    const { random } = this;
    const model = this.name('model');
    const name = random.pick(['', '', `, name: 'first${this.names}'`]);
    const layers = `tf.layers.conv2d(${this.config(`filters: ${this.filters()}, kernelSize: 3, padding: 'same', inputShape: x.shape.slice(1)${name}`)}), tf.layers.reLU(${this.config('')})`;
    return [
      `const ${model} = tf.sequential({ layers: [${layers}] });`,
      `x = tf.layers.conv2d(${this.config(`filters: ${model}.getLayer(${model}.layers[${random.integer(0, 1)}].name).output.shape[3] + ${model}.name.length % 3, kernelSize: 1`)}).apply(x);`,
    ];
  }

  /** Layers with configurations drawn from their schemas, one after the other, beside the network. */
  private anyLayers(): string[] {
    const y = this.name('y');
    const lines: string[] = [];
    let shape: Dims | undefined;
    for (let i = this.random.integer(1, 3); i > 0; i--) {
      const made = randomLayer(this.random, shape);
      if (!made) continue;
      const inputs = made.inputs.map(batchShape => {
        const input = this.name('input');
        lines.push(`const ${input} = tf.input({ batchShape: ${JSON.stringify(batchShape)} });`, ...this.input(input));
        return input;
      });
      const into = shape === undefined ? inputs : [y, ...inputs];
      const given = into.length === 1 ? into[0]! : `[${into.join(', ')}]`;
      const applied = `tf.layers.${made.layer}(${this.config(made.config)}).apply(${given})`;
      const output = made.outputs > 1 ? `${applied}[0]` : applied;
      lines.push(shape === undefined ? `let ${y} = ${output};` : `${y} = ${output};`);
      shape = made.output;
    }
    return shape === undefined ? lines : [...lines, ...this.output(y)];
  }

  /** Whether something certainly comes about, so that the model can have it. */
  private get certain(): boolean {
    return this.open === 0 || !this.unknowns;
  }

  private input(input: string): string[] {
    return this.certain ? [`inputs.push(${input});`] : [];
  }

  private output(tensor: string): string[] {
    return [this.certain ? `outputs.push(${tensor});` : `${tensor};`];
  }

  private custom(): string[] {
    const { random } = this;
    const made = `new ${random.pick(this.layerClasses)}(${this.config(`filters: ${this.filters()}`)})`;
    if (random.chance(0.7)) return [`x = ${made}.apply(x);`];
    const layer = this.name('layer');
    return [`const ${layer} = ${made};`, ...(random.chance(0.5) ? [`${layer}.trainable = false;`] : []), `x = ${layer}.apply(x);`];
  }

  /** A model that is applied like a layer, sometimes twice. */
  private nested(): string[] {
    const { random } = this;
    const inner = this.name('inner');
    const same = `tf.layers.conv2d(${this.config("filters: x.shape[3], kernelSize: 3, padding: 'same', inputShape: x.shape.slice(1)")})`;
    if (random.chance(0.4)) {
      return [
        `const ${inner} = tf.sequential({ layers: [${same}, tf.layers.reLU(${this.config('')})] });`,
        `x = ${inner}.apply(${random.chance(0.5) ? `${inner}.apply(x)` : 'x'});`,
      ];
    }
    const before = this.name('s');
    const body = this.apart(() => this.indented(this.statements(random.integer(1, 2), 0, 'top')));
    return [
      `const ${inner} = shape => {`,
      `  const ${before} = tf.input({ shape });`,
      `  let x = ${before};`,
      ...body,
      `  return tf.model({ inputs: ${before}, outputs: tf.layers.${this.layer()}.apply(x) });`,
      '};',
      `x = ${inner}(x.shape.slice(1)).apply(x);`,
    ];
  }

  private layerClass(): string {
    const { random } = this;
    const name = this.name('Custom');
    const weight = (shape: string): string =>
      `    this.addWeight('${this.name('w')}', ${shape}, 'float32', tf.initializers.zeros(), null${random.pick(['', ', true', ', false', ', this.filters > 3'])});`;
    const build = [
      '  build(inputShape) {', '    const channels = inputShape[inputShape.length - 1];',
      weight('[channels, this.filters]'),
      ...(random.chance(0.5) ? [`    if (channels > 4) {`, `  ${weight('[channels]')}`, '    }'] : []),
      ...(random.chance(0.5) ? [weight('inputShape.slice(2)')] : []),
      random.pick(['    super.build(inputShape);', '    this.built = true;']), '  }',
    ];
    const outputShape = random.pick([
      ['  computeOutputShape([n, h, w]) { return [n, h, w, this.filters]; }'],
      ['  computeOutputShape(inputShape) {', '    const shape = inputShape.slice();', '    shape[1] = Math.ceil(shape[1] / 2);', '    return shape;', '  }'],
      ['  computeOutputShape(inputShape) { return [...super.computeOutputShape(inputShape).slice(0, -1), this.filters + 1]; }'],
      [],
    ]);
    const extended = this.layerClasses.length > 0 && random.chance(0.3) ? random.pick(this.layerClasses) : 'tf.layers.Layer';
    this.layerClasses.push(name);
    return [
      `class ${name} extends ${extended} {`,
      random.pick([`  static className = '${name}';`, `  static get className() { return '${name}'; }`]),
      ...random.pick([['  constructor(config) {', '    super(config);', '    this.filters = config.filters;', '  }'], ['  constructor({ filters, ...config }) {', '    super({ filters, ...config });', '    this.filters = filters;', '  }']]),
      ...(random.chance(0.7) ? build : []),
      ...outputShape,
      '}',
    ].join('\n');
  }

  private branch(depth: number, where: 'top' | 'function' | 'loop'): string[] {
    const { random } = this;
    return this.inside(() => {
      const lines = [`if (${this.condition()}) {`, ...this.indented(this.statements(random.integer(1, 2), depth - 1, where))];
      if (random.chance(0.5)) lines.push('} else {', ...this.indented(this.statements(random.integer(1, 2), depth - 1, where)));
      return [...lines, '}'];
    });
  }

  private loop(depth: number): string[] {
    const { random } = this;
    const i = this.name('i');
    const body = this.inside(() => this.indented(this.statements(random.integer(1, 2), depth - 1, 'loop')));
    return random.pick([
      () => [`for (let ${i} = 0; ${i} < ${this.unknowns && random.chance(0.4) ? this.turns() : random.integer(0, 3)}; ${i}++) {`, ...body, '}'],
      () => [`for (const ${i} of [2, width]) {`, ...body, '}'],
      () => [`let ${i} = 0;`, `while (${i}++ < ${random.integer(1, 2)}) {`, ...body, '}'],
    ])();
  }

  private choice(depth: number, where: 'top' | 'function' | 'loop'): string[] {
    const { random } = this;
    const value = this.unknowns && random.chance(0.5) ? this.turns() : 'width % 3';
    // A `break` leaves the switch, so that what lies in it must not be meant for a loop around it.
    const inside = where === 'loop' ? 'top' : where;
    return [
      `switch (${value}) {`,
      ...[0, 1].flatMap(i => [`  case ${i}: {`, ...this.inside(() => this.indented(this.indented(this.statements(1, depth - 1, inside)))), random.chance(0.7) ? '  } break;' : '  }']),
      '  default: {', ...this.inside(() => this.indented(this.indented(this.statements(1, depth - 1, inside)))), '  }',
      '}',
    ];
  }

  private closure(depth: number): string[] {
    const f = this.name('f');
    return [
      `const ${f} = () => {`, ...this.indented(this.statements(this.random.integer(1, 2), depth - 1, 'top')), '};',
      `${f}();`,
    ];
  }

  private helper(): string {
    const { random } = this;
    const name = this.name('block');
    const body = this.apart(() => this.statements(random.integer(1, 3), 1, 'function'));
    const end = `return tf.layers.conv2d(${this.config("filters, kernelSize: 1, padding: 'same'")}).apply(x);`;
    const lines = this.indented([...body, end]).join('\n');
    const form = random.integer(0, 3);
    const call = [
      (x: string, filters: string) => `${name}(${x}, ${filters})`,
      (x: string, filters: string) => `${name}({ x: ${x}, options: { filters: ${filters} } })`,
      (x: string, filters: string) => `new ${name}(${filters}).apply(${x})`,
      (x: string) => `${name}(${x})`,
    ][form]!;
    this.helpers.push({ name, call });
    return [
      `function ${name}(x, filters) {\n${lines}\n}`,
      `const ${name} = ({ x, options: { filters = 3 } = {} }) => {\n${lines}\n};`,
      `class ${name} {\n  constructor(filters) { this.filters = filters; }\n  apply(x) {\n    const { filters } = this;\n${lines}\n  }\n}`,
      `function ${name}(x, filters = 4) {\n${lines}\n}`,
    ][form]!;
  }
}

