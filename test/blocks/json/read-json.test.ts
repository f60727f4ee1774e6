// JSON that is being written: what is whole in it is read, wherever it is broken.
import assert from 'node:assert/strict';
import { readJson } from '../../../src/blocks/json/read-json.ts';
import { member, type JsonArray, type JsonNode, type JsonObject } from '../../../src/blocks/json/json-tree.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { randomEdit } from '../syntax/random-edit.ts';

/** What JSON.parse would give; undefined for values that are not written. */
function plain(node: JsonNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'value') return node.value;
  if (node.kind === 'array') return node.items.map(plain);
  return Object.fromEntries(node.members.map(({ name, value }) => [name, plain(value)]));
}

const read = (text: string): unknown => plain(readJson(text).root);

describe('reading JSON', () => {
  it('reads what JSON.parse reads', () => {
    const random = new RandomNumbers(7);
    const value = (depth: number): unknown => {
      switch (random.integer(0, depth > 4 ? 4 : 7)) {
        case 0: return random.integer(-1e6, 1e6) / 8;
        case 1: return null;
        case 2: return random.chance(0.5);
        case 3: return random.pick(['', 'a', 'a "b" \\ \n c', 'é𝄞', '//', '[,]{:}', '\u0007']);
        case 4: return random.integer(0, 9) * 10 ** random.integer(-300, 300);
        case 5: return Array.from({ length: random.integer(0, 4) }, () => value(depth + 1));
        default: return Object.fromEntries(Array.from({ length: random.integer(0, 4) }, (_, i) => [random.pick(['a', 'b', 'c"', 'd\\']) + i, value(depth + 1)]));
      }
    };
    for (let i = 0; i < 500; i++) {
      const whole = value(0);
      for (const text of [JSON.stringify(whole), JSON.stringify(whole, null, 2)]) {
        const { root, errors } = readJson(text);
        assert.deepEqual(plain(root), JSON.parse(text));
        assert.deepEqual(errors, []);
      }
    }
  });

  it('reads over comments, and commas at the end', () => {
    const { root, errors } = readJson('// a\n{ "a": [1, 2,], /* b: { */ "b": 3, } // c');
    assert.deepEqual([plain(root), errors], [{ a: [1, 2], b: 3 }, []]);
  });

  it('says where each value stands', () => {
    const text = '{"a": [1, "b"]}';
    const { root } = readJson(text);
    assert.ok(root?.kind === 'object');
    const list = root.members[0]!.value!;
    assert.equal(text.slice(list.start, list.end), '[1, "b"]');
  });

  const broken: [string, string, unknown][] = [
    ['a name without a quote at its end', '[{"a": 1, "b: 2, "c": 3}, {"d": 4}]', [{ a: 1, c: 3 }, { d: 4 }]],
    ['a name without a quote at its beginning', '[{"a": 1, b": 2, "c": 3}, {"d": 4}]', [{ a: 1, c: 3 }, { d: 4 }]],
    ['a text without a quote', '[{"a": "x, "c": 3}, {"d": 4}]', [{ a: undefined, c: 3 }, { d: 4 }]],
    ['a name without a value', '[{"a": , "c": 3}, {"d": }, {"e": 1}]', [{ a: undefined, c: 3 }, { d: undefined }, { e: 1 }]],
    ['a name alone', '[{"a", "c": 3}, {"d": 4}]', [{ a: undefined, c: 3 }, { d: 4 }]],
    ['a comma too few', '[{"a": 1 "c": 3} {"d": 4}]', [{ a: 1, c: 3 }, { d: 4 }]],
    ['a brace too few', '[{"a": {"b": 1, "c": 2}, {"d": 4}]', [{ a: { b: 1, c: 2 } }, { d: 4 }]],
    ['a brace too many', '[{"a": {"b": 1}}}, {"d": 4}]', [{ a: { b: 1 } }, { d: 4 }]],
    ['a bracket too few', '[{"a": [1, 2, "c": 3}, {"d": 4}]', [{ a: [1, 2], c: 3 }, { d: 4 }]],
    ['a bracket too few before a brace', '[{"a": [1, 2}, {"d": 4}]', [{ a: [1, 2] }, { d: 4 }]],
    ['no end', '[{"a": 1}, {"d": {"e": [1, {"f": "g', [{ a: 1 }, { d: { e: [1, { f: undefined }] } }]],
    ['words that are no values', '[{"a": nul, "b": 1x, "c": 3}]', [{ a: undefined, b: undefined, c: 3 }]],
    ['nothing', '', undefined],
  ];
  for (const [what, text, value] of broken) {
    it(`goes on behind ${what}`, () => {
      assert.deepEqual(read(text), value);
      assert.ok(text === '' || readJson(text).errors.length > 0);
    });
  }

  it('reads the same of objects that it puts off, in texts that are whole and in broken ones', () => {
    const random = new RandomNumbers(13);
    const value = (depth: number): unknown => {
      if (depth > 3 || random.chance(0.4)) return random.pick([1, 'a', 'name', 'b"', 'c\\', null, [], {}, [1, { name: 'x' }]]);
      return Object.fromEntries(Array.from({ length: random.integer(0, 4) }, () => [random.pick(['name', 'config', 'a', 'b', 'é']), value(depth + 1)]));
    };
    for (let i = 0; i < 400; i++) {
      let text = JSON.stringify([value(0), value(0), value(0)], null, random.pick([0, 2]));
      for (let edits = random.integer(0, 3); edits > 0; edits--) text = randomEdit(random, text);
      const whole = readJson(text);
      const later = readJson(text, { isPutOff: name => name === 'config' || name === 'a' });
      assert.deepEqual(plain(later.root), plain(whole.root), text);
      assert.deepEqual(later.errors, whole.errors, text);
    }
  });

  it('knows what objects that it puts off are called, and whether they say the same', () => {
    const { root } = readJson('[{"config": {"name": "a", "x": [1]}}, {"config": {"name": "b", "x": [1]}}, {"config": {"x": [1], "name": "b"}}]', { isPutOff: () => true });
    const [a, b, c] = (root as JsonArray).items.map(item => (member(item, 'config') as JsonObject).unread);
    assert.deepEqual([a?.name?.value, b?.name?.value, a?.text === b?.text, a?.text === c?.text], ['a', 'b', true, false]);
    // Alike but for a name that is none.
    for (const name of ['"a\\\\n"', '"a\n"', '"a', 'a']) {
      const text = `[{"config": {"name": "a", "x": 1}}, {"config": {"name": ${name}, "x": 1}}]`;
      assert.deepEqual(plain(readJson(text, { isPutOff: () => true }).root), plain(readJson(text).root), text);
    }
  });

  it('ends, whatever the text is, and however deep it is nested', () => {
    for (const text of ['['.repeat(200_000), '{"a":'.repeat(200_000), ']}'.repeat(100_000), '"'.repeat(99_999), '{"a" '.repeat(9_999), '[{'.repeat(99_999)]) readJson(text);
    const random = new RandomNumbers(11);
    for (let i = 0; i < 3_000; i++) readJson(Array.from({ length: random.integer(0, 60) }, () => random.pick(['{', '}', '[', ']', ',', ':', '"', '"a"', '1', 'x', ' ', '\n', '\\', '/*', '//', '*/'])).join(''));
  });
});
