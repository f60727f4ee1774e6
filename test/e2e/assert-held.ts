import assert from 'node:assert/strict';

/** That a run was on the backend with this name, and that none of its checks failed; `said` is what the pane says of it. */
export function assertHeld(said: readonly string[], backend: string): void {
  assert.ok(said.some(line => line.includes(backend)), said.join('\n'));
  assert.ok(said.filter(line => line.startsWith('✓')).length >= 3, said.join('\n'));
  assert.deepEqual(said.filter(line => line.startsWith('✗')), []);
}
