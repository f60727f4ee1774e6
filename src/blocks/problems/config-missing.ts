import { defineProblem } from './problem.ts';

export const configMissing = defineProblem<{ layer: string }>({
  id: 'config-missing',
  severity: 'error',
  message: ({ layer }) => `${layer}() needs a configuration object, even an empty one: TensorFlow.js throws without it.`,
  doc: 'Some layers read their configuration without asking whether there is one. Pass `{}`.',
});
