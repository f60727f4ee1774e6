// What of a run is not as it should be, each as a few words.
import type { BlockReport } from '../protocol/messages.ts';
import { midSentence, ways } from './run-words.ts';

/** Empty where shapes, parameters and numbers are as they should be. */
export const failedChecks = ({ shapesAgree, paramsAgree, agreements }: BlockReport): readonly string[] => [
  ...(shapesAgree ? [] : ['the output shape is not as inferred']),
  ...(paramsAgree ? [] : ['the parameters are not as inferred']),
  ...new Set(agreements.filter(({ agrees }) => !agrees).map(agreement => `other numbers ${agreement.with === 'cpu' ? 'in plain JavaScript' : midSentence(ways[agreement.with].name)}`)),
];
