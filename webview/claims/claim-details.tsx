// A claim with its experiment: what is compared, what has to come out, what the authors measured, and what comes out here.
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { blocksOf, type AuthorsFigures, type Claim } from '../../src/blocks/claims/claim.ts';
import { expectedSeconds } from '../../src/blocks/claims/duration.ts';
import { figuresOf } from '../../src/blocks/claims/figures.ts';
import { predictionSentence } from '../../src/blocks/claims/verdict.ts';
import { exactCount } from '../../src/blocks/features/figures.ts';
import { Chart } from '../charts/chart.tsx';
import { isEmulated } from '../panels/backend-names.ts';
import { macsPerMs } from '../run/estimate.ts';
import { authorsChart } from './claim-charts.ts';
import { ClaimResult } from './claim-result.tsx';
import { LabControls } from './lab-controls.tsx';
import type { LabProps } from './lab-actions.ts';

export function ClaimDetails({ claim, ...props }: LabProps & { readonly claim: Claim }): JSX.Element {
  const { lab, backend, gpus, actions } = props;
  const report = lab.reports[claim.id];
  const failure = lab.failures[claim.id];
  const heading = useRef<HTMLHeadingElement>(null);
  // Before anything is painted, so that a key that is pressed at once is not lost.
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <article class="claim-details" onKeyDown={event => { if (event.key === 'Escape') actions.open(null); }}>
      <nav><button type="button" class="link" onClick={() => actions.open(null)}>‹ All claims</button></nav>
      <h1 ref={heading} tabIndex={-1}>{claim.claim}</h1>
      <p class="quiet">{claim.sources.map(({ name, url }, i) => <span key={name}>{i > 0 ? '; ' : ''}{url === undefined ? name : <a href={url}>{name}</a>}</span>)}</p>
      <LabControls {...props} claims={[claim.id]} run={report ? 'Run again' : 'Run'} expected={expectedSeconds(claim, lab.effort, macsPerMs(backend, isEmulated(backend, gpus)))} />
      {failure !== undefined && <p class="notice error" role="alert">{failure}</p>}
      {report && <ClaimResult claim={claim} report={report} />}
      <h2>What is compared</h2>
      <p>{claim.compared}</p>
      <Contenders claim={claim} showBlock={contender => actions.showBlock(claim.id, contender)} />
      <h2>Predicted</h2>
      <ul class="bulleted">{claim.predictions.map((prediction, i) => <li key={i}>{predictionSentence(claim, prediction)}</li>)}</ul>
      {claim.authors.map(authors => <Authors key={authors.caption} authors={authors} />)}
    </article>
  );
}

function Contenders({ claim, showBlock }: { readonly claim: Claim; readonly showBlock: (contender: string) => void }): JSX.Element | null {
  const blocks = blocksOf(claim.experiment);
  if (blocks.length === 0) return null;
  return (
    <table class="claim-table">
      <thead><tr><th scope="col">Block</th><th scope="col">Input</th><th scope="col" class="number">Parameters (trained)</th><th scope="col" class="number">MACs</th></tr></thead>
      <tbody>
        {blocks.map(contender => {
          const { params, macs } = figuresOf(contender);
          return (
            <tr key={contender.id}>
              <th scope="row"><button type="button" class="link" aria-label={`Show block ${contender.name}`} title="Show block" onClick={() => showBlock(contender.id)}>{contender.name}</button></th><td class="figures">{contender.input.slice(1).join('×')}</td>
              <td class="number figures">{exactCount(params)}</td><td class="number figures">{exactCount(macs)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Authors({ authors }: { readonly authors: AuthorsFigures }): JSX.Element {
  const spec = useMemo(() => authorsChart(authors), [authors]);
  return (
    <>
      <h2>What the authors measured</h2>
      <Chart caption={`${authors.caption} (${authors.hardware}; ${authors.source})`} spec={spec} />
    </>
  );
}
