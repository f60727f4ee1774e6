// Programs that are made up at random are run by the real TensorFlow.js and read by the evaluator. What the program
// says by itself must be known exactly; what it leaves open must never be told wrong, whatever turns out to be the case.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Analysis, Block } from '../../../src/blocks/analysis.ts';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { Dim } from '../../../src/blocks/shapes/dim.ts';
import { isRanked, type Shape } from '../../../src/blocks/shapes/shape.ts';
import { seed } from '../layers/random-seed.ts';
import { resetNameCounts } from '../name-counts.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { randomProgram, type RandomProgram } from './random-program.ts';

interface Result {
  readonly output: Dims;
  readonly params: number;
  readonly name: string;
}

interface RealRun {
  /** Per place, a result for each layer that was made and applied there. */
  readonly places: ReadonlyMap<number, readonly Result[]>;
  readonly params: number;
  readonly outputs: readonly Dims[];
}

/** Programs of either kind. */
const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 1_000);

describe(`random programs against TensorFlow.js (BLOCKSCOPE_SEED=${seed}, BLOCKSCOPE_RUNS=${runs})`, function () {
  this.timeout(600_000);

  it('known programs are read exactly', () => {
    let layers = 0;
    for (let i = 0; i < runs; i++) {
      const program = randomProgram(new RandomNumbers(seed + i), { unknowns: false });
      const real = attempt(program, i, () => run(program.source, [], []));
      attempt(program, i, () => assertExact(analyze('program.js', program.source), real));
      layers += [...real.places.values()].reduce((sum, results) => sum + results.length, 0);
    }
    assert.ok(layers > runs, 'the programs make no layers');
  });

  it('programs with open conditions are never told wrong', () => {
    let known = 0;
    let results = 0;
    for (let i = 0; i < runs; i++) {
      const program = randomProgram(new RandomNumbers(seed + i), { unknowns: true });
      const analysis = analyze('program.js', program.source);
      const random = new RandomNumbers(seed - i);
      for (let repetition = 0; repetition < 4; repetition++) {
        const chances = Array.from({ length: program.chances }, () => random.chance(0.5));
        const times = Array.from({ length: program.loops }, () => random.integer(0, 3));
        const what = `${JSON.stringify(chances)} ${JSON.stringify(times)}`;
        const real = attempt(program, i, () => run(program.source, chances, times));
        attempt(program, i, () => assertSound(analysis, real), what);
      }
      for (const { output, params } of [...inferredResults(analysis).values()].flat()) {
        results++;
        if (isRanked(output) && output.every(dim => dim === null || typeof dim === 'number') && typeof params === 'number') known++;
      }
    }
    // Saying nothing would be sound as well.
    assert.ok(known > results / 4, `only ${known} of ${results} results are known`);
  });
});

/** Runs a program that this test has made up. */
function run(source: string, chances: readonly boolean[], turns: readonly number[]): RealRun {
  const places = new Map<tf.layers.Layer, number>();
  class CustomLayer extends tf.layers.Layer {
    constructor(config: LayerArgs & { place: number }) {
      super(config);
      places.set(this, config.place);
    }
  }
  const layers = new Proxy(tf.layers, {
    get(target, name) {
      if (name === 'Layer') return CustomLayer;
      const factory = target[name as keyof typeof target] as (config: { place?: number }) => tf.layers.Layer;
      return (config: { place?: number }) => {
        const layer = factory(config);
        if (config.place !== undefined) places.set(layer, config.place);
        return layer;
      };
    },
  });
  const program = new Function('tf', 'chances', 'turns', 'chance', 'times', source.replace(/model;$/, 'return model;')) as (...args: unknown[]) => tf.LayersModel;
  return observed(applied => {
    const model = program({ ...tf, layers }, chances, turns, (i: number) => chances[i], (i: number) => turns[i]);
    const results = new Map<number, Result[]>();
    for (const [layer, outputs] of applied) {
      const place = places.get(layer);
      if (place === undefined) continue;
      const known = results.get(place) ?? [];
      results.set(place, [...known, ...outputs.map(output => ({ output, params: layer.countParams(), name: layer.name }))]);
    }
    return { places: results, params: model.countParams(), outputs: model.outputs.map(({ shape }) => Array.from(shape, dim => dim ?? null)) };
  });
}

type Dims = readonly (number | null)[];

const Layer = tf.layers.Layer.prototype as unknown as Record<'apply' | 'addWeight', (...args: unknown[]) => unknown>;

/**
 * Hands over what every layer gave that was applied, different results only. Shapes are copied at once, because some layers
 * overwrite those of others. Weights start with zeros, because nothing depends on their values.
 */
