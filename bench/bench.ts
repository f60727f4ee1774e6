// What is claimed about speed, measured: `npm run bench`, or a part of it by its name: `npm run bench -- editor`, and so `vscode`, `ways` and `page`. Every figure against TensorFlow.js is a ratio of two measurements
// that were made in turns, because a machine's speed changes by the minute. CPU time, not the clock.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { hostilePrograms, oversizedPrograms, unreadPrograms } from '../test/blocks/evaluate/hostile-programs.ts';
import { quantile } from './cpu-time.ts';
import { thousandLines } from './thousand-lines.ts';
import { Measured } from './turns.ts';
import { reportPage } from './page.ts';
import { reportVSCode } from './vscode.ts';
import { reportWays } from './ways.ts';

const here = import.meta.dirname;
const out = path.resolve(here, '../out');
// Inside of the project, where the bundles find TensorFlow.js.
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(path.join(out, 'bench-'));

/** Bundled and minified as it ships: the extension is a CommonJS module. Only what loads another script itself is not. */
async function bundle(entry: string): Promise<string> {
  const format = entry === 'build-network.ts' || entry === 'cold-start-kept.ts' ? 'esm' : 'cjs';
  const outfile = path.join(folder, `${path.basename(entry, '.ts')}.${format === 'esm' ? 'mjs' : 'cjs'}`);
  await build({
    entryPoints: [path.join(here, entry)], outfile, bundle: true, mainFields: ['module', 'main'], minify: true, format, platform: 'node', target: 'node20', logLevel: 'warning',
    external: ['@tensorflow/*'],
  });
  return outfile;
}

