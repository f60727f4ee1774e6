// The ways to run a block side by side: what each takes, and how many times as fast it is.
import type { JSX } from 'preact';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import type { OtherWay, Ratio, RunReport, WayReport } from '../../src/blocks/protocol/messages.ts';
import { times } from '../format.ts';

export const WAYS: Readonly<Record<'written' | OtherWay, readonly [string, string]>> = {
  written: ['As written', 'Layer by layer, each by itself.'],
  predict: ['As tf.layers runs it', 'predict of a LayersModel that is made of the same layers.'],
  deployed: ['As deployed', 'Batch normalization folded into the kernels, activations applied in the same pass, nothing that only matters in training.'],
};

export function RunWays({ report }: { readonly report: RunReport }): JSX.Element {
  const { whole, ways } = report;
  return (
    <table class="ways" aria-label="Ways to run the block">
      <tbody>
        <tr><Way way="written" /><td class="figures">{milliseconds(whole.medianMs, whole.quality)}</td><td /></tr>
        {ways.map(way => <WayRow key={way.way} report={way} />)}
      </tbody>
    </table>
  );
}

function WayRow({ report: { way, timing, obstacle, speedUp, overPredict, steps } }: { readonly report: WayReport }): JSX.Element {
  if (!timing) return <tr><Way way={way} /><td class="quiet" colSpan={2}>not possible: {obstacle}</td></tr>;
  return (
    <tr>
      <Way way={way} />
      <td class="figures">{milliseconds(timing.medianMs, timing.quality)}</td>
      <td>
        {speedUp && <span class="figures" title={ratioTitle(speedUp)}>{times(speedUp.median)} as written</span>}
        {overPredict && <span class="figures" title={ratioTitle(overPredict)}>, {times(overPredict.median)} predict</span>}
        {steps && <span class="quiet"> · {steps.deployed} step{steps.deployed === 1 ? '' : 's'} for {steps.written} layers</span>}
      </td>
    </tr>
  );
}

const Way = ({ way }: { readonly way: keyof typeof WAYS }): JSX.Element => <th scope="row" title={WAYS[way][1]}>{WAYS[way][0]}</th>;

const ratioTitle = ({ low, high }: Ratio): string =>
  `How many times as fast: the median over rounds in which each was run in turn${Number.isNaN(low) ? '' : `; 95 % confidence ${low.toFixed(2)} to ${high.toFixed(2)}`}`;
