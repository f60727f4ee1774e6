// The schema of block files in the language service that VS Code itself uses: what it refuses and where, what it completes and says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getLanguageService, TextDocument, type JSONSchema } from 'vscode-json-languageservice';
import { analyze } from '../../../src/blocks/analyze.ts';
import { blockJson } from '../../../src/blocks/export/block-json.ts';
import { diagnostics } from '../../../src/blocks/features/diagnostics.ts';
import { beyondSchema } from '../../../src/blocks/features/said-by-schema.ts';
import { layersOfBlocks, layers } from '../../../src/blocks/layers/index.generated.ts';
import { networks } from '../../../src/blocks/library/networks/networks.ts';
import { blockSchemaText, schemaPath } from '../../../scripts/generate-block-schema.ts';
import { randomBlock } from '../export/random-block.ts';
import { seed } from '../layers/random-seed.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { blockFileOf } from './random-block-file.ts';

const service = getLanguageService({});
const schemaText = readFileSync(schemaPath, 'utf8');
service.configure({ validate: true, schemas: [{ uri: 'blocks', fileMatch: ['*.block.json'], schema: JSON.parse(schemaText) as JSONSchema }] });

function opened(text: string) {
  const document = TextDocument.create('file:///test.block.json', 'json', 1, text);
  return { document, json: service.parseJSONDocument(document) };
}

/** Texts that are underlined, with what is said of each. */
async function refused(text: string): Promise<string[]> {
  const { document, json } = opened(text);
  const found = await service.doValidation(document, json);
  return found.map(({ range, message }) => `${document.getText(range)}: ${message}`);
}

const labels = async (text: string): Promise<string[]> => {
  const at = text.indexOf('|');
  const { document, json } = opened(text.replace('|', ''));
  return ((await service.doComplete(document, document.positionAt(at), json))?.items ?? []).map(({ label }) => label);
};

const saidAt = async (text: string): Promise<string> => {
  const { document, json } = opened(text.replace('|', ''));
  return JSON.stringify((await service.doHover(document, document.positionAt(text.indexOf('|')), json))?.contents ?? '');
};

const within = (item: string): string => `{ "layers": [${item}] }`;

describe('the schema of block files', () => {
  it('is what the layers demand', () => assert.equal(schemaText, blockSchemaText(), 'run npx tsx scripts/generate-block-schema.ts'));

  it('has every layer with every attribute', () => {
    const { definitions } = JSON.parse(schemaText) as { definitions: Record<string, { properties: object }> };
    const names = new Set(layersOfBlocks.map(({ name }) => name));
    for (const { name, attributes } of [...layers.filter(layer => !names.has(layer.name)), ...layersOfBlocks]) {
      if (name === 'input' || name === 'inputLayer') continue;
      const known = Object.keys(definitions[`layer ${name}`]!.properties);
      for (const attribute of Object.keys(attributes)) assert.ok(known.includes(attribute), `${name}.${attribute}`);
    }
  });

  it('takes all examples, exported networks and random block files', async () => {
    const folder = path.resolve(import.meta.dirname, '../../../examples/block-json');
    for (const name of readdirSync(folder)) assert.deepEqual(await refused(readFileSync(path.join(folder, name), 'utf8')), [], name);
    for (const name of ['ResNet18', 'MobileNet_V3_Small', 'ShuffleNet_V2_X0_5', 'ConvNeXt_Tiny'] as const) assert.deepEqual(await refused(blockJson(networks[name]())), [], name);
    for (let run = 0; run < 30; run++) {
      const random = new RandomNumbers(seed + run);
      const { block, options } = randomBlock(random);
      const text = blockFileOf(block, options, random);
      assert.deepEqual(await refused(text), [], `run ${run}, BLOCKSCOPE_SEED=${seed}\n${text}`);
    }
  });

  const wrong: readonly (readonly [text: string, at: string])[] = [
    [within('{ "conv3x": { "filters": 8 } }'), '"conv3x"'],
    [within('{ "conv2d": { "filter": 8, "filters": 8, "kernelSize": 1 } }'), '"filter"'],
    [within('{ "conv2d": { "filters": "many", "kernelSize": 1 } }'), '"many"'],
    [within('{ "conv2d": { "filters": true, "kernelSize": 1 } }'), 'true'],
    [within('{ "conv2d": { "filters": 8, "kernelSize": [3, "x"] } }'), '"x"'],
    [within('{ "conv2d": { "filters": 8.5, "kernelSize": 1 } }'), '8.5'],
    [within('{ "conv2d": { "filters": 8, "kernelSize": 1, "padding": "sam" } }'), '"sam"'],
    [within('{ "activation": { "activation": "rulu" } }'), '"rulu"'],
    [within('{ "branches": [], "merge": "ad" }'), '"ad"'],
    [within('{ "use": "mbConf" }'), '"mbConf"'],
    [within('{ "use": "classifier", "with": { "class": 10 } }'), '"class"'],
    [within('{ "use": "classifier", "with": { "classes": "ten" } }'), '"ten"'],
    ['{ "layer": [] }', '"layer"'],
  ];
  for (const [text, at] of wrong) {
    it(`underlines ${at} alone`, async () => {
      const found = await refused(text);
      assert.equal(found.length, 1, found.join('\n'));
      assert.ok(found[0]!.startsWith(`${at}: `), found[0]);
    });
  }

  it('completes layers, attributes and values', async () => {
    const items = await labels(within('{ "|" }'));
    for (const name of ['conv2d', 'channelShuffle', 'residual', 'repeat', 'use', 'when']) assert.ok(items.includes(name), name);
    const attributes = await labels(within('{ "conv2d": { "|" } }'));
    for (const name of ['filters', 'kernelSize', 'groups', 'padding']) assert.ok(attributes.includes(name), name);
    const values = await labels(within('{ "activation": { "activation": | } }'));
    assert.ok(values.includes('"hardSwish"'), values.join());
    assert.ok((await labels(within('{ "use": | }'))).includes('"mbConv"'));
    const given = await labels(within('{ "use": "mbConv", "with": { "|" } }'));
    for (const name of ['inFeatures', 'outFeatures', 'expansion', 'useBias']) assert.ok(given.includes(name), name);
    assert.ok(!given.includes('classes'));
    assert.ok((await labels(within('{ "use": "convNormAct", "with": { "norm": | } }'))).includes('"layer"'));
  });

  it('says what layers and attributes are', async () => {
    assert.match(await saidAt(within('{ "conv|2d": { "filters": 8, "kernelSize": 1 } }')), /Slides filters over an image/);
    assert.match(await saidAt(within('{ "conv2d": { "filters": 8, "kernel|Size": 1 } }')), /integer or \[height, width\]/);
    assert.match(await saidAt(within('{ "conv2d": { "filters": 8, "kernelSize": 1, "stri|des": 1 } }')), /by default/);
    assert.match(await saidAt(within('{ "use": "classifier", "with": { "class|es": 10 } }')), /1000 by default, as ImageNet has them/);
  });
});

