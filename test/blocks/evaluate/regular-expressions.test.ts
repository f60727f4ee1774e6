// Regular expressions made up at random: what is found is what JavaScript finds, in every group, and so is what the methods
// of texts make of it.
import assert from 'node:assert/strict';
import { evaluateFile } from '../../../src/blocks/evaluate/evaluate-file.ts';
import { Matcher } from '../../../src/blocks/evaluate/regexp/match.ts';
import { readPattern } from '../../../src/blocks/evaluate/regexp/pattern.ts';
import { parseTypeScript } from '../../../src/blocks/syntax/parse-typescript.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { plainData, plainOfNode } from './plain-data.ts';

const seed = process.env.BLOCKSCOPE_SEED === 'random' ? Math.trunc(Math.random() * 2 ** 31) : Number(process.env.BLOCKSCOPE_SEED ?? 20);
const runs = Number(process.env.BLOCKSCOPE_RUNS ?? 3000);

const isExpression = (source: string, flags: string): boolean => {
  try {
    return Boolean(new RegExp(source, flags));
  } catch {
    return false;
  }
};

class RandomExpressions {
  constructor(private readonly random: RandomNumbers) {}

  /** One that JavaScript reads. */
  next(flags: readonly string[]): [source: string, flags: string] {
    for (;;) {
      const made: [string, string] = [this.choice(3), this.random.pick(flags)];
      if (isExpression(...made)) return made;
    }
  }

  text(): string {
    return Array.from({ length: this.random.integer(0, 8) }, () => this.random.pick(['a', 'b', 'c', 'A', '1', '_', '-', ' ', '\n', '.', '{', ']', 'ab'])).join('');
  }

  private choice(depth: number): string {
    return Array.from({ length: this.random.chance(0.3) ? this.random.integer(2, 3) : 1 }, () => this.sequence(depth)).join('|');
  }

  private sequence(depth: number): string {
    return Array.from({ length: this.random.integer(0, 3) }, () => this.atom(depth) + (this.random.chance(0.35) ? this.quantifier() : '')).join('');
  }

  private quantifier(): string {
    return this.random.pick(['*', '+', '?', '{2}', '{1,}', '{0,2}', '{1,3}', '*?', '+?', '??', '{2,3}?']);
  }

  private atom(depth: number): string {
    const { random } = this;
    const simple = random.pick([
      'a', 'b', 'ab', '1', '_', '-', ' ', '.', '\\d', '\\w', '\\s', '\\D', '\\W', '\\n', '\\.', '\\/', '\\x61', '\\u0062', '[ab]', '[^a]', '[a-c1]',
      '[\\]x]', '[\\d_-]', '[^\\w]', '[]', '[^]', '[(|)]', '^', '$', '\\b', '\\B', '\\1', '\\2', '\\k<n>', '{', '}', ']', '{,2}',
    ]);
    if (depth === 0 || random.chance(0.6)) return simple;
    return `(${random.pick(['', '', '?:', '?<n>', '?<m>', '?=', '?!', '?<=', '?<!'])}${this.choice(depth - 1)})`;
  }
}

describe('regular expressions', () => {
  it('find what JavaScript finds', () => {
    const made = new RandomExpressions(new RandomNumbers(seed));
    let read = 0;
    for (let i = 0; i < runs; i++) {
      const [source, flags] = made.next(['', 'i', 'm', 's', 'u', 'im', 'y', 'iu']);
      const text = made.text();
      const expression = readPattern(source, flags);
      if (!expression) continue;
      read++;
      const ours = new Matcher(expression, text, () => undefined).find(0, flags.includes('y'));
      const theirs = new RegExp(source, `${flags}d`).exec(text)?.indices;
      assert.deepEqual(ours && [[ours.start, ours.end], ...ours.captures], theirs && [...theirs], `seed ${seed}, /${source}/${flags} in ${JSON.stringify(text)}`);
    }
    assert.ok(read > runs / 2);
  });

  it('do in texts what they do in JavaScript', () => {
    const random = new RandomNumbers(seed);
    const made = new RandomExpressions(random);
    const uses = [
      '[...T.matchAll(R)].map(found => [...found, found.index])', 'T.match(R)', 'T.search(R)', 'T.split(R)', 'T.split(R, 2)',
      "T.replace(R, '<$&|$1|$2$`$\\'$$>')", "T.replace(R, '$<n>')", 'T.replace(R, (...found) => found.length + found[0])', 'T.replaceAll(R, "x")',
      '[R.exec(T)?.groups?.n, R.lastIndex, R.test(T), R.lastIndex, R.source, R.flags]', "T.replace('a', '$&$1')", "T.replaceAll('a', '-')", "T.replaceAll('', '$&.')",
    ];
    let compared = 0;
    for (let i = 0; i < runs / 10; i++) {
      const [source, flags] = made.next(['g', 'gi', 'gy', '', 'm']);
      const use = random.pick(uses).replaceAll('T', () => JSON.stringify(made.text()));
      const program = `const R = new RegExp(${JSON.stringify(source)}, ${JSON.stringify(flags)}); const result = ${use};`;
      const ours = plainData(evaluateFile(parseTypeScript('program.js', program)).modules.get('program.js')!.scope.own('result')!.value);
      if (ours === undefined || JSON.stringify(ours).includes('unknown')) continue;
      compared++;
      const theirs = new Function(`${program}\nreturn result;`) as () => unknown;
      assert.deepEqual(ours, JSON.parse(JSON.stringify(theirs(), plainOfNode)), `seed ${seed}, ${program}`);
    }
    assert.ok(compared > runs / 40);
  });
});
