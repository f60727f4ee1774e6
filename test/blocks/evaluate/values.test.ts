// Small programs of JavaScript and TypeScript: what is computed of them is what Node computes, or it is not known.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { evaluateFile } from '../../../src/blocks/evaluate/evaluate-file.ts';
import { ArrayValue } from '../../../src/blocks/evaluate/values.ts';
import { parseTypeScript } from '../../../src/blocks/syntax/parse-typescript.ts';
import { plainData, plainOfNode } from './plain-data.ts';

const programs = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/values/programs.txt'), 'utf8').split('\n---\n');

/** What is known, with the rest from Node. */
function withoutUnknowns(ours: unknown, theirs: unknown): unknown {
  if (typeof ours !== 'object' || ours === null) return ours;
  if ('unknown' in ours) return theirs;
  if (typeof theirs !== 'object' || theirs === null) return ours;
  if (Array.isArray(ours)) return ours.map((value, i) => withoutUnknowns(value, (theirs as unknown[])[i]));
  return Object.fromEntries(Object.entries(ours).map(([key, value]) => [key, withoutUnknowns(value, (theirs as Record<string, unknown>)[key])]));
}

describe('values of small programs', () => {
  let known = 0;
  let all = 0;

  for (const program of programs) {
    it(program.split('\n').find(line => !line.startsWith('//'))!.slice(0, 80), async () => {
      const { code } = transformSync(program, { loader: 'ts', target: 'es2022', format: 'esm', supported: { decorators: false } });
      // In JSON, because what comes from another realm has other prototypes.
      const theirs = JSON.parse(await runInNewContext(`(async () => { ${code}; return JSON.stringify(r, plainOfNode); })()`, { plainOfNode, structuredClone }) as string) as unknown[];
      const ours = evaluateFile(parseTypeScript('program.ts', program)).modules.get('program.ts')!.scope.own('r')?.value;
      assert.ok(ours instanceof ArrayValue, 'the program is not followed to its end');
      for (const [i, value] of ours.elements.entries()) {
        const data = plainData(value);
        all++;
        if (!JSON.stringify(data).includes('"unknown"')) known++;
        assert.deepEqual(withoutUnknowns(data, theirs[i]), theirs[i], `value ${i}`);
      }
    });
  }

  after(() => assert.ok(known > all * 0.7, `only ${known} of ${all} values are known`));
});