describe('the schema and Blockscope together', () => {
  const layer = (item: string): string => `{ "input": [1, 8, 8, 4], "layers": [${item}] }`;
  const file = (fields: string): string => `{ ${fields}, "input": [1, 8, 8, 4], "layers": [{ "flatten": {} }] }`;
  /** Each has one mistake. */
  const mistakes = [
    ...['{ "conv3x": { "filters": 8 } }', '{ "conv2d": { "filters": 8, "kernelSize": 1, "stride": 2 } }', '{ "conv2d": { "filters": "many", "kernelSize": 1 } }', '{ "conv2d": { "filters": true, "kernelSize": 1 } }',
      '{ "conv2d": { "filters": 8, "kernelSize": [3, "x"] } }', '{ "conv2d": { "filters": 8.5, "kernelSize": 1 } }', '{ "conv2d": { "filters": 8, "kernelSize": 1, "padding": "sam" } }',
      '{ "activation": { "activation": "rulu" } }', '{ "conv2d": { "filters": 8 } }', '{ "conv2d": 3 }', '{ "flatten": null }', '{ "dense": { "units": null } }', '{ "dense": { "units": { "a": 3 } } }',
      '{ "branches": [], "merge": "ad" }', '{ "branches": [[], []] }', '{ "branches": [[], []], "merge": "add", "split": 3 }', '{ "use": "mbConf" }', '{ "use": 3 }', '{ "use": "./x.ts" }', '{ "use": "./x.block.json" }',
      '{ "use": "mbConv", "with": 3 }', '{ "use": "classifier", "with": { "class": 10 } }', '{ "use": "classifier", "with": { "classes": "ten" } }', '{ "use": "squeezeExcite" }',
      '{ "use": "squeezeExcite", "with": { "features": 4 } }', '{ "residual": 3 }', '{ "residual": [], "shortcut": 3 }', '{ "shortcut": [] }', '3', '{}', '{ "when": true }', '{ "flatten": {}, "when": "yes" }', '{ "flatten": {}, "as": "i" }',
      '{ "repeat": 2 }', '{ "repeat": -1, "layers": [] }', '{ "repeat": 2.5, "layers": [] }', '{ "repeat": "i", "layers": [] }', '{ "repeat": 1, "as": 3, "layers": [] }', '{ "block": "x" }'].map(layer),
    ...['"presets": { "a": 3 }', '"presets": 3', '"parameters": 3', '"parameters": { "a": { "defualt": 3 } }', '"block": 3', '"doc": 3', '"inputs": 3'].map(file),
    '{ "layer": [] }', '{ "input": [1, "x", 4], "layers": [{ "flatten": {} }] }', '{ "input": { "shap": [1, 3] }, "layers": [{ "flatten": {} }] }', '{ "input": 3, "layers": [{ "flatten": {} }] }',
  ];
  for (const text of mistakes) {
    it(`underline ${text} once`, async () => {
      const { document, json } = opened(text);
      const bySchema = (await service.doValidation(document, json)).map(({ range }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end) }));
      const problems = diagnostics(analyze('/test.block.json', text));
      const beyond = beyondSchema(problems, text, bySchema);
      assert.equal(bySchema.length + beyond.length, 1, JSON.stringify([bySchema.map(({ start, end }) => text.slice(start, end)), beyond]));
    });
  }

  it('leave what a schema cannot see, though it stands at the same place', () => {
    const text = layer('{ "conv2d": { "filters": 8, "kernelSize": 9, "padding": "valid" } }');
    const problems = diagnostics(analyze('/test.block.json', text));
    assert.equal(problems.length, 1);
    assert.deepEqual(beyondSchema(problems, text, [{ start: 0, end: text.length }, problems[0]!.at]), problems);
  });

  it('leave what is inside of an object that has a mistake of its own', () => {
    const text = layer('{ "branches": [[{ "conv2D": {} }], []] }');
    const start = text.indexOf('{ "branches"');
    const left = beyondSchema(diagnostics(analyze('/test.block.json', text)), text, [{ start, end: text.lastIndexOf(']') }]);
    assert.deepEqual(left.map(({ id }) => id), ['unknown-layer']);
  });
});
