// The claims as data: the list is complete, what they compare is there, and their figures are those that are published.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { blocksOf, contenderNames, type Claim } from '../../../src/blocks/claims/claim.ts';
import { expectedSeconds } from '../../../src/blocks/claims/duration.ts';
import { efforts } from '../../../src/blocks/claims/effort.ts';
import { figuresOf } from '../../../src/blocks/claims/figures.ts';
import { claims } from '../../../src/blocks/claims/index.generated.ts';
import { predictionSentence } from '../../../src/blocks/claims/verdict.ts';
import { claimIndex, claimIndexPath } from '../../../scripts/generate-claim-index.ts';

const byId = new Map(claims.map(claim => [claim.id, claim]));

describe('the list of claims', () => {
  it('is current', () => assert.equal(readFileSync(claimIndexPath, 'utf8'), claimIndex(), 'npx tsx scripts/generate-claim-index.ts'));

  it('names each by its file', () => {
    const files = [...claimIndex().matchAll(/experiments\/(.+)\.ts/g)].map(match => match[1]);
    assert.deepEqual(claims.map(({ id }) => id), files);
    assert.equal(byId.size, claims.length);
  });
});

for (const claim of claims) {
  describe(claim.id, () => {
    const names = contenderNames(claim);
    const compared = [...claim.predictions, ...claim.alsoCompared ?? []];

    it('compares what is there', () => {
      assert.ok(claim.predictions.length > 0);
      assert.equal(new Set(blocksOf(claim.experiment).map(({ id }) => id)).size, blocksOf(claim.experiment).length);
      for (const { smaller, larger } of compared) assert.ok(names.has(smaller) && names.has(larger) && smaller !== larger, `${smaller}, ${larger}`);
      for (const { figures } of claim.authors) for (const { contender } of figures) assert.ok(contender === undefined || names.has(contender), contender);
    });

    it('times only blocks in turns that it compares', () => {
      const { experiment } = claim;
      if (experiment.kind !== 'time') return;
      for (const { quantity, smaller, larger } of compared) {
        if (quantity !== 'time' && quantity !== 'timePerMac') continue;
        assert.ok(experiment.groups.some(group => [smaller, larger].every(id => group.some(contender => contender.id === id))), `${smaller}, ${larger}`);
      }
    });

    it('is made of blocks that are fully known, with the counts that are expected', () => {
      for (const contender of blocksOf(claim.experiment)) {
        const { params, macs } = figuresOf(contender);
        assert.ok(params > 0 && macs > 0);
        if (contender.expected) assert.deepEqual({ params, macs }, contender.expected, contender.id);
      }
    });

    it('says what it predicts, and how long it takes', () => {
      for (const prediction of claim.predictions) assert.match(predictionSentence(claim, prediction), /^\S.* (than|the) .*\S$/);
      const seconds = (['quick', 'normal', 'thorough'] as const).map(effort => expectedSeconds(claim, effort, 10e6));
      assert.ok(seconds[0]! > 0 && seconds[0]! <= seconds[1]! && seconds[1]! <= seconds[2]!, String(seconds));
    });
  });
}

/** How far apart the MACs of blocks are that the paper says have as many. */
const apart = (claim: Claim): number => {
  const macs = blocksOf(claim.experiment).map(contender => figuresOf(contender).macs);
  return 1 - Math.min(...macs) / Math.max(...macs);
};

describe('what is said of equal MACs', () => {
  for (const id of ['shufflenet-g1', 'shufflenet-g2', 'shufflenet-g3', 'shufflenet-g4']) {
    it(`is true of ${id}`, () => {
      const claim = byId.get(id)!;
      const within = /to within (\d+) %/.exec(claim.compared)?.[1];
      assert.ok(within !== undefined || /MACs are the same/.test(claim.compared));
      assert.ok(apart(claim) <= Number(within ?? 0) / 100, `${(100 * apart(claim)).toFixed(2)} %`);
    });
  }
});

describe('efforts', () => {
  it('give enough rounds and seeds for an interval', () => {
    for (const { rounds: [least], enoughRounds, gradientSeeds, spiralSeeds } of Object.values(efforts)) assert.ok(Math.min(least, enoughRounds, gradientSeeds, spiralSeeds) >= 7);
  });
});

describe('the reference figures of the claims', () => {
  const file = ['../../../../shared/reference/claims.json', '../../../../../shared/reference/claims.json'].map(name => path.resolve(import.meta.dirname, name)).find(existsSync);
  interface Reference {
    readonly id: string;
    readonly claim: string;
    readonly source: string;
    readonly experiment: string;
    readonly static?: Readonly<Record<string, { readonly params: number; readonly macs: number }>>;
  }

  it('are those of the project', function () {
    if (file === undefined) {
      console.log('      (skipped: shared/reference/claims.json is not there)');
      this.skip();
    }
    const references = (JSON.parse(readFileSync(file, 'utf8')) as { readonly claims: readonly Reference[] }).claims;
    assert.deepEqual([...byId.keys()].sort(), references.map(({ id }) => id).sort());
    for (const reference of references) {
      const claim = byId.get(reference.id)!;
      const blocks = blocksOf(claim.experiment);
      assert.equal(claim.claim, reference.claim.replaceAll('3x3', '3×3').replaceAll("'", '’'));
      for (const [id, counts] of Object.entries(reference.static ?? {})) assert.deepEqual(blocks.find(contender => contender.id === id)?.expected, counts);
      const numbers = new Set(`${reference.source} ${reference.experiment}`.match(/\d[\d,.]*\d|\d/g)?.map(text => Number(text.replaceAll(',', ''))));
      for (const { isRate, figures } of claim.authors) if (isRate) for (const { value } of figures) assert.ok(numbers.has(value), `${claim.id}: ${value}`);
      // What is not given by name stands in the text of the experiment, if anything does.
      if (/\d{3},\d{3}/.test(reference.experiment)) {
        for (const number of reference.experiment.match(/\d+(?:,\d{3})+/g) ?? []) {
          assert.ok(blocks.some(({ expected }) => expected && Object.values(expected).includes(Number(number.replaceAll(',', '')))), `${claim.id}: ${number}`);
        }
      }
    }
  });
});
