// A verdict in a word and a mark, so that it is not told by colour alone.
import type { JSX } from 'preact';
import type { Comparison, Verdict } from '../../src/blocks/protocol/claim-report.ts';
import { verdictNames } from '../../src/blocks/claims/verdict.ts';

const marks: Readonly<Record<Verdict, string>> = { reproduced: '✓', notHere: '✗', undecided: '≈' };

export const VerdictLabel = ({ verdict }: { readonly verdict: Verdict }): JSX.Element =>
  <span class={`verdict ${verdict}`}><span class="mark" aria-hidden="true">{marks[verdict]}</span> {verdictNames[verdict]}</span>;

const ofOutcome: Readonly<Record<NonNullable<Comparison['outcome']>, Verdict>> = { holds: 'reproduced', contradicted: 'notHere', undecided: 'undecided' };

/** Of a single prediction. */
export const OutcomeMark = ({ outcome }: { readonly outcome: NonNullable<Comparison['outcome']> }): JSX.Element =>
  <span class={`mark verdict ${ofOutcome[outcome]}`} aria-hidden="true">{marks[ofOutcome[outcome]]}</span>;
