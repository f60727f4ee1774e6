// What the editor says of a run that ended: a line in the status bar and one in the log.
import * as vscode from 'vscode';
import { comparisonSentences } from '../blocks/features/comparison-words.ts';
import { failedChecks } from '../blocks/features/failed-checks.ts';
import { milliseconds } from '../blocks/features/milliseconds.ts';
import { agreementSentence, layerIn } from '../blocks/features/run-words.ts';
import type { ComparisonReport } from '../blocks/protocol/comparison.ts';
import { verdictNames } from '../blocks/claims/verdict.ts';
import type { ClaimReport } from '../blocks/protocol/claim-report.ts';
import type { BlockPayload, RunReport } from '../blocks/protocol/messages.ts';
import type { Log } from './log.ts';

const STATUS_MS = 30_000;

export function tellRunFinished(block: BlockPayload, report: RunReport, log: Log): void {
  const { name } = block;
  const { whole } = report;
  const shapes = report.measuredShapes.map(shape => shape.join('×')).join(', ');
  const time = `${milliseconds(whole.medianMs, whole.quality)} median of ${whole.samples}`;
  const where = report.backend + (report.software ? ' (software)' : '');
  const disagreement = !report.shapesAgree || !report.paramsAgree ? ', not as inferred' : report.agreements.some(({ agrees }) => !agrees) ? ', with numbers that do not agree' : '';
  vscode.window.setStatusBarMessage(`$(${disagreement ? 'warning' : 'check'}) ${name}: ${shapes}${disagreement} · ${time} on ${where}`, STATUS_MS);
  log.info(`${name} ran: output ${shapes}${disagreement}, ${time}, first run ${milliseconds(report.firstRunMs)}, ${where}: ${report.renderer}`);
  if (report.fallbackReason) log.info(`not on WebGL: ${report.fallbackReason}`);
  for (const agreement of report.agreements) if (!agreement.agrees) log.channel.warn(`${name}: ${agreementSentence(agreement, node => layerIn(block, node))}`);
  for (const { what, inferred, measured } of report.mismatches) log.channel.warn(`${name}: ${what} inferred ${inferred}, measured ${measured}`);
}

export function tellCompared(report: ComparisonReport, log: Log): void {
  const sentences = comparisonSentences(report, null);
  const wrong = report.blocks.flatMap(({ name, report: own }) => (own ? failedChecks(own).map(failure => `${name}: ${failure}`) : []));
  vscode.window.setStatusBarMessage(`$(${wrong.length > 0 ? 'warning' : 'check'}) ${sentences[0] ?? 'The comparison ended.'}`, STATUS_MS);
  for (const sentence of sentences) log.info(sentence);
  for (const failure of wrong) log.channel.warn(failure);
}

export function tellClaimFinished({ claim, verdict, sentence, backend, software, renderer }: ClaimReport, log: Log): void {
  log.info(`${claim}: ${verdictNames[verdict]}. ${sentence} Measured on ${backend}${software ? ' (software)' : ''}: ${renderer}`);
}

export function tellRunFailed(name: string, message: string, log: Log): void {
  vscode.window.setStatusBarMessage(`$(error) ${name} did not run: ${message}`, STATUS_MS);
  log.channel.warn(`${name} did not run: ${message}`);
}
