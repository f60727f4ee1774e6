// What a comparison says of ratios and of small figures: none is rounded to nothing, and none is more certain than its interval.
import assert from 'node:assert/strict';
import { perMac, ratioSentence, timesText } from '../../../src/blocks/features/comparison-words.ts';
import { ratioText } from '../../../src/blocks/features/run-words.ts';
import type { Ratio } from '../../../src/blocks/protocol/messages.ts';

describe('a comparison in words', () => {
  const sentences: readonly (readonly [string, Ratio, string])[] = [
    ['a block that is faster', { median: 1.8, interval: [1.7, 1.93] }, 'a is 1.8 times as fast as b (95 %: 1.7 to 1.9)'],
    ['a block that is slower', { median: 0.5, interval: [0.4, 0.625] }, 'a takes 2.0 times as long as b (95 %: 1.6 to 2.5)'],
    ['a block that is hardly faster', { median: 1.04, interval: [1.02, 1.06] }, 'a is 1.04 times as fast as b (95 %: 1.02 to 1.06)'],
    ['blocks that are nearly the same', { median: 0.996, interval: [0.98, 0.999] }, 'a and b: hardly a difference beyond the noise of this run (95 %: 0.98 to 1.00 times as fast)'],
    ['a block that may be hardly faster', { median: 1.2, interval: [1.01, 1.4] }, 'a and b: hardly a difference beyond the noise of this run (95 %: 1.01 to 1.40 times as fast)'],
    ['blocks between which there is noise', { median: 1.1, interval: [0.9, 1.3] }, 'a and b: no difference beyond the noise of this run (95 %: 0.90 to 1.30 times as fast)'],
    ['blocks of which one may take next to nothing', { median: 0.5, interval: [0.0031, 1.2] }, 'a and b: no difference beyond the noise of this run (95 %: 0.0031 to 1.2 times as fast)'],
    ['too few rounds', { median: 3 }, 'Too few rounds to tell a and b apart'],
  ];
  for (const [what, ratio, sentence] of sentences) it(`tells of ${what}`, () => assert.equal(ratioSentence(ratio, 'a', 'b', 'a and b'), sentence));

  it('writes ratios of any size', () => {
    assert.deepEqual([123.4, 9.96, 9.94, 1, 0.95, 0.0949, 0.0029, 0.00012345].map(ratioText), ['123', '10', '9.94', '1.00', '0.95', '0.095', '0.0029', '0.00012']);
    assert.deepEqual([123.4, 2.04, 0.5, 0.0029].map(ratio => timesText([ratio])[0]), ['123', '2.0', '0.50', '0.0029']);
  });

  it('writes the time of one multiply-accumulate in the unit that fits', () => {
    assert.deepEqual([0.123, 12.3, 986, 999, 1234, 123_456, 1_300_000, 45_678_901].map(perMac), ['0.12 ps', '12 ps', '990 ps', '1 ns', '1.2 ns', '120 ns', '1.3 µs', '46 µs']);
  });
});
