// What came of the experiment of a claim: the verdict, what decided it, the figures, and how they were measured.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { contenderNames, type Claim } from '../../src/blocks/claims/claim.ts';
import { howMeasured, outcomeNames, quantitiesOf } from '../../src/blocks/claims/claim-words.ts';
import { quantities } from '../../src/blocks/claims/quantities.ts';
import { measuredSentence, measureOf } from '../../src/blocks/claims/verdict.ts';
import type { ClaimReport, Measure } from '../../src/blocks/protocol/claim-report.ts';
import { Chart } from '../charts/chart.tsx';
import { chartsOf } from './claim-charts.ts';
import { SpiralPictures } from './spiral-pictures.tsx';
import { OutcomeMark, VerdictLabel } from './verdict-label.tsx';

export function ClaimResult({ claim, report }: { readonly claim: Claim; readonly report: ClaimReport }): JSX.Element {
  const charts = useMemo(() => chartsOf(claim, report), [claim, report]);
  return (
    <section class="claim-result" aria-label="Result">
      <p class="claim-verdict" role="status">
        <VerdictLabel verdict={report.verdict} />
        {report.software && <span class="badge" title="A CPU emulates the GPU here: the times say nothing about a GPU.">SOFTWARE</span>}
      </p>
      {report.fallbackReason !== undefined && <p class="notice warning" role="status">{report.fallbackReason}</p>}
      <ul class="outcomes">
        {report.comparisons.map((comparison, i) => (
          <li key={i}>
            {comparison.outcome ? <OutcomeMark outcome={comparison.outcome} /> : <span class="mark" aria-hidden="true">·</span>}
            <span>{measuredSentence(claim, comparison)}<span class="quiet">{comparison.outcome ? `: the prediction${factorText(comparison.factor)} ${outcomeNames[comparison.outcome]}` : ': nothing was predicted'}</span></span>
          </li>
        ))}
      </ul>
      {report.spirals && <SpiralPictures spirals={report.spirals} />}
      {charts.map(({ caption, spec }) => <Chart key={caption} caption={caption} spec={spec} />)}
      <Figures claim={claim} report={report} />
      <p class="quiet">{howMeasured(claim, report)}</p>
      {report.leakedTensors !== 0 && <p class="notice error">{report.leakedTensors} tensors were not freed, which is an error of Blockscope’s.</p>}
      {report.notes.map(note => <p key={note} class="quiet">{note}</p>)}
    </section>
  );
}

const factorText = (factor = 1): string => (factor === 1 ? '' : ` of more than ${factor} ×`);

function Figures({ claim, report }: { readonly claim: Claim; readonly report: ClaimReport }): JSX.Element {
  // What is counted stands with the blocks.
  const shown = quantitiesOf(report).filter(quantity => quantity !== 'params' && quantity !== 'macs');
  return (
    <table class="claim-table" aria-label="Figures">
      <thead><tr><td />{shown.map(quantity => <th key={quantity} scope="col" class="number">{quantities[quantity].unit}</th>)}</tr></thead>
      <tbody>
        {[...contenderNames(claim)].map(([id, name]) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {shown.map(quantity => {
              const measure = measureOf(report.measures, id, quantity);
              return <td key={quantity} class="number figures" title={measure && titleOf(measure)}>{measure ? quantities[quantity].text(measure) : ''}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function titleOf({ quantity, interval, samples, quality }: Measure): string {
  if (samples === undefined) return quantity === 'measuredMemory' ? 'Counted by TensorFlow.js during one run' : 'Follows from the graph';
  const { text } = quantities[quantity];
  const range = interval ? `, 95 % confidence ${text({ value: interval[0] })} – ${text({ value: interval[1] })}` : '';
  return `Median of ${samples}${range}${quality && quality !== 'good' ? `; ${quality}` : ''}`;
}
