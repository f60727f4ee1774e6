// Whether a claim holds on a machine: from what was predicted, and the confidence intervals of what was measured.
import type { Comparison, Measure, Quantity, Verdict } from '../protocol/claim-report.ts';
import type { Ratio } from '../protocol/messages.ts';
import { contenderNames, type Claim, type Prediction } from './claim.ts';
import { quantities, ratioText } from './quantities.ts';

/** Quantities that are counted, and the same each time. */
export const isExact = (quantity: Quantity): boolean => !quantities[quantity].varies;

/** How many times as much the one that is expected to have more has, of what is exact. */
export function exactRatio(smaller: number, larger: number): Ratio {
  const ratio = larger / smaller;
  return { median: ratio, interval: [ratio, ratio] };
}

/** A prediction holds where the whole interval lies beyond the factor, and is contradicted where it lies on the other side. */
export function judge(ratio: Ratio, factor: number): NonNullable<Comparison['outcome']> {
  const [low, high] = ratio.interval ?? [-Infinity, Infinity];
  return low > factor ? 'holds' : high < factor ? 'contradicted' : 'undecided';
}

/** `ratioOf` gives what was measured for a pair of contenders. */
export function compare({ predictions, alsoCompared = [] }: Claim, ratioOf: (pair: Pick<Prediction, 'quantity' | 'smaller' | 'larger'>) => Ratio): Comparison[] {
  return [
    ...predictions.map(({ factor = 1, ...pair }) => {
      const ratio = ratioOf(pair);
      return { ...pair, ratio, factor, outcome: judge(ratio, factor) };
    }),
    ...alsoCompared.map(pair => ({ ...pair, ratio: ratioOf(pair) })),
  ];
}

/** One prediction that is contradicted is enough against a claim; all have to hold for it. */
export function verdictOf(comparisons: readonly Comparison[]): Verdict {
  const outcomes = comparisons.flatMap(({ outcome }) => outcome ?? []);
  if (outcomes.includes('contradicted')) return 'notHere';
  return outcomes.length > 0 && outcomes.every(outcome => outcome === 'holds') ? 'reproduced' : 'undecided';
}

export const verdictNames: Readonly<Record<Verdict, string>> = {
  reproduced: 'Reproduced', notHere: 'Not on this machine', undecided: 'Undecided within the noise',
};

/** What decided it, with the figures. */
export function verdictSentence(claim: Claim, comparisons: readonly Comparison[]): string {
  const predicted = comparisons.filter(({ outcome }) => outcome !== undefined);
  const verdict = verdictOf(comparisons);
  const decisive = predicted.filter(({ outcome }) => outcome === (verdict === 'reproduced' ? 'holds' : verdict === 'notHere' ? 'contradicted' : 'undecided'));
  const held = predicted.filter(({ outcome }) => outcome === 'holds').length;
  const counted = verdict === 'reproduced' ? `Each of ${predicted.length} predictions holds beyond the noise`
    : verdict === 'notHere' ? `${decisive.length} of ${predicted.length} predictions ${decisive.length === 1 ? 'is' : 'are'} contradicted beyond the noise`
    : `${held} of ${predicted.length} predictions ${held === 1 ? 'holds' : 'hold'}, and ${decisive.length === 1 ? 'one lies' : `${decisive.length} lie`} within the noise`;
  return `${predicted.length === 1 && verdict === 'reproduced' ? 'The prediction holds beyond the noise' : counted}: ${decisive.map(comparison => measuredSentence(claim, comparison)).join('; ')}.`;
}

/** What has to hold, without figures. */
export function predictionSentence(claim: Claim, { quantity, smaller, larger, factor = 1 }: Prediction): string {
  const names = contenderNames(claim);
  const [less, more] = [names.get(smaller) ?? smaller, names.get(larger) ?? larger];
  const { name, less: verb } = quantities[quantity];
  if (factor === 1) return `${less} ${verb} ${more}`;
  return factor > 1 ? `${more} has more than ${times(factor)} the ${name} of ${less}` : `${less} has less than ${times(1 / factor)} the ${name} of ${more}`;
}

const times = (factor: number): string => (factor === 2 ? 'twice' : `${Number(factor.toPrecision(3))} times`);

/** `bottleneck: 0.21 × the time of three 3×3 (95 % confidence 0.20 – 0.22)`. */
export function measuredSentence(claim: Claim, { quantity, smaller, larger, ratio }: Comparison): string {
  const names = contenderNames(claim);
  return `${names.get(larger) ?? larger} has ${ratioText(ratio)} the ${quantities[quantity].name} of ${names.get(smaller) ?? smaller}`;
}

/** The one of these that is of a contender. */
export const measureOf = (measures: readonly Measure[], contender: string, quantity: Quantity): Measure | undefined =>
  measures.find(measure => measure.contender === contender && measure.quantity === quantity);
