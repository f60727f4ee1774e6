// A script is loaded with what V8 compiled of it in an earlier session, and as if nothing had been kept where that does not fit.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadScript } from '../../src/extension/code-cache.ts';

describe('compiled code that is kept', () => {
  let folder: string;
  let [script, cache]: [string, string] = ['', ''];
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-code-'));
    [script, cache] = [path.join(folder, 'script.cjs'), path.join(folder, 'cache/inner')];
    write('the first');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (answer: string): void => writeFileSync(script, `const { sep } = require('node:path');\nmodule.exports = { answer: () => '${answer}', sep, place: [__filename, __dirname], fail() { throw new Error('of the script'); } };`);
  const load = (): { readonly fromCache: boolean; readonly answer: string } => {
    const { exports, fromCache } = loadScript(script, cache);
    return { fromCache, answer: (exports as { answer(): string }).answer() };
  };
  const files = (): string[] => readdirSync(cache);

  it('is used by the next session', async () => {
    const first = loadScript(script, cache);
    assert.equal(first.fromCache, false);
    await first.keep();
    assert.deepEqual(load(), { fromCache: true, answer: 'the first' });
    assert.equal(files().length, 1);
  });

  it('belongs to one text of the script, and goes with it', async () => {
    await loadScript(script, cache).keep();
    const before = files();
    write('another one, of the same length or not');
    const second = loadScript(script, cache);
    assert.equal(second.fromCache, false);
    assert.deepEqual(load(), { fromCache: false, answer: 'another one, of the same length or not' });
    await second.keep();
    assert.equal(load().fromCache, true);
    assert.equal(files().length, 1);
    assert.notDeepEqual(files(), before);
  });

  it('may be damaged: then the script is compiled, and kept anew', async () => {
    await loadScript(script, cache).keep();
    const file = path.join(cache, files()[0]!);
    const whole = readFileSync(file);
    const oneByte = Buffer.from(whole);
    oneByte[whole.length >> 1]! ^= 1;
    for (const damage of [() => truncateSync(file, 100), () => truncateSync(file, 0), () => writeFileSync(file, 'no code'), () => writeFileSync(file, oneByte)]) {
      damage();
      const damaged = loadScript(script, cache);
      assert.equal(damaged.fromCache, false);
      await damaged.keep();
      assert.deepEqual(load(), { fromCache: true, answer: 'the first' });
    }
  });

  it('says that it cannot be kept, once the script is loaded', async () => {
    writeFileSync(path.join(folder, 'cache'), 'a file where the folder should be');
    const loaded = loadScript(script, cache);
    assert.equal((loaded.exports as { answer(): string }).answer(), 'the first');
    await assert.rejects(loaded.keep());
  });

  it('changes nothing for the script: what it requires, where it is, and where it fails', async () => {
    await loadScript(script, cache).keep();
    const { exports, fromCache } = loadScript(script, cache);
    const { sep, place, fail } = exports as { sep: string; place: string[]; fail(): void };
    assert.equal(fromCache, true);
    assert.deepEqual([sep, place], [path.sep, [script, folder]]);
    assert.throws(fail, (error: Error) => error.stack!.includes(`${script}:2:`));
  });
});
