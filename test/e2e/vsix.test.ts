// The package as people install it, not the folder: it holds what it needs and nothing else, and works.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { BlockPane } from '../../scripts/block-pane.ts';
import { firstExample } from '../../scripts/headless-tour.ts';
import { explain, openVSCode } from '../../scripts/open-vscode.ts';
import { projectRoot } from '../../scripts/vscode-host.ts';

describe('blockscope.vsix', function () {
  this.timeout(240_000);
  const vsix = path.join(projectRoot, 'blockscope.vsix');

  it('is made by “npm run package”', () => {
    rmSync(vsix, { force: true });
    const made = spawnSync('npm', ['run', 'package'], { cwd: projectRoot, encoding: 'utf8', shell: process.platform === 'win32' });
    assert.equal(made.status, 0, made.stdout + made.stderr);
    assert.doesNotMatch(made.stdout + made.stderr, /WARNING/);
    assert.ok(existsSync(vsix));
    assert.ok(statSync(vsix).size < 3_000_000, `It is ${statSync(vsix).size} bytes large.`);
  });

  it('installs, shows a hint and runs a block', async () => {
    const vscode = await openVSCode({ file: firstExample, extension: { vsix } });
    try {
      await vscode.workbench.text(/→/).waitFor();
      await vscode.workbench.clickUntil(vscode.workbench.lens('Profile'), vscode.workbench.page.locator('iframe.webview.ready'));
      const pane = new BlockPane(vscode.workbench.webview());
      await pane.runFinished();
      assert.deepEqual((await pane.summary()).filter(line => line.startsWith('✗')), []);
    } catch (error) {
      throw await explain(error, vscode, 'vsix');
    } finally {
      await vscode.close();
    }
  });
});