function observed(work: (applied: ReadonlyMap<tf.layers.Layer, readonly Dims[]>) => RealRun): RealRun {
  const { apply, addWeight } = Layer;
  const applied = new Map<tf.layers.Layer, Dims[]>();
  const distinct = new Map<tf.layers.Layer, Set<string>>();
  resetNameCounts();
  tf.engine().startScope();
  Layer.apply = function (this: tf.layers.Layer, ...args) {
    const output = apply.apply(this, args) as tf.SymbolicTensor | tf.SymbolicTensor[];
    const shapes = [output].flat().map(({ shape }) => Array.from(shape, dim => dim ?? null));
    const [known, seen] = [applied.get(this) ?? [], distinct.get(this) ?? new Set<string>()];
    const key = JSON.stringify(shapes);
    if (!seen.has(key)) applied.set(this, [...known, shapes[0]!]);
    distinct.set(this, seen.add(key));
    return output;
  };
  const zeros = tf.initializers.zeros();
  Layer.addWeight = function (this: unknown, name, shape, dtype, _initializer, ...rest) {
    return addWeight.call(this, name, shape, dtype, zeros, ...rest);
  };
  try {
    return work(applied);
  } finally {
    Object.assign(Layer, { apply, addWeight });
    tf.engine().endScope();
    tf.disposeVariables();
  }
}

interface InferredResult {
  readonly output: Shape;
  readonly params: Dim;
  readonly names: readonly (string | undefined)[];
}

function inferredResults(analysis: Analysis): Map<number, InferredResult[]> {
  const places = new Map<number, InferredResult[]>();
  for (const site of analysis.sites) {
    for (const { node, output, params, names } of site.variants) {
      const place = node.attributes['place'];
      if (typeof place === 'number') places.set(place, [...(places.get(place) ?? []), { output, params, names }]);
    }
  }
  return places;
}

function assertExact(analysis: Analysis, real: RealRun): void {
  assert.deepEqual(errorsOf(analysis), []);
  const inferred = inferredResults(analysis);
  const described = (results: readonly (Result | InferredResult)[]): string[] =>
    results.flatMap(result => ('names' in result ? result.names : [result.name]).map(name => JSON.stringify([result.output, result.params, name]))).sort();
  for (const [place, results] of real.places) assert.deepEqual(described(inferred.get(place) ?? []), described(results), `place ${place}`);
  const certain = analysis.blocks.filter(isWhole);
  assert.equal(certain.length, 1);
  assert.equal(certain[0]!.totals.params, real.params, 'the parameters of the model');
  assert.deepEqual(certain[0]!.outputShapes, real.outputs, 'the outputs of the model');
}

/** The model of the program's last line; others are parts of it. */
const isWhole = ({ kind, name }: Block): boolean => kind === 'model' && name === 'model';

function assertSound(analysis: Analysis, real: RealRun): void {
  assert.deepEqual(errorsOf(analysis), []);
  const inferred = inferredResults(analysis);
  for (const [place, results] of real.places) {
    const claims = inferred.get(place) ?? [];
    for (const result of results) {
      assert.ok(claims.some(claim => covers(claim.output, result.output) && coversDim(claim.params, result.params) && coversName(claim.names, result.name)),
        `place ${place}: TensorFlow.js gives ${JSON.stringify(result)}, inferred was ${JSON.stringify(claims)}`);
    }
  }
  for (const block of analysis.blocks.filter(isWhole)) {
    assert.ok(coversDim(block.totals.params, real.params), `the model has ${real.params} parameters, inferred was ${JSON.stringify(block.totals.params)}`);
    const text = `the model gives ${JSON.stringify(real.outputs)}, inferred was ${JSON.stringify(block.outputShapes)}`;
    assert.ok(!isRanked(block.outputShapes[0]!) || block.outputShapes.length === real.outputs.length, text);
    for (const [i, shape] of block.outputShapes.entries()) assert.ok(covers(shape, real.outputs[i]!), text);
  }
}

const covers = (claim: Shape, output: Dims): boolean =>
  !isRanked(claim) || (claim.length === output.length && claim.every((dim, i) => coversDim(dim, output[i]!)));

/** What is not known, or is a symbol, makes no claim about a number. */
const coversDim = (claim: Dim, value: number | null): boolean => (typeof claim !== 'number' && claim !== null) || claim === value;

const coversName = (names: readonly (string | undefined)[], name: string): boolean => names.includes(undefined) || names.includes(name);

/** Whatever TensorFlow.js builds may be doubtful, but is no error. */
const errorsOf = (analysis: Analysis) => analysis.problems.filter(({ severity }) => severity === 'error');

function attempt<T>(program: RandomProgram, index: number, work: () => T, what = ''): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`BLOCKSCOPE_SEED=${seed + index} BLOCKSCOPE_RUNS=1 ${what}\n${program.source}\n${(error as Error).message}`, { cause: error });
  }
}
