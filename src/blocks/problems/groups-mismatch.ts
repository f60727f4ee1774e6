import { defineProblem } from './problem.ts';

export const groupsMismatch = defineProblem<{ layer: string; groups: number; what: string; channels: number }>({
  id: 'groups-mismatch',
  severity: 'error',
  message: ({ layer, groups, what, channels }) => `${layer} cannot divide its ${channels} ${what} into ${groups} groups of the same size.`,
  doc: 'Each group has as many channels as every other: the number of groups has to divide the channels that go in, and those that come out.',
});
