// Type-checks each part of the project with its own configuration: the core without DOM and Node, the webview without
// Node, and so on. A part that reaches for what it must not know does not compile.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sliceTypeScript, slicePath } from './slice-typescript.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const parts = ['src/blocks', 'src/extension', 'src/cli', 'webview', 'test', 'scripts', 'bench', 'examples'];

if (!existsSync(slicePath)) await sliceTypeScript();
const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
const check = (part: string): Promise<boolean> =>
  new Promise(resolve => {
    const child = spawn(process.execPath, [compiler, '-p', part, '--pretty'], { cwd: root, stdio: 'inherit' });
    child.once('exit', code => resolve(code === 0));
  });

const results = await Promise.all(parts.map(check));
const failed = parts.filter((_, i) => !results[i]);
if (failed.length > 0) {
  console.error(`type errors in ${failed.join(', ')}`);
  process.exitCode = 1;
}
