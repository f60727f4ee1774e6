// The command of the README's first screen, with and without a person in front of it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { firstExample } from '../../scripts/headless-tour.ts';
import { shotsFolder } from '../../scripts/open-vscode.ts';
import { projectRoot } from '../../scripts/vscode-host.ts';

const start = ['--import', 'tsx', 'scripts/start.ts'];

describe('npm start', function () {
  this.timeout(300_000);

  it('-- --headless prints hints and times, and writes screenshots', () => {
    const tour = spawnSync(process.execPath, [...start, '--headless'], { cwd: projectRoot, encoding: 'utf8' });
    const output = tour.stdout + tour.stderr;
    assert.equal(tour.status, 0, output);
    assert.match(output, /^ *\d+ {2}.*layers\.\w+\(.* {2}→ \d.*$/m, 'no line with a layer and its hint');
    assert.match(output, /^Line +Layer +.*Time +Limit$/m, 'no table');
    assert.match(output, /^\d+ +conv2d +.*\d (?:µs|ms|s) /m, 'no time of a conv2d');
    const shots = /^Screenshots: (.+)$/m.exec(output)?.[1]!.split(', ') ?? [];
    assert.ok(shots.length >= 4, output);
    for (const shot of shots) assert.ok(existsSync(path.join(projectRoot, shot)), `${shot} was not written to ${shotsFolder}.`);
  });

  it('-- --headless says in one line what it cannot do', () => {
    const tour = spawnSync(process.execPath, [...start, '--headless', 'no-such-example.ts'], { cwd: projectRoot, encoding: 'utf8' });
    assert.equal(tour.status, 1);
    assert.equal(tour.stderr.trim(), 'There is no examples/no-such-example.ts.');
  });

  it('-- --browser serves VS Code at the address that it prints, until Ctrl-C', async () => {
    const server = spawn(process.execPath, [...start, '--browser'], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const ended = new Promise<number | null>(resolve => server.once('close', resolve));
    const address = await new Promise<URL>((resolve, reject) => {
      server.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        // The sentence after it tells that the address is complete.
        const found = /^ {2}(http:\S+)$[^]*Ctrl-C/m.exec(output)?.[1];
        if (found !== undefined) resolve(new URL(found));
      });
      server.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
      void ended.then(() => reject(new Error(output)));
    });
    try {
      assert.equal(address.hostname, '127.0.0.1');
      assert.equal(path.basename(address.searchParams.get('folder')!), 'examples');
      assert.ok(existsSync(path.join(address.searchParams.get('folder')!, firstExample)));
      // The token in the address is exchanged for a cookie, and the page is loaded again with it.
      const welcome = await fetch(address, { redirect: 'manual' });
      assert.equal(welcome.status, 302);
      const page = await fetch(new URL(welcome.headers.get('location')!, address), { headers: { cookie: welcome.headers.get('set-cookie')!.split(';')[0]! } });
      assert.equal(page.status, 200);
      assert.match(await page.text(), /workbench/);
      assert.equal((await fetch(address.origin)).status, 403, 'Whoever does not know the token must not get in.');
    } finally {
      server.kill('SIGINT');
    }
    assert.equal(await ended, 0, output);
    assert.equal(existsSync(address.searchParams.get('folder')!), false, 'The copy of the examples is still there.');
    await assert.rejects(fetch(address), 'The server is still there.');
  });
});
