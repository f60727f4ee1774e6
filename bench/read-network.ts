// Reads a network's source, without anything known from before but what stays in memory between keystrokes: the file is
// parsed and evaluated as a whole, its hints are printed, and the model's totals are summed up, which a lens says.
import { readFileSync } from 'node:fs';
import { FileAnalyzer } from '../src/blocks/analyze.ts';
import { inlayHints } from '../src/blocks/features/inlay-hints.ts';
import { answerTurns } from './turns.ts';

const program = process.argv[2]!;
const text = readFileSync(program, 'utf8');

answerTurns(() => {
  const analysis = new FileAnalyzer(program).analyze(text);
  const hints = inlayHints(analysis);
  const [model] = analysis.blocks.filter(block => block.kind === 'model');
  return { hints, model: model!, params: model!.totals.params };
}, ({ model, params }) => ({ layers: model.graph.nodes.length, params }));
