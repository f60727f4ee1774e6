import { formatShape, type Shape } from '../shapes/shape.ts';
import { defineProblem } from './problem.ts';

interface Sizes { readonly from: Shape; readonly fromSize: number; readonly to: string; readonly toSize: number }

const sentence = ({ from, fromSize, to, toSize }: Sizes): string =>
  `reshape cannot make ${to} of ${formatShape(from)}: ${fromSize} values per example do not fit ${toSize}.`;

const doc = 'A reshape keeps the number of values. With an open batch TensorFlow.js notices only when the layer runs.';

/** The batch is known, so that TensorFlow.js notices at once. */
export const sizeChanges = defineProblem<Sizes>({ id: 'size-changes', severity: 'error', message: sentence, doc });

/** The batch is open, so that the model is built and fails when it runs. */
export const sizeChangesWhenRun = defineProblem<Sizes>({ id: 'size-changes', severity: 'warning', message: sentence, doc });
