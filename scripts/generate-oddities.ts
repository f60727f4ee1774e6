// Writes docs/tfjs-oddities.md from the documentation of the layers. `--check` only says whether it is current.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { layers } from '../src/blocks/layers/index.generated.ts';

export const odditiesPath = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/tfjs-oddities.md');

/** The text of the page as the layers demand it. */
export function odditiesPage(): string {
  const odd = layers.filter(({ doc }) => doc.oddities && doc.oddities.length > 0);
  return [
    '# Where TensorFlow.js is odd',
    '',
    'Blockscope follows TensorFlow.js 4.22 for code that is written with `tf.layers`, also where it differs from Keras, from its own',
    'documentation, or from what anybody would expect. Hovers say so at the layer or the attribute; this page lists it all. It is generated from',
    'the layers (`npx tsx scripts/generate-oddities.ts`), each of which is compared with TensorFlow.js on random configurations in every test run.',
    '',
    ...odd.flatMap(({ name, doc }) => [`## ${name}`, '', ...doc.oddities!.map(oddity => `* ${oddity}`), '']),
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const current = existsSync(odditiesPath) && readFileSync(odditiesPath, 'utf8') === odditiesPage();
  if (process.argv.includes('--check')) {
    console.log(current ? 'docs/tfjs-oddities.md is current' : 'docs/tfjs-oddities.md is stale: npx tsx scripts/generate-oddities.ts');
    process.exitCode = current ? 0 : 1;
  } else if (!current) {
    mkdirSync(path.dirname(odditiesPath), { recursive: true });
    writeFileSync(odditiesPath, odditiesPage());
  }
}
