// What a long saved model costs in a real VS Code: `npm run bench -- vscode`.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { runInExtensionHost } from '../scripts/run-in-extension-host.ts';

/** `folder` is inside of the project. */
export async function reportVSCode(folder: string): Promise<void> {
  // As it ships.
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path.resolve(import.meta.dirname, '../scripts/build.ts'), ], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The extension could not be built.');
  const entry = path.join(folder, 'vscode-host.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'vscode-host.ts')], outfile: entry, bundle: true, mainFields: ['module', 'main'], platform: 'node', format: 'cjs', target: 'node20',
    external: ['vscode'], logLevel: 'warning',
  });
  const { failed } = await runInExtensionHost(entry);
  if (failed > 0) throw new Error('Nothing was measured.');
}
