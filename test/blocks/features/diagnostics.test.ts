import assert from 'node:assert/strict';
import { diagnostics } from '../../../src/blocks/features/diagnostics.ts';
import type { Problem } from '../../../src/blocks/problems/problem.ts';
import { analysis, place } from './hand-made.ts';

const problem = (start: number, fields: Partial<Problem> = {}): Problem =>
  ({ id: 'shape-mismatch', severity: 'error', message: '[28] and [14] do not add', at: place(start), related: [], ...fields });

describe('diagnostics', () => {
  it('say the same thing at the same place once, in the order of the source', () => {
    const problems = [problem(9), problem(5), problem(9), problem(9, { message: 'something else' })];
    assert.deepEqual(diagnostics(analysis({ problems })).map(({ at, message }) => [at.start, message]), [
      [5, '[28] and [14] do not add'], [9, '[28] and [14] do not add'], [9, 'something else'],
    ]);
  });

  it('keep still while the text does not parse', () =>
    assert.deepEqual(diagnostics(analysis({ problems: [problem(5)], parses: false })), []));

  it('show a problem of an imported file at the line of this one that takes part in it', () => {
    const elsewhere = place(3, 4, 'file:///other.ts');
    const [shown, ...rest] = diagnostics(analysis({ problems: [
      problem(0, { at: elsewhere, related: [{ message: 'called here', at: place(70) }] }), problem(0, { at: elsewhere }),
    ] }));
    assert.deepEqual(shown!.at, place(70));
    assert.deepEqual(shown!.related, [{ message: '[28] and [14] do not add', at: elsewhere }]);
    assert.deepEqual(rest, []);
  });
});
