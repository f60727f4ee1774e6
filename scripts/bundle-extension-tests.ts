// Bundles the suites of test/extension for an extension host, one file each: it loads JavaScript only.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './vscode-host.ts';

/** The folder to name as `extensionTestsPath`; its index.cjs exports `run`. */
export const bundledTests = path.join(projectRoot, 'out/test/extension');

export async function bundleExtensionTests(): Promise<void> {
  rmSync(bundledTests, { recursive: true, force: true });
  const source = path.join(projectRoot, 'test/extension');
  const suites = readdirSync(path.join(source, 'suite')).filter(file => file.endsWith('.test.ts'));
  await build({
    absWorkingDir: projectRoot, entryPoints: [path.join(source, 'index.ts'), ...suites.map(file => path.join(source, 'suite', file))],
    outdir: bundledTests, outbase: source, outExtension: { '.js': '.cjs' }, bundle: true, mainFields: ['module', 'main'],
    platform: 'node', format: 'cjs', target: 'node20', external: ['vscode', 'mocha'], logLevel: 'warning',
  });
}
