// Reads a saved model of 7,000 layers, as at its opening and after each change of its text, and prints its hints. It is read in steps, as in the editor.
import { analyzerFor } from '../src/blocks/analyze.ts';
import { inlayHints } from '../src/blocks/features/inlay-hints.ts';
import { savedModel } from '../test/blocks/model-files/saved-model.ts';
import { cpuTime, cpuTimeOf, quantile } from './cpu-time.ts';

const text = savedModel(7_000);
const analyzer = analyzerFor('model.json');
let hints = 0;
/** The CPU time that it takes, and the longest step of it. */
function read(version: number): { readonly cpu: number; readonly step: number } {
  const started = cpuTime();
  const steps = analyzer.analyzeInSteps(`${text}${' '.repeat(version)}`);
  for (let step = 0, before = started; ;) {
    const { done, value } = steps.next();
    const now = cpuTime();
    step = Math.max(step, now - before);
    before = now;
    if (!done) continue;
    hints = inlayHints(value).length;
    return { cpu: cpuTime() - started, step: Math.max(step, cpuTime() - before) };
  }
}
const clock = performance.now();
const first = read(0);
const firstWall = performance.now() - clock;
const changes = Array.from({ length: 20 }, (_, i) => {
  const started = performance.now();
  return { ...read(i + 1), wall: performance.now() - started };
});
const parse = Array.from({ length: 10 }, () => cpuTimeOf(() => { JSON.parse(text); }));
console.log(JSON.stringify({
  characters: text.length, hints, first: first.cpu, firstStep: first.step, firstWall, cpu: quantile(changes.map(({ cpu }) => cpu), 0.5), step: quantile(changes.map(({ step }) => step), 0.5), wall: quantile(changes.map(({ wall }) => wall), 0.5), parse: quantile(parse, 0.5),
}).replace(/^/, '\n'));
