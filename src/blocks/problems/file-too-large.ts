// A file that is too large to be read, and of which no beginning can be.
import { defineProblem } from './problem.ts';

export const fileTooLarge = defineProblem<{ readonly characters: number; readonly most: number }>({
  id: 'file-too-large',
  severity: 'information',
  message: ({ characters, most }) => `The file is not analysed: it has ${characters.toLocaleString('en')} characters, mostly in one statement, and at most ${most.toLocaleString('en')} are read.`,
  doc: 'Files of that size are bundles. Reading one would keep the editor busy for seconds at every change. Of files with several statements the beginning is read.',
});
