// Real files by other authors, with what TensorFlow.js answered when their code was run. The answers lie beside the
// project in ../shared/reference; the files themselves are not ours to ship: BLOCKSCOPE_VISIBLE_CASES names a folder that
// has them as <case>/<path in its repository>. Prints a line for each file and fails on any layer that is not told exactly.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LayerVariant } from '../../src/blocks/analysis.ts';
import type { CallPath } from '../../src/blocks/graph/block-graph.ts';
import { analyze } from '../../src/blocks/analyze.ts';
import { isUnknown, type Dim } from '../../src/blocks/shapes/dim.ts';
import { isRanked, type Shape } from '../../src/blocks/shapes/shape.ts';
import { moduleCandidates } from '../../src/blocks/syntax/module-candidates.ts';
import { LineMap } from '../../src/blocks/text/location.ts';

interface VisibleCase {
  readonly id: string;
  readonly kind: string;
  readonly source: { readonly path?: string };
  readonly files: readonly string[];
  readonly drive: string | null;
  readonly expected: string;
}

interface ExpectedSite {
  readonly file: string;
  readonly nameLine: number;
  readonly nameCol: number;
  readonly callee: string;
  readonly variants?: readonly { readonly outputShape?: readonly (number | null)[]; readonly params: number | null; readonly count: number }[];
}

const reference = path.resolve(import.meta.dirname, '../../../shared/reference');
const sources = process.env['BLOCKSCOPE_VISIBLE_CASES'];

describe('real files against the recorded answers of TensorFlow.js', () => {
  const list = path.join(reference, 'visible-cases.json');
  if (!existsSync(list) || sources === undefined) {
    it('skipped: ../shared/reference and the folder that BLOCKSCOPE_VISIBLE_CASES names are not both there');
    return;
  }
  const { cases } = JSON.parse(readFileSync(list, 'utf8')) as { cases: VisibleCase[] };
  for (const visible of cases.filter(({ kind }) => kind === 'js' || kind === 'ts')) {
    const folder = path.join(sources, visible.id);
    if (!existsSync(folder)) continue;
    it(visible.id, () => {
      const { sites } = JSON.parse(readFileSync(path.join(reference, visible.expected), 'utf8')) as { sites: ExpectedSite[] };
      const verdicts = sites.filter(site => site.variants?.some(variant => variant.outputShape)).map(compareWith(visible, folder));
      const count = (wanted: Verdict['kind']): number => verdicts.filter(({ kind }) => kind === wanted).length;
      console.log(`      ${visible.id}: ${count('exact')} exact, ${count('symbolic')} symbolic, ${count('unknown')} unknown, ${count('wrong')} wrong`);
      assert.deepEqual(verdicts.filter(({ kind }) => kind !== 'exact').map(({ kind, what }) => `${kind}: ${what}`), []);
    });
  }
});

interface Verdict {
  readonly kind: 'exact' | 'symbolic' | 'unknown' | 'wrong';
  readonly what: string;
}

function compareWith(visible: VisibleCase, folder: string): (site: ExpectedSite) => Verdict {
  const texts = new Map(visible.files.map(file => [path.join(folder, file), readFileSync(path.join(folder, file), 'utf8')]));
  const main = path.join(folder, visible.source.path ?? visible.files[0]!);
  const { calls, behind } = readDrive(visible.drive ?? '');
  const readModule = (specifier: string, from: string) => {
    const file = moduleCandidates(specifier).map(candidate => path.resolve(path.dirname(from), candidate)).find(candidate => texts.has(candidate));
    return file === undefined ? undefined : { file, text: texts.get(file)! };
  };
  const { sites } = analyze(main, texts.get(main)! + behind, { calls, readModule });
  return expected => {
    const file = path.join(folder, expected.file);
    const start = new LineMap(texts.get(file)!).lineStart(expected.nameLine)! + expected.nameCol;
    const variants = sites.find(site => site.at.file === file && site.at.start === start)?.variants ?? [];
    // What the program calls itself, with arguments that only its user has, TensorFlow.js did not get to.
    const isDriven = ([first]: CallPath): boolean => first?.at.file === main && first.at.start >= texts.get(main)!.length;
    const driven = variants.filter(({ callPaths }) => callPaths.some(isDriven));
    if (driven.length === 0) return verdict(expected, variants);
    // Nobody can compare those, so that they must not be told as certain either.
    const certain = variants.filter(variant => !driven.includes(variant) && isCertain(variant));
    const what = `line ${expected.nameLine} ${expected.callee}: certain though no call of TensorFlow.js's gave it`;
    return certain.length > 0 ? { kind: 'wrong', what } : verdict(expected, driven);
  };
}

/**
 * What TensorFlow.js was made to call: `__drive("create(3)", () => create(3));`, which is an example call. Where a call needs more than
 * the file has, such as an import, the lines stood behind the file, and stand there again.
 */
function readDrive(drive: string): { readonly calls: readonly string[]; readonly behind: string } {
  const driven = /^__drive\(("(?:[^"\\]|\\.)*"), \(\) => .*\);$/;
  const lines = drive.split('\n').filter(line => line.trim() !== '').map(line => driven.exec(line));
  if (lines.every(line => line !== null)) return { calls: lines.map(line => JSON.parse(line[1]!) as string), behind: '' };
  return { calls: [], behind: `\nfunction __drive(name, call) { call(); }\n${drive}\n` };
}

function verdict(expected: ExpectedSite, results: readonly LayerVariant[]): Verdict {
  const what = `line ${expected.nameLine} ${expected.callee}`;
  if (results.length === 0 || results.some(({ output, params }) => isVague(output, params))) return { kind: 'unknown', what };
  if (results.some(({ output, params }) => [...(output as readonly Dim[]), params].some(dim => typeof dim === 'object' && dim !== null))) return { kind: 'symbolic', what };
  const wanted = new Map<string, number>();
  for (const { outputShape, params, count } of expected.variants ?? []) {
    // A layer that was made and never applied.
    if (!outputShape) continue;
    const key = JSON.stringify([outputShape, params]);
    wanted.set(key, (wanted.get(key) ?? 0) + count);
  }
  const found = new Map<string, number>();
  for (const { output, params, count, node: { furtherOutputs } } of results) {
    // What gives several tensors has a list of shapes there. The same result may come from different inputs.
    const key = JSON.stringify([furtherOutputs.length > 0 ? [output, ...furtherOutputs] : output, params]);
    found.set(key, (found.get(key) ?? 0) + count);
  }
  const equal = wanted.size === found.size && [...wanted].every(([key, count]) => found.get(key) === count);
  return equal ? { kind: 'exact', what } : { kind: 'wrong', what: `${what}: ${JSON.stringify([...wanted])} expected, ${JSON.stringify([...found])} inferred` };
}

const isCertain = ({ output, params, assumed }: LayerVariant): boolean =>
  assumed.length === 0 && isRanked(output) && [...output, params].every(dim => typeof dim === 'number' || dim === null);

const isVague = (output: Shape, params: Dim): boolean => !isRanked(output) || [...output, params].some(isUnknown);
