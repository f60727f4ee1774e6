// A file of which only the beginning is read.
import { defineProblem } from './problem.ts';

export const restNotRead = defineProblem({
  id: 'rest-not-read',
  severity: 'information',
  message: () => 'The file is analysed up to here: it has more code than can be read while you type.',
  doc: 'Of a file with very much code that has to do with layers only the beginning is read, because the whole would keep the editor busy for seconds at every change. What the rest may do to the beginning is unknown there.',
});
