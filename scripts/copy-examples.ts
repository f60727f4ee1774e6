// A copy of examples/ to try things in, so that nothing is ever written into the checkout.
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './vscode-host.ts';

/** Copies examples/ into a folder and returns where they lie there. */
export function copyExamples(into: string): string {
  const examples = path.join(into, 'examples');
  cpSync(path.join(projectRoot, 'examples'), examples, { recursive: true });
  // Their imports are found where they are found in the checkout, so that VS Code's own TypeScript has no complaints.
  const modules = path.join(into, 'node_modules');
  mkdirSync(modules);
  symlinkSync(path.join(projectRoot, 'node_modules/@tensorflow'), path.join(modules, '@tensorflow'), 'junction');
  symlinkSync(projectRoot, path.join(modules, 'blockscope'), 'junction');
  return examples;
}
