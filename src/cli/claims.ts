// What `blockscope claims` does: the page of the editor's panel runs the experiments of claims in a browser.
import { claims } from '../blocks/claims/index.generated.ts';
import type { ClaimReport, Effort } from '../blocks/protocol/claim-report.ts';
import type { BackendName } from '../blocks/protocol/messages.ts';
import { runInBrowser, type BrowserRun } from './run-in-browser.ts';

export interface ClaimsOptions {
  readonly backend?: BackendName;
  readonly effort?: Effort;
  /** Called as soon as an experiment has ended, with its result or the reason why there is none. */
  readonly onEnded: (claim: string, ended: ClaimReport | string) => void;
}

/** An id for each claim that is meant: all where none is named. A text says which is none. */
export function chooseClaims(wanted: readonly string[]): readonly string[] | string {
  const known = claims.map(({ id }) => id);
  const strange = wanted.find(id => !known.includes(id));
  if (strange !== undefined) return `there is no claim ${strange}: there are ${known.join(', ')}`;
  return wanted.length > 0 ? wanted : known;
}

/** The results of those that ran, in their order. Throws with one sentence. */
export async function runClaims(ids: readonly string[], { backend, effort, onEnded }: ClaimsOptions, run: BrowserRun): Promise<readonly ClaimReport[]> {
  const reports: ClaimReport[] = [];
  return runInBrowser<readonly ClaimReport[]>(
    { type: 'claims', data: { ids, run: true, ...(backend ? { backend } : {}), ...(effort ? { effort } : {}) } },
    ({ resolve, reject }) => ({
      claimFinished: ({ report }) => {
        reports.push(report);
        onEnded(report.claim, report);
      },
      claimFailed: ({ claim, message }) => onEnded(claim, message),
      claimsEnded: ({ stopped }) => (stopped ? reject(new Error('the experiments were stopped')) : resolve(reports)),
    }),
    run,
  );
}

/** One line for each. */
export const claimList = (): string => {
  const longest = Math.max(...claims.map(({ id }) => id.length));
  return claims.map(({ id, claim }) => `${id.padEnd(longest)}  ${claim}\n`).join('');
};
