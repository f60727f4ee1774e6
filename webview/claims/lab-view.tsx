// The claim lab: the list of claims, or one of them with its experiment.
import type { JSX } from 'preact';
import { claimOf } from '../../src/blocks/claims/claim-formats.ts';
import { ClaimDetails } from './claim-details.tsx';
import { ClaimList } from './claim-list.tsx';
import type { LabProps } from './lab-actions.ts';

export function LabView(props: LabProps): JSX.Element {
  const claim = props.lab.open === null ? undefined : claimOf(props.lab.open);
  return <main class="lab">{claim ? <ClaimDetails key={claim.id} claim={claim} {...props} /> : <ClaimList {...props} />}</main>;
}