/** A process of its own for each measurement: no other's garbage, no other's compiled code. */
function measure<T>(script: string, ...args: string[]): T {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${path.basename(script)} ended with ${status}: ${stderr.slice(-1500)}`);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as T;
}

/** From the least to the most: the middle one is what is reported. */
const threeTimes = <T>(once: () => T, cost: (result: T) => number): [T, T, T] =>
  [once(), once(), once()].sort((a, b) => cost(a) - cost(b)) as [T, T, T];

interface Keystrokes {
  readonly lines: number;
  readonly layers: number;
  readonly median: number;
  readonly p95: number;
  readonly fresh: number;
}

const warmUp = { milliseconds: 5_000 };

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

async function reportEditor(): Promise<void> {
  const [keystrokes, cold, kept, read, construct, hostile, modelFile] = await Promise.all(['keystrokes.ts', 'cold-start.ts', 'cold-start-kept.ts', 'read-network.ts', 'build-network.ts', 'hostile.ts', 'model-file.ts'].map(bundle));
  const file = path.join(folder, 'thousand-lines.ts');
  writeFileSync(file, thousandLines());
  const [, typing] = threeTimes(() => measure<Keystrokes>(keystrokes!, file), ({ median }) => median);
  console.log(`One keystroke in a file of ${typing.lines} lines with ${typing.layers} layers: ${ms(typing.median)} CPU (median of 3 sessions; p95 ${ms(typing.p95)}); read anew ${ms(typing.fresh)}`);

  const network = path.join(here, 'programs/resnet50.ts');
  // In turns, so that a slow phase of the machine is one of both.
  type Start = { readonly cpu: number; readonly wall: number };
  const next = (): Start => measure<Start>(kept!, folder, cold!, network);
  next();
  const starts = Array.from({ length: 9 }, () => ({ first: measure<Start>(cold!, network), later: next() }));
  for (const [which, told] of [['first', 'Cold start, from loading the code to the hints of ResNet-50'], ['later', 'The same with the compiled code of a session before, as in every session but the first']] as const) {
    const times = starts.map(start => start[which]).sort((a, b) => a.wall - b.wall);
    console.log(`${told}: ${ms(times[4]!.wall)} (median of 9, ${ms(times[0]!.wall)} to ${ms(times[8]!.wall)}; CPU ${ms(times[4]!.cpu)})`);
  }

  for (const name of ['resnet50', 'efficientnet-b0']) {
    const program = path.join(here, `programs/${name}.ts`);
    const script = path.join(folder, `${name}.mjs`);
    await build({ stdin: { contents: readFileSync(program, 'utf8').replace(/^export const model = .*$/m, ''), loader: 'ts', resolveDir: here }, outfile: script, format: 'esm', platform: 'node', bundle: true, external: ['@tensorflow/*'], logLevel: 'warning' });
    const [ours, theirs] = await Promise.all([
      Measured.start<{ layers: number; params: number }>(read!, program), Measured.start<{ params: number }>(construct!, script, name),
    ]);
    try {
      const first = await ours.turn({ times: 1 });
      // Both have run as long before anything is measured, so that both have been compiled.
      await theirs.turn(warmUp);
      await ours.turn(warmUp);
      const [reading, building, ratios, all]: [number[], number[], number[], number[]] = [[], [], [], []];
      // Many short turns, each with a ratio of its own: what else the machine does lasts longer than one, and slows both sides of it. Both sides run for
      // as long, because the processor has to warm up to either again.
      for (let turn = 0; turn < 30; turn++) {
        const built = await theirs.turn({ times: 1 });
        const once = await ours.turn({ milliseconds: built.cpu[0]! });
        if (built.result.params !== once.result.params) throw new Error(`TensorFlow.js counts ${built.result.params} parameters, Blockscope ${once.result.params}`);
        building.push(built.cpu[0]!);
        reading.push(quantile(once.cpu, 0.5));
        all.push(...once.cpu);
        ratios.push(building.at(-1)! / reading.at(-1)!);
      }
      const [a, b, ratio, low, high] = [quantile(reading, 0.5), quantile(building, 0.5), ...[0.5, 0.25, 0.75].map(share => Math.round(quantile(ratios, share)))];
      // Whatever else is done on a machine only adds to a time, so that the shortest are what the code itself takes.
      const undisturbed = Math.round(quantile(building, 0.1) / quantile(all, 0.1));
      const { layers, params } = first.result;
      console.log(`${name}, ${layers} layers, ${params.toLocaleString('en')} parameters: ${ms(a)} CPU to read, infer and print (${ms(first.cpu[0]!)} the first time); TensorFlow.js builds it in ${ms(b)}: ${ratio} times as long (half of ${ratios.length} turns between ${low} and ${high}; the shortest tenth of each side: ${ms(quantile(all, 0.1))} and ${ms(quantile(building, 0.1))}, ${undisturbed} times)`);
    } finally {
      ours.end();
      theirs.end();
    }
  }

  const saved = measure<{ characters: number; hints: number; first: number; firstStep: number; firstWall: number; cpu: number; step: number; wall: number; parse: number }>(modelFile!);
  console.log(`A model.json of ${(saved.characters / 1e6).toFixed(1)} million characters, ${saved.hints} hints: ${ms(saved.wall)} after a change (CPU ${ms(saved.cpu)}, the longest step ${ms(saved.step)}), ${ms(saved.firstWall)} the first time (CPU ${ms(saved.first)}, the longest step ${ms(saved.firstStep)}); JSON.parse alone takes ${ms(saved.parse)} CPU`);

  console.log('Programs that are made to cost much (median of 3):');
  const costs = Object.keys({ ...hostilePrograms, ...oversizedPrograms, ...unreadPrograms }).map(name => {
    const [, median] = threeTimes(() => measure<{ cpu: number; memory: number }>(hostile!, network, name), ({ cpu }) => cpu);
    return { name, ...median };
  });
  for (const { name, cpu, memory } of costs) console.log(`  ${ms(cpu).padStart(9)} CPU  ${memory.toFixed(0).padStart(5)} MB  ${name}`);
  const [dearest] = costs.sort((a, b) => b.cpu - a.cpu);
  console.log(`  The most is ${ms(dearest!.cpu)} CPU: ${dearest!.name}`);
}

const parts: Readonly<Record<string, () => Promise<void>>> = { editor: reportEditor, vscode: () => reportVSCode(folder), ways: reportWays, page: reportPage };
const asked = process.argv.slice(2);

try {
  for (const [name, report] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await report();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
