// Programs that freeze and write at random are run by Node, sloppy and strict: what is computed of them is one of the
// values that Node gets, or it is not known.
import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { evaluateFile } from '../../../src/blocks/evaluate/evaluate-file.ts';
import { ArrayValue } from '../../../src/blocks/evaluate/values.ts';
import { parseTypeScript } from '../../../src/blocks/syntax/parse-typescript.ts';
import { seed } from '../layers/random-seed.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { plainData, plainOfNode } from './plain-data.ts';
import { randomWrites } from './random-writes.ts';

const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 500);

/** A file that may be loaded either way has to be right for both. */
const kinds = [
  { file: 'program.js', strict: [false, true], directive: '' },
  { file: 'program.cjs', strict: [false], directive: '' },
  { file: 'program.js', strict: [true], directive: "'use strict';\n" },
];

describe(`random writes to objects that may be frozen (BLOCKSCOPE_SEED=${seed}, BLOCKSCOPE_RUNS=${runs})`, function () {
  this.timeout(600_000);

  for (const { file, strict, directive } of kinds) {
    it(`${directive ? 'strict ' : ''}${file}`, () => {
      let known = 0;
      let all = 0;
      for (let i = 0; i < runs; i++) {
        const { source, seen, chances } = randomWrites(new RandomNumbers(seed + i));
        const looking = `${source}\nconst r = [${seen.join(', ')}];`;
        const ours = evaluateFile(parseTypeScript(file, directive + looking)).modules.get(file)!.scope.own('r')?.value;
        const computed = ours instanceof ArrayValue ? ours.elements.map(element => plainData(element)) : [];
        const random = new RandomNumbers(seed - i);
        for (let repetition = 0; repetition < 4; repetition++) {
          const given = Array.from({ length: chances }, () => random.chance(0.5));
          for (const isStrict of strict) {
            const real = valuesOf(looking, given, isStrict);
            // Where the program throws nothing is seen of it.
            if (!real) continue;
            for (const [index, value] of computed.entries()) {
              all++;
              if (covers(value, real[index])) known += JSON.stringify(value).includes('"unknown"') ? 0 : 1;
              else assert.fail(`BLOCKSCOPE_SEED=${seed + i} BLOCKSCOPE_RUNS=1 ${isStrict ? 'strict' : 'sloppy'} ${JSON.stringify(given)}\n${source}\n${seen[index]} is ${JSON.stringify(real[index])}, computed was ${JSON.stringify(value)}`);
            }
          }
        }
      }
      assert.ok(known > all / 4, `only ${known} of ${all} values are known`);
    });
  }
});

function valuesOf(source: string, chances: readonly boolean[], isStrict: boolean): unknown[] | undefined {
  try {
    return JSON.parse(runInNewContext(`${isStrict ? "'use strict';" : ''} (() => { ${source}; return JSON.stringify(r, plain); })()`, { chances, plain: plainOfNode }) as string) as unknown[];
  } catch {
    return undefined;
  }
}

/** Whether what was computed is the value, as far as it is known. */
function covers(computed: unknown, real: unknown): boolean {
  if (typeof computed !== 'object' || computed === null) return Object.is(computed, real);
  if ('unknown' in computed) return true;
  if (typeof real !== 'object' || real === null) return false;
  const [ours, theirs] = [Object.entries(computed), Object.entries(real)];
  return Array.isArray(computed) === Array.isArray(real) && ours.length === theirs.length && ours.every(([key, value]) => key in real && covers(value, (real as Record<string, unknown>)[key]));
}
