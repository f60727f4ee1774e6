// Reading a network's source against building the network: in turns, in one process.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { FileAnalyzer } from '../src/blocks/analyze.ts';
import { inlayHints } from '../src/blocks/features/inlay-hints.ts';
import { cpuTimeOf, quantile } from './cpu-time.ts';

const [program, script, name] = process.argv.slice(2) as [string, string, string];
const text = readFileSync(program, 'utf8');
let layers = 0;
let params = 0;

/** Without anything known from before but what stays in memory between keystrokes: the file is parsed and evaluated as a whole. */
function read(): void {
  const analysis = new FileAnalyzer(program).analyze(text);
  inlayHints(analysis);
  const [model] = analysis.blocks.filter(block => block.kind === 'model');
  layers = model!.graph.nodes.length;
  params = model!.totals.params as number;
}

const oursFirst = cpuTimeOf(read);
const { resNet50, efficientNetB0 } = await import(pathToFileURL(script).href) as Record<string, (...args: unknown[]) => { countParams(): number; dispose(): void }>;
function construct(): void {
  const model = name === 'resnet50' ? resNet50!([224, 224, 3], 1000) : efficientNetB0!(1000);
  if (model.countParams() !== params) throw new Error(`TensorFlow.js counts ${model.countParams()} parameters, Blockscope ${params}`);
  model.dispose();
}

const ours: number[] = [];
const theirs: number[] = [];
for (let turn = 0; turn < 5; turn++) {
  theirs.push(cpuTimeOf(construct));
  for (let i = 0; i < 20; i++) ours.push(cpuTimeOf(read));
}
console.log(JSON.stringify({ layers, params, ours: quantile(ours, 0.5), oursFirst, theirs: quantile(theirs, 0.5) }).replace(/^/, '\n'));
