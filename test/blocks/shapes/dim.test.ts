// Symbolic dims: whatever is calculated with names and then bound is what is calculated with the numbers.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addDims, bindDim, ceilDivideDims, divideExactly, floorDivideDims, formatDim, isSymbolic, isUnknown, multiplyDims, namesInDim, sameDim,
  spellDim, subtractDims, symbol, unknown, type Dim,
} from '../../../src/blocks/shapes/dim.ts';
import { seed } from '../layers/random-seed.ts';

/** A calculation over H, W and C, as steps that each work on the result so far. */
type Step = { readonly operation: 'add' | 'subtract' | 'multiply' | 'floor' | 'ceil'; readonly by: number | 'H' | 'W' | 'C' };

const step = fc.record({
  operation: fc.constantFrom<Step['operation'][]>('add', 'subtract', 'multiply', 'floor', 'ceil'),
  by: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom('H' as const, 'W' as const, 'C' as const)),
});

function calculate(steps: readonly Step[], valueOf: (name: 'H' | 'W' | 'C') => Dim): Dim {
  return steps.reduce<Dim>((result, { operation, by }) => {
    const other = typeof by === 'number' ? by : valueOf(by);
    switch (operation) {
      case 'add': return addDims(result, other);
      case 'subtract': return subtractDims(result, other);
      case 'multiply': return multiplyDims(result, other);
      // Only divisions by numbers have a form.
      case 'floor': return floorDivideDims(result, typeof by === 'number' ? by : 2);
      case 'ceil': return ceilDivideDims(result, typeof by === 'number' ? by : 3);
    }
  }, valueOf('H'));
}

describe(`dims (BLOCKSCOPE_SEED=${seed})`, () => {
  const numbers = fc.record({ H: fc.integer({ min: 1, max: 300 }), W: fc.integer({ min: 1, max: 300 }), C: fc.integer({ min: 1, max: 64 }) });

  it('bound after the calculation are the calculation with numbers', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 7 }), numbers, (steps, bound) => {
      assert.equal(bindDim(calculate(steps, symbol), bound), calculate(steps, name => bound[name]));
    }), { seed, numRuns: 5000 });
  });

  it('with equal keys are equal, and in any order', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 5 }), fc.array(step, { maxLength: 5 }), (one, other) => {
      const a = calculate(one, symbol);
      const b = calculate(other, symbol);
      assert.ok(sameDim(addDims(a, b), addDims(b, a)));
      assert.ok(sameDim(multiplyDims(a, b), multiplyDims(b, a)));
      assert.ok(sameDim(subtractDims(addDims(a, b), b), a));
    }), { seed, numRuns: 500 });
  });

  it('divide exactly or not at all', () => {
    const [h, w] = [symbol('H'), symbol('W')];
    assert.ok(sameDim(divideExactly(multiplyDims(multiplyDims(h, w), 64), multiplyDims(w, 16))!, multiplyDims(h, 4)));
    assert.equal(divideExactly(multiplyDims(h, 3), 2), undefined);
    assert.equal(divideExactly(h, w), undefined);
    assert.equal(divideExactly(addDims(h, 1), h), undefined);
    assert.equal(divideExactly(12, 5), undefined);
    assert.equal(divideExactly(12, 0), undefined);
  });

  it('keep an unknown before an open dim, and say of which names they are made', () => {
    const why = unknown('no idea');
    assert.equal(addDims(null, 3), null);
    assert.equal(multiplyDims(why, null), why);
    assert.ok(isUnknown(floorDivideDims(symbol('H'), symbol('W'))));
    assert.ok(isUnknown(floorDivideDims(3, 0)));
    assert.deepEqual(namesInDim(addDims(floorDivideDims(symbol('H'), 2), symbol('W'))).sort(), ['H', 'W']);
    assert.ok(sameDim(bindDim(addDims(symbol('H'), symbol('W')), { H: 3 }), addDims(symbol('W'), 3)));
  });

  it('end where nobody would read them any more', () => {
    const sumOf = (count: number): Dim => Array.from({ length: count }, (_, i) => symbol(`x${i}`)).reduce<Dim>(addDims, 0);
    assert.ok(isSymbolic(sumOf(40)));
    assert.ok(isUnknown(sumOf(2_000)));
    assert.ok(isUnknown(multiplyDims(sumOf(40), sumOf(40))));
    let nested: Dim = symbol('x');
    for (let i = 0; i < 40; i++) nested = addDims(floorDivideDims(nested, 2), floorDivideDims(nested, 3));
    assert.ok(isUnknown(nested));
  });

  it('read as people write them', () => {
    const [h, c] = [symbol('H'), symbol('C')];
    assert.equal(formatDim(ceilDivideDims(h, 2)), 'H/2');
    assert.equal(spellDim(ceilDivideDims(h, 2)), '⌈H/2⌉');
    assert.equal(spellDim(floorDivideDims(addDims(h, 1), 4)), '⌊(H+1)/4⌋');
    assert.equal(formatDim(addDims(multiplyDims(c, 2), 1)), '2·C+1');
    assert.equal(formatDim(multiplyDims(c, c)), 'C²');
    assert.equal(formatDim(subtractDims(h, 2)), 'H-2');
    assert.equal(formatDim(null), '?');
    assert.equal(spellDim(null), 'null');
    assert.equal(formatDim(unknown('')), '?');
  });
});
