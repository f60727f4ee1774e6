// Writes docs/counting.md: its text is that of counting-page.md, its figures are computed. `--check` only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AttributeValue } from '../src/blocks/layers/attribute.ts';
import type { LayerDefinition } from '../src/blocks/layers/define-layer.ts';
import type { ElementOperation } from '../src/blocks/layers/element-operations.ts';
import { layers, layersOfBlocks } from '../src/blocks/layers/index.generated.ts';
import { elementOperationsOf } from '../src/blocks/layers/infer-element-operations.ts';
import { isUnknown } from '../src/blocks/shapes/dim.ts';
import { countingFigures } from './counting-figures.ts';

const folder = path.dirname(fileURLToPath(import.meta.url));
export const countingPath = path.resolve(folder, '../docs/counting.md');
export const countingTextPath = path.resolve(folder, 'counting-page.md');

/** How a figure is written: in full, in billions or millions with so many decimals, or as wide as a column of a sum. */
const formats: Readonly<Record<string, (figure: number) => string>> = {
  '': inFull,
  G1: figure => (figure / 1e9).toFixed(1), G2: figure => (figure / 1e9).toFixed(2), G3: figure => (figure / 1e9).toFixed(3),
  M1: figure => (figure / 1e6).toFixed(1),
  pad: figure => inFull(figure).padStart(10), pad8: figure => inFull(figure).padStart(8),
};

function inFull(figure: number): string {
  return figure.toLocaleString('en-US');
}

/** The page as layers and networks demand it. */
export function countingPage(): string {
  const figures = countingFigures();
  return readFileSync(countingTextPath, 'utf8').replace(/\{\{(?:(\w+) )?([\w.]+)\}\}/g, (_, format: string | undefined, name: string) => {
    if (name === 'layers') return layerTable();
    const [figure, write] = [figures.get(name), formats[format ?? '']];
    if (figure === undefined || !write) throw new Error(`the page has no figure ${name}, or no way to write it`);
    return write(figure);
  });
}

/** Layers that count alike share a row; those that compute nothing besides their MACs share the last ones. */
function layerTable(): string {
  const rows = new Map<string, { readonly names: string[]; readonly formula: string; readonly inFvcore: boolean; readonly none: boolean }>();
  for (const definition of [...layers, ...layersOfBlocks]) {
    const { formula, count } = definition.elementOperations;
    const inFvcore = isInFvcore(definition);
    const key = `${formula} ${inFvcore}`;
    const row = rows.get(key) ?? { names: [], formula, inFvcore, none: count === undefined };
    if (!row.names.includes(`\`${definition.name}\``)) row.names.push(`\`${definition.name}\``);
    rows.set(key, row);
  }
  const lines = [...rows.values()].sort((a, b) => Number(a.none) - Number(b.none))
    .map(({ names, formula, inFvcore }) => `| ${names.join(', ')} | ${formula} | ${inFvcore ? 'fvcore' : ''} |`);
  return ['| layers | operations besides MACs | |', '|---|---|---|', ...lines].join('\n');
}

/** Whether fvcore counts some of what a layer does in one of its own examples. */
const isInFvcore = (definition: LayerDefinition): boolean => definition.examples.some(({ config, inputs, output }) => {
  const attributes = Object.fromEntries(Object.entries(config).map(([name, value]) => [name, { value: value as AttributeValue }]));
  const found = elementOperationsOf(definition, attributes, inputs, output);
  return !isUnknown(found) && (found as readonly ElementOperation[]).some(({ fvcore }) => fvcore);
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const current = existsSync(countingPath) && readFileSync(countingPath, 'utf8') === countingPage();
  if (process.argv.includes('--check')) {
    console.log(current ? 'docs/counting.md is current' : 'docs/counting.md is stale: npx tsx scripts/generate-counting.ts');
    process.exitCode = current ? 0 : 1;
  } else if (!current) {
    writeFileSync(countingPath, countingPage());
  }
}
