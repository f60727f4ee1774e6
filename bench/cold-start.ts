// From nothing to the first hints. The code is loaded as a part of this bundle, so that the process's own age is the answer;
// what Node takes to start before it runs any code is left out.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { analyze } from '../src/blocks/analyze.ts';
import { inlayHints } from '../src/blocks/features/inlay-hints.ts';
import { cpuTime } from './cpu-time.ts';

const file = process.argv[2]!;
const hints = inlayHints(analyze(file, readFileSync(file, 'utf8')));
if (hints.length === 0) throw new Error('no hints');
const started = performance.nodeTiming.bootstrapComplete;
console.log(JSON.stringify({ wall: performance.now() - started, cpu: cpuTime() }).replace(/^/, '\n'));
