// Every hint fixture that can run is run by the real TensorFlow.js: each layer must have the shapes and parameters that
// were inferred for its place in the source, and a file whose fixture expects an error must really fail, or make
// tensors with nothing in them.
//
// A function that nobody calls is called by a line of the fixture, so that symbols and assumed values are checked too,
// what only the running program knows is given by another, and `with` says what other symbols stand for:
//     // call encoder { "height": 64, "width": 48 }
//     // call stage { "x": { "shape": [64, 48, 3] } } with { "H": 64, "W": 48, "C": 3 }
//     // given settings { "width": 12 } with { "width": 12 }
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Analysis, LayerSite, LayerVariant } from '../../src/blocks/analysis.ts';
import { analyze } from '../../src/blocks/analyze.ts';
import { findLayer } from '../../src/blocks/layers/registry.ts';
import { bindDim, isSymbolic, isUnknown, type Dim } from '../../src/blocks/shapes/dim.ts';
import { bindShape, isRanked, type Shape } from '../../src/blocks/shapes/shape.ts';
import { LineMap } from '../../src/blocks/text/location.ts';
import { hintFixtures, type HintFixture } from '../hint-fixtures.ts';
import { readModule } from './read-module.ts';
import { recordLayers, type ExportedCall, type RecordedLayer, type Recording } from './recorded-layers.ts';

const projectRoot = path.resolve(import.meta.dirname, '../..');
/** Inside the project, so that the files find the project's TensorFlow.js. */
const folder = path.join(projectRoot, 'out/hint-fixtures');

