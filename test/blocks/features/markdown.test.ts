import assert from 'node:assert/strict';
import { code, escapeMarkdown, link } from '../../../src/blocks/features/markdown.ts';

describe('markdown', () => {
  it('shows the text of the source as it is', () => {
    assert.equal(escapeMarkdown('a*b_[x](command:y)'), 'a\\*b\\_\\[x\\]\\(command\\:y\\)');
    assert.equal(escapeMarkdown('one\n# two'), 'one \\# two');
    assert.equal(escapeMarkdown('<img src=x>'), '\\<img src\\=x\\>');
  });

  it('holds any text in a code span', () => {
    assert.equal(code('3·3·64'), '`3·3·64`');
    assert.equal(code('a ` b'), '``a ` b``');
    assert.equal(code('`a`'), '`` `a` ``');
    assert.equal(code('a | b'), '`a | b`');
    assert.equal(code(''), '');
  });

  it('lets no text end a link', () => {
    assert.equal(link('a](x)', 'command:go?%5B%5D'), '[a\\]\\(x\\)](command:go?%5B%5D)');
    assert.equal(link('line 3', undefined), 'line 3');
    assert.equal(link('doc', 'https://js.tensorflow.org/a(b) c'), '[doc](https://js.tensorflow.org/a%28b%29%20c)');
  });
});
