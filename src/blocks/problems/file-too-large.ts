// A file that is too large to be read.
import { defineProblem } from './problem.ts';

export const fileTooLarge = defineProblem<{ readonly characters: number; readonly most: number }>({
  id: 'file-too-large',
  severity: 'information',
  message: ({ characters, most }) => `The file is not analysed: it has ${characters.toLocaleString('en')} characters, and at most ${most.toLocaleString('en')} are read, besides long data.`,
  doc: 'Files of that size are bundles or data. Reading one would keep the editor busy for seconds at every change.',
});