describe('hint fixtures against TensorFlow.js', () => {
  const fixtures = hintFixtures(projectRoot).map(fixture => ({ ...fixture, file: path.join(folder, fixture.name) }));

  before(() => {
    rmSync(folder, { recursive: true, force: true });
    for (const { file, text } of fixtures) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const fixture of fixtures) {
    // Half-typed code means something else to those who run it, and blocks are no calls of TensorFlow.js.
    if (fixture.name.startsWith('broken/') || fixture.name.startsWith('blocks/')) continue;
    it(fixture.name, async () => {
      const { calls, sizes, given } = directives(fixture.text);
      Object.assign(globalThis, given);
      try {
        const analysis = analyze(fixture.file, fixture.text, { readModule });
        check(fixture, analysis, await recordLayers(fixture.file, calls), sizes);
      } finally {
        for (const name of Object.keys(given)) delete (globalThis as Record<string, unknown>)[name];
      }
    });
  }
});

function check(fixture: HintFixture, analysis: Analysis, { layers, error }: Recording, sizes: Readonly<Record<string, number>>): void {
  const expectsError = / error [a-z-]+: /.test(fixture.source);
  const isEmpty = layers.some(layer => layer.output.some(dim => dim !== null && dim <= 0));
  if (expectsError) assert.ok(error ?? isEmpty, 'TensorFlow.js runs what the fixture calls an error');
  else if (error) throw error;
  assert.ok(layers.length > 0, 'no layer was recorded');
  const lines = new LineMap(fixture.text);
  const sites = analysis.sites.filter(site => site.at.file === analysis.file);
  const keyOf = ({ at, call }: LayerSite): string => {
    // In `new X(…)` JavaScript's own place is that of `new`.
    const { line, column } = lines.lineColumn(fixture.text.startsWith('new ', call.start) ? call.start : at.start);
    return `${line}:${column}`;
  };
  const inferred = new Map(sites.map(site => [keyOf(site), site]));
  const recorded = new Map<string, RecordedLayer[]>();
  for (const layer of layers) {
    const key = `${layer.line}:${layer.column}`;
    // A first layer makes an input layer of its own, which is not written anywhere.
    if (layer.className === 'InputLayer' && inferred.get(key)?.layer !== 'inputLayer') continue;
    recorded.set(key, [...(recorded.get(key) ?? []), layer]);
  }
  for (const [key, real] of recorded) {
    const site = inferred.get(key);
    assert.ok(site, `${key}: TensorFlow.js makes ${real[0]!.className}, and nothing was inferred`);
    const className = findLayer(site.layer)?.className;
    if (className !== undefined) assert.equal(className, real[0]!.className, `${key}: the class`);
    checkSite(`${key} ${site.layer}`, site, real, sizes, !expectsError);
    if (!expectsError) checkNames(`${key} ${site.layer}`, site, real);
  }
  for (const [key, site] of inferred) {
    const certain = site.variants.filter(variant => !variant.node.optional && isRanked(variant.output));
    if (certain.length > 0 && !expectsError) assert.ok(recorded.has(key), `${key} ${site.layer}: inferred, but TensorFlow.js never made it`);
  }
}

/** Every result of TensorFlow.js is one that was inferred; it comes as often, where the file runs to its end. */
function checkSite(what: string, site: LayerSite, real: readonly RecordedLayer[], sizes: Readonly<Record<string, number>>, toItsEnd: boolean): void {
  for (const result of real) {
    const fitting = site.variants.filter(variant => fits(variant, result, sizes));
    assert.ok(fitting.length > 0, `${what}: TensorFlow.js gives ${resultText(result)}, inferred was ${site.variants.map(variant => JSON.stringify([variant.output, variant.params])).join(' or ')}`);
  }
  const exact = toItsEnd ? site.variants.filter(isExact) : [];
  for (const variant of exact) {
    const made = new Set(real.filter(result => fits(variant, result, sizes)).map(result => result.layer));
    // Inputs that differ may give the same.
    const count = exact.filter(other => claim(other) === claim(variant)).reduce((sum, other) => sum + other.count, 0);
    assert.equal(count, made.size, `${what}: how often it is ${JSON.stringify(variant.output)}`);
  }
}

const claim = ({ output, node: { furtherOutputs }, params, trainableParams }: LayerVariant): string => JSON.stringify([output, furtherOutputs, params, trainableParams]);

/** Each name that is known is that of a layer that was made there. */
function checkNames(what: string, site: LayerSite, real: readonly RecordedLayer[]): void {
  const given = new Set(real.map(({ name }) => name));
  const claimed = site.variants.flatMap(({ names, node }) => (node.optional ? [] : names));
  for (const name of claimed) assert.ok(name === undefined || given.has(name), `${what}: TensorFlow.js calls it ${[...given].join(' or ')}, and not ${name}`);
}

const resultText = ({ output, params }: RecordedLayer): string => `${JSON.stringify(output)} with ${params} parameters`;

const isExact = ({ output, params, node }: LayerVariant): boolean =>
  isRanked(output) && [...output, params].every(dim => typeof dim === 'number' || dim === null) && !node.optional;

/** What is not known fits anything: it makes no claim. */
function fits(variant: LayerVariant, real: RecordedLayer, sizes: Readonly<Record<string, number>>): boolean {
  const agrees = (dim: Dim, value: number | null): boolean => {
    const bound = bindDim(dim, sizes);
    assert.ok(!isSymbolic(bound), 'a symbol without a size: give it one in a `// call` line of the fixture');
    return isUnknown(bound) || bound === value;
  };
  const agreesWith = (shape: Shape, output: readonly (number | null)[]): boolean => {
    const bound = bindShape(shape, sizes);
    return !isRanked(bound) || (bound.length === output.length && bound.every((dim, axis) => agrees(dim, output[axis]!)));
  };
  const { output, node: { furtherOutputs } } = variant;
  const several = !isRanked(output) || furtherOutputs.length === real.furtherOutputs.length;
  return several && agreesWith(output, real.output) && furtherOutputs.every((shape, i) => agreesWith(shape, real.furtherOutputs[i]!))
    && agrees(variant.params, real.params) && agrees(variant.trainableParams, real.trainableParams);
}

interface Directives {
  readonly calls: ExportedCall[];
  readonly sizes: Record<string, number>;
  readonly given: Record<string, unknown>;
}

function directives(text: string): Directives {
  const found: Directives = { calls: [], sizes: {}, given: { tf, tfl: tf } };
  for (const [, kind, name, json, sizes] of text.matchAll(/^\/\/ (call|given) ((?:new )?[\w.]+) (.*?)(?: with (\{.*\}))?\r?$/gm)) {
    const value = JSON.parse(json!) as unknown;
    if (kind === 'given') found.given[name!] = value;
    else found.calls.push({ name: name!, args: Object.values(value as object).map(argument) });
    Object.assign(found.sizes, kind === 'call' ? value : {}, sizes === undefined ? {} : JSON.parse(sizes));
  }
  return found;
}

/** An object with a shape stands for a tensor of that shape. */
const argument = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'shape' in value ? tf.input({ shape: value.shape as number[] }) : value;
