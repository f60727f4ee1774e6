// Small programs with values that are not known: what is certain of them is what Node computes, whatever the values are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { evaluateFile } from '../../../src/blocks/evaluate/evaluate-file.ts';
import { parseTypeScript } from '../../../src/blocks/syntax/parse-typescript.ts';
import { ArrayValue } from '../../../src/blocks/evaluate/values.ts';
import { plainData, plainOfNode } from './plain-data.ts';

/** What the programs do not declare, and what each of it is tried with. */
const choices: Readonly<Record<string, readonly string[]>> = {
  flag: ['true', 'false'],
  other: ['true', 'false'],
  n: ['0', '1', '3'],
  xs: ['[]', '[5]', '[5, 6, 7]'],
  o: ['{}', '{ a: 1, b: 2 }'],
  s: ['"a"', '"zz"'],
  // A function that calls back and changes what it is given.
  f: ['() => {}', 'x => { if (typeof x === "function") { x(1); x(2); } else if (Array.isArray(x)) x.push(99); else if (x) x.units = 77; return 3; }'],
};

const programs = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/values/unknown-programs.txt'), 'utf8').split('\n---\n');

describe('values of small programs that are not all known', () => {
  let known = 0;
  let all = 0;

  for (const program of programs) {
    it(program.split('\n')[0]!.slice(0, 80), async () => {
      const results = await Promise.all(worldsOf(program).map(declarations => run(declarations, program)));
      const theirs = results.filter(result => result !== undefined);
      assert.ok(theirs.length > 0, 'the program throws, whatever the values are');
      const ours = evaluateFile(parseTypeScript('program.ts', program)).modules.get('program.ts')!.scope.own('r')?.value;
      assert.ok(ours instanceof ArrayValue && !ours.open, 'the program is not followed to its end');
      for (const [i, value] of ours.elements.entries()) {
        const data = JSON.stringify(plainData(value, ({ notes }) => ({ unknown: notes.join() })));
        all++;
        if (data.includes('"unknown"')) continue;
        known++;
        for (const result of theirs) assert.equal(data, JSON.stringify(result[i]), `value ${i}`);
      }
    });
  }

  after(() => assert.ok(known > 0 && known < all, `${known} of ${all} values are known`));
});

/** The declarations of each combination of values. */
function worldsOf(program: string): string[] {
  const used = Object.keys(choices).filter(name => new RegExp(`\\b${name}\\b`).test(program));
  return used.reduce((worlds, name) => worlds.flatMap(world => choices[name]!.map(value => `${world} var ${name} = ${value};`)), ['']);
}

/** Undefined where the program throws. */
async function run(declarations: string, program: string): Promise<unknown[] | undefined> {
  const { code } = transformSync(program, { loader: 'ts', target: 'es2022', format: 'esm' });
  try {
    return JSON.parse(await runInNewContext(`(async () => { ${declarations} ${code}; return JSON.stringify(r, plainOfNode); })()`, { plainOfNode }) as string) as unknown[];
  } catch {
    return undefined;
  }
}
