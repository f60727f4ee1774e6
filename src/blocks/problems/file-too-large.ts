// A file that is too large to be read, and of which no beginning can be.
import { defineProblem } from './problem.ts';

interface Sizes {
  readonly characters: number;
  readonly most: number;
  /** Set for a model file, which is one whole. */
  readonly what?: 'model';
}

export const fileTooLarge = defineProblem<Sizes>({
  id: 'file-too-large',
  severity: 'information',
  message: ({ characters, most, what }) => `The file is not analysed: it has ${characters.toLocaleString('en')} characters${what === 'model' ? '' : ', mostly in one statement'}, and at most ${most.toLocaleString('en')} are read.`,
  doc: 'Files of that size are bundles, or models with their weights in the text. Reading one would keep the editor busy for seconds at every change. Of source files with several statements the beginning is read.',
});
