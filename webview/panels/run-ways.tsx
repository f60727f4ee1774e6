// The ways to run a block side by side: what each takes, and how many times as fast it is.
import type { JSX } from 'preact';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import { times, trainingStep, ways as named } from '../../src/blocks/features/run-words.ts';
import type { OtherWay, Ratio, RunReport, TrainingReport, WayReport } from '../../src/blocks/protocol/messages.ts';

export function RunWays({ report }: { readonly report: RunReport }): JSX.Element {
  const { whole, ways, training } = report;
  return (
    <table class="ways" aria-label="Ways to run the block">
      <tbody>
        <tr><Way way="written" /><td class="figures">{milliseconds(whole.medianMs, whole.quality)}</td><td /></tr>
        {ways.map(way => <WayRow key={way.way} report={way} />)}
        {training && <TrainingRow report={training} />}
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

function TrainingRow({ report }: { readonly report: TrainingReport }): JSX.Element {
  const name = <th scope="row" title={trainingStep.doc}>{trainingStep.name}</th>;
  if ('obstacle' in report) return <tr>{name}<td class="quiet" colSpan={2}>not possible: {report.obstacle}</td></tr>;
  const { timing, overForward } = report;
  return (
    <tr>
      {name}
      <td class="figures">{milliseconds(timing.medianMs, timing.quality)}</td>
      <td><span class="figures" title={ratioTitle(overForward, 'long')}>{times(overForward.median)} the time forward</span></td>
    </tr>
  );
}

const Way = ({ way }: { readonly way: 'written' | OtherWay }): JSX.Element => <th scope="row" title={named[way].doc}>{named[way].name}</th>;

const ratioTitle = ({ interval }: Ratio, what: 'fast' | 'long' = 'fast'): string =>
  `How many times as ${what}: the median over rounds in which each was run in turn${interval ? `; 95 % confidence ${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}` : ''}`;
