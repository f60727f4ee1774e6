import { defineProblem } from './problem.ts';

export const failsWhenRun = defineProblem<{ layer: string; what: string }>({
  id: 'fails-when-run',
  severity: 'warning',
  message: ({ layer, what }) => `TensorFlow.js builds this ${layer} but throws when it runs: ${what}.`,
  doc: 'The check lies in the operation and not in the layer, so that the model can be built, summarised and saved, but not run.',
});
