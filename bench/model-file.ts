// Reads a saved model of 7,000 layers, as at its opening and after each change of its text, and prints its hints.
import { analyzerFor } from '../src/blocks/analyze.ts';
import { inlayHints } from '../src/blocks/features/inlay-hints.ts';
import { savedModel } from '../test/blocks/model-files/saved-model.ts';
import { cpuTimeOf, quantile } from './cpu-time.ts';

const text = savedModel(7_000);
const analyzer = analyzerFor('model.json');
let hints = 0;
const read = (version: number): number => cpuTimeOf(() => { hints = inlayHints(analyzer.analyze(`${text}${' '.repeat(version)}`)).length; });
const clock = performance.now();
const first = read(0);
const firstWall = performance.now() - clock;
const changes = Array.from({ length: 20 }, (_, i) => {
  const started = performance.now();
  return { cpu: read(i + 1), wall: performance.now() - started };
});
const parse = Array.from({ length: 10 }, () => cpuTimeOf(() => { JSON.parse(text); }));
console.log(JSON.stringify({
  characters: text.length, hints, first, firstWall, cpu: quantile(changes.map(({ cpu }) => cpu), 0.5), wall: quantile(changes.map(({ wall }) => wall), 0.5), parse: quantile(parse, 0.5),
}).replace(/^/, '\n'));
