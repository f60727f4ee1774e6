// The cost of one keystroke: a number changes somewhere in the file, and all hints and problems are made again.
import { readFileSync } from 'node:fs';
import { FileAnalyzer } from '../src/blocks/analyze.ts';
import { inlayHints } from '../src/blocks/features/inlay-hints.ts';
import { cpuTimeOf, quantile } from './cpu-time.ts';

const file = process.argv[2]!;
const original = readFileSync(file, 'utf8');
const digits = [...original.matchAll(/(?<=filters: |units: |kernelSize: |, )\d+/g)];
const rounds = 300;

const analyzer = new FileAnalyzer(file);
let layers = 0;
const read = (text: string): void => {
  const analysis = analyzer.analyze(text);
  layers = analysis.sites.reduce((sum, site) => sum + site.variants.reduce((count, variant) => count + variant.count, 0), 0);
  inlayHints(analysis);
};

/** A digit is typed, and in the next round deleted again, at places all over the file. */
function version(round: number): string {
  const { index, 0: number } = digits[((round >> 1) * 131) % digits.length]!;
  return round % 2 === 0 ? `${original.slice(0, index + number.length)}1${original.slice(index + number.length)}` : original;
}

read(original);
// As much as is typed in a few minutes, after which the code is compiled.
for (let round = 0; round < 600; round++) read(version(round));
const times = Array.from({ length: rounds }, (_, round) => {
  const text = version(round);
  return cpuTimeOf(() => read(text));
});
const fresh = Array.from({ length: 20 }, () => cpuTimeOf(() => { inlayHints(new FileAnalyzer(file).analyze(original)); }));
console.log(JSON.stringify({ lines: original.split('\n').length - 1, layers, median: quantile(times, 0.5), p95: quantile(times, 0.95), fresh: quantile(fresh, 0.5) }).replace(/^/, '\n'));
