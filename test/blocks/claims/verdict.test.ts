// The verdict on a claim, from samples that are made up.
import assert from 'node:assert/strict';
import type { Claim } from '../../../src/blocks/claims/claim.ts';
import { claims } from '../../../src/blocks/claims/index.generated.ts';
import { compare, exactRatio, isExact, judge, measuredSentence, predictionSentence, verdictOf, verdictSentence } from '../../../src/blocks/claims/verdict.ts';
import { SeededNumbers } from '../../../webview/run/seeded-values.ts';
import { ratio } from '../../../webview/run/ways.ts';

const claim: Claim = claims.find(({ id }) => id === 'shufflenet-g4')!;

/** Times around a middle, evenly spread. */
function samples(middle: number, spread: number, seed: number, count = 15): number[] {
  const numbers = new SeededNumbers(seed);
  return Array.from({ length: count }, () => middle * (1 + spread * (numbers.next() - 0.5)));
}

const comparisonsOf = (times: Readonly<Record<string, readonly number[]>>) => compare(claim, ({ smaller, larger }) => ratio(times[larger]!, times[smaller]!));

describe('the verdict on a claim', () => {
  const fast = samples(10, 0.05, 1);
  const cases = [
    ['reproduced', { neither: fast, both: samples(13, 0.05, 2), 'no-shortcut': samples(12, 0.05, 3), 'no-relu': samples(11.5, 0.05, 4) }, /^Each of 3 predictions holds beyond the noise: ReLU and shortcut has 1\.\d+ × \(95 % confidence 1\.\d+ – 1\.\d+\) the time of neither; /],
    ['notHere', { neither: fast, both: samples(13, 0.05, 2), 'no-shortcut': samples(8, 0.05, 3), 'no-relu': samples(11.5, 0.05, 4) }, /^1 of 3 predictions is contradicted beyond the noise: no shortcut has 0\.\d+ × .* the time of neither\.$/],
    ['notHere', { neither: fast, both: samples(8, 0.05, 2), 'no-shortcut': samples(8, 0.05, 3), 'no-relu': samples(10.1, 2, 4) }, /^2 of 3 predictions are contradicted/],
    ['undecided', { neither: fast, both: samples(13, 0.05, 2), 'no-shortcut': samples(12, 0.05, 3), 'no-relu': samples(10, 1, 5) }, /^2 of 3 predictions hold, and one lies within the noise: no ReLU has /],
    ['undecided', { neither: fast, both: samples(13, 0.05, 2, 5), 'no-shortcut': samples(12, 0.05, 3, 5), 'no-relu': samples(11.5, 0.05, 4, 5) }, /^0 of 3 predictions hold, and 3 lie within the noise: .*too few samples for an interval/],
  ] as const;
  for (const [i, [verdict, times, sentence]] of cases.entries()) {
    it(`is ${verdict} (case ${i + 1})`, () => {
      const comparisons = comparisonsOf(times);
      assert.equal(verdictOf(comparisons), verdict);
      assert.match(verdictSentence(claim, comparisons), sentence);
    });
  }

  it('takes the factor of a prediction, above and below 1', () => {
    assert.deepEqual([1.5, 2.5, 0.5].map(middle => judge({ median: middle, interval: [middle - 0.1, middle + 0.1] }, 2)), ['contradicted', 'holds', 'contradicted']);
    assert.equal(judge({ median: 2, interval: [1.9, 2.1] }, 2), 'undecided');
    assert.equal(judge({ median: 0.5, interval: [0.4, 0.6] }, 0.1), 'holds');
    assert.equal(judge({ median: 5 }, 2), 'undecided');
  });

  it('has no noise in what is exact, where equal is not less', () => {
    assert.ok(isExact('params') && isExact('measuredMemory') && !isExact('time') && !isExact('error'));
    assert.deepEqual([exactRatio(10, 20), exactRatio(10, 5), exactRatio(10, 10)].map(exact => judge(exact, 1)), ['holds', 'contradicted', 'undecided']);
  });

  it('does not depend on what is compared without a prediction', () => {
    const twice: Claim = { ...claim, predictions: claim.predictions.slice(0, 1), alsoCompared: [{ quantity: 'time', smaller: 'both', larger: 'neither' }] };
    const comparisons = compare(twice, ({ larger }) => (larger === 'both' ? { median: 2, interval: [1.9, 2.1] } : { median: 0.5, interval: [0.4, 0.6] }));
    assert.deepEqual(comparisons.map(({ outcome }) => outcome), ['holds', undefined]);
    assert.equal(verdictOf(comparisons), 'reproduced');
    assert.equal(verdictSentence(twice, comparisons), 'The prediction holds beyond the noise: ReLU and shortcut has 2 × (95 % confidence 1.9 – 2.1) the time of neither.');
    assert.equal(verdictOf([]), 'undecided');
  });

  it('is put into words with the names of the blocks', () => {
    const [first] = claim.predictions;
    assert.equal(predictionSentence(claim, first!), 'neither takes less time than ReLU and shortcut');
    assert.equal(predictionSentence(claim, { ...first!, factor: 2 }), 'ReLU and shortcut has more than twice the time of neither');
    assert.equal(predictionSentence(claim, { ...first!, factor: 0.1 }), 'neither has less than 10 times the time of ReLU and shortcut');
    assert.equal(measuredSentence(claim, { ...first!, quantity: 'macs', ratio: exactRatio(4, 8) }), 'ReLU and shortcut has 2 × the MACs of neither');
  });
});
