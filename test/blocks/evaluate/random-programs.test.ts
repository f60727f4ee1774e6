// Programs that are made up at random are run by the real TensorFlow.js and read by the evaluator. What the program
// says by itself must be known exactly; what it leaves open must never be told wrong, whatever turns out to be the case.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Analysis, Block } from '../../../src/blocks/analysis.ts';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { Dim } from '../../../src/blocks/shapes/dim.ts';
import { isRanked, type Shape } from '../../../src/blocks/shapes/shape.ts';
import { randomRuns, seed } from '../layers/random-seed.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { randomProgram, type RandomProgram } from './random-program.ts';

interface Result {
  readonly output: readonly (number | null)[];
  readonly params: number;
}

interface RealRun {
  /** Per place, a result for each layer that was made and applied there. */
  readonly places: ReadonlyMap<number, readonly Result[]>;
  readonly params: number;
  readonly output: readonly (number | null)[];
}

describe(`random programs against TensorFlow.js (BLOCKSCOPE_SEED=${seed}, BLOCKSCOPE_RUNS=${randomRuns})`, () => {
  it('known programs are read exactly', () => {
    let layers = 0;
    for (let i = 0; i < randomRuns; i++) {
      const program = randomProgram(new RandomNumbers(seed + i), { unknowns: false });
      const real = attempt(program, i, () => run(program.source, () => false, () => 0));
      attempt(program, i, () => assertExact(analyze('program.js', program.source), real));
      layers += [...real.places.values()].reduce((sum, results) => sum + results.length, 0);
    }
    assert.ok(layers > randomRuns, 'the programs make no layers');
  });

  it('programs with open conditions are never told wrong', () => {
    let known = 0;
    let results = 0;
    for (let i = 0; i < randomRuns; i++) {
      const program = randomProgram(new RandomNumbers(seed + i), { unknowns: true });
      const analysis = analyze('program.js', program.source);
      const random = new RandomNumbers(seed - i);
      for (let repetition = 0; repetition < 4; repetition++) {
        const chances = Array.from({ length: program.chances }, () => random.chance(0.5));
        const times = Array.from({ length: program.loops }, () => random.integer(0, 3));
        const what = `${JSON.stringify(chances)} ${JSON.stringify(times)}`;
        const real = attempt(program, i, () => run(program.source, index => chances[index]!, index => times[index]!));
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
function run(source: string, chance: (index: number) => boolean, times: (index: number) => number): RealRun {
  const made: { place: number; layer: tf.layers.Layer }[] = [];
  class CustomLayer extends tf.layers.Layer {
    constructor(config: LayerArgs & { place: number }) {
      super(config);
      made.push({ place: config.place, layer: this });
    }
  }
  const layers = new Proxy(tf.layers, {
    get(target, name) {
      if (name === 'Layer') return CustomLayer;
      const factory = target[name as keyof typeof target] as (config: { place: number }) => tf.layers.Layer;
      return (config: { place: number }) => {
        const layer = factory(config);
        made.push({ place: config.place, layer });
        return layer;
      };
    },
  });
  const program = new Function('tf', 'chance', 'times', source.replace(/model;$/, 'return model;')) as (...args: unknown[]) => tf.LayersModel;
  const model = program({ ...tf, layers }, chance, times);
  const places = new Map<number, Result[]>();
  for (const { place, layer } of made) {
    const nodes = layer.inboundNodes;
    const distinct = new Map(nodes.map(node => [JSON.stringify(node.outputShapes), node.outputShapes]));
    for (const [shape] of distinct.values()) {
      const results = places.get(place) ?? [];
      places.set(place, [...results, { output: shape as (number | null)[], params: layer.countParams() }]);
    }
  }
  const output = model.outputs[0]!.shape;
  const params = model.countParams();
  model.dispose();
  return { places, params, output };
}

interface InferredResult {
  readonly output: Shape;
  readonly params: Dim;
  readonly count: number;
}

function inferredResults(analysis: Analysis): Map<number, InferredResult[]> {
  const places = new Map<number, InferredResult[]>();
  for (const site of analysis.sites) {
    for (const { node, output, params, count } of site.variants) {
      const place = node.attributes['place'];
      if (typeof place === 'number') places.set(place, [...(places.get(place) ?? []), { output, params, count }]);
    }
  }
  return places;
}

function assertExact(analysis: Analysis, real: RealRun): void {
  assert.deepEqual(analysis.problems, []);
  const inferred = inferredResults(analysis);
  const described = (results: readonly (Result | InferredResult)[]): string[] =>
    results.flatMap(result => new Array<string>('count' in result ? result.count : 1).fill(JSON.stringify([result.output, result.params]))).sort();
  for (const [place, results] of real.places) assert.deepEqual(described(inferred.get(place) ?? []), described(results), `place ${place}`);
  const certain = analysis.blocks.filter(isWhole);
  assert.equal(certain.length, 1);
  assert.equal(certain[0]!.totals.params, real.params, 'the parameters of the model');
  assert.deepEqual(certain[0]!.outputShapes, [real.output], 'the output of the model');
}

/** The model of the program's last line; others are parts of it. */
const isWhole = ({ kind, name }: Block): boolean => kind === 'model' && name === 'model';

function assertSound(analysis: Analysis, real: RealRun): void {
  assert.deepEqual(analysis.problems, []);
  const inferred = inferredResults(analysis);
  for (const [place, results] of real.places) {
    const claims = inferred.get(place) ?? [];
    for (const result of results) {
      assert.ok(claims.some(claim => covers(claim.output, result.output) && coversDim(claim.params, result.params)),
        `place ${place}: TensorFlow.js gives ${JSON.stringify(result)}, inferred was ${JSON.stringify(claims)}`);
    }
  }
  for (const block of analysis.blocks.filter(isWhole)) {
    assert.ok(coversDim(block.totals.params, real.params), `the model has ${real.params} parameters, inferred was ${JSON.stringify(block.totals.params)}`);
    assert.ok(covers(block.outputShapes[0]!, real.output), `the model gives ${JSON.stringify(real.output)}, inferred was ${JSON.stringify(block.outputShapes)}`);
  }
}

const covers = (claim: Shape, output: readonly (number | null)[]): boolean =>
  !isRanked(claim) || (claim.length === output.length && claim.every((dim, i) => coversDim(dim, output[i]!)));

/** What is not known, or is a symbol, makes no claim about a number. */
const coversDim = (claim: Dim, value: number | null): boolean => (typeof claim !== 'number' && claim !== null) || claim === value;

function attempt<T>(program: RandomProgram, index: number, work: () => T, what = ''): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`BLOCKSCOPE_SEED=${seed + index} BLOCKSCOPE_RUNS=1 ${what}\n${program.source}\n${(error as Error).message}`, { cause: error });
  }
}
