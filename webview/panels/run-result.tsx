// The result of a run: the time first, then how it was measured and on what, then whether it agrees with what was
// inferred, loudly where it does not.
import type { JSX } from 'preact';
import { shortCount } from '../../src/blocks/features/figures.ts';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import type { Roofline } from '../../src/blocks/features/roofline.ts';
import { isBusy, noiseSentences } from '../../src/blocks/features/roofline-words.ts';
import { agreementSentence, dimsText, gradientAgreementSentence, gradientsHold, gradientsSentence, layerIn, numbersLabel, sampleSentence } from '../../src/blocks/features/run-words.ts';
import { changesText } from '../../src/blocks/features/size-words.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { changedSizes } from '../../src/blocks/graph/fixed-sizes.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import type { BlockPayload, Mismatch, RunReport, TrainingMeasured } from '../../src/blocks/protocol/messages.ts';
import { percent } from '../format.ts';
import type { Actions } from '../page.tsx';
import { RooflinePane } from './roofline-pane.tsx';
import { RunWays } from './run-ways.tsx';

interface RunResultProps {
  readonly report: RunReport;
  readonly block: BlockPayload;
  readonly outOfDate: string | undefined;
  /** The graph with the sizes of the form put in. */
  readonly bound: BlockGraph;
  readonly rooflines: ReadonlyMap<number, Roofline | string>;
  readonly selected: number | null;
  readonly actions: Actions;
}

export function RunResult({ report, block, outOfDate, bound, rooflines, selected, actions }: RunResultProps): JSX.Element {
  const { whole } = report;
  const dims = dimsText(report.chosenDims);
  const changes = outOfDate === undefined ? changedSizes(block.graph, report.chosenDims) : [];
  const rate = outOfDate === undefined ? rateOf(bound, whole.medianMs) : undefined;
  return (
    <div class={outOfDate === undefined ? 'result' : 'result out-of-date'} aria-label="Result">
      {outOfDate !== undefined && <p class="notice warning" role="status">This is an earlier result. {outOfDate}</p>}
      {report.fallbackReason !== undefined && (
        <p class="notice warning" role="status">{report.fallbackReason} It ran on {BACKEND_NAMES[report.backend]} instead.</p>
      )}
      {report.mismatches.length > 0 && outOfDate === undefined && <Mismatches report={report} block={block} />}
      <div class="result-main">
        <span class="result-time figures" title="Median of the samples">{milliseconds(whole.medianMs, whole.quality)}</span>
        <dl class="facts">
          <Fact name="spread" title="25th to 75th percentile, 95th percentile and minimum of the samples">
            {milliseconds(whole.p25Ms, whole.quality)} – {milliseconds(whole.p75Ms, whole.quality)}, p95 {milliseconds(whole.p95Ms, whole.quality)}, min {milliseconds(whole.minMs, whole.quality)}
          </Fact>
          <Fact name="samples" title={`${report.warmUpRuns} warm-up runs before; ${sampleSentence(report)}`}>
            {whole.samples} × {whole.runsPerSample} run{whole.runsPerSample === 1 ? '' : 's'}{whole.quality === 'good' ? '' : `, ${whole.quality}`}
          </Fact>
          <Fact name="first run" title="Compiling shaders and uploading weights included; not part of the median">{milliseconds(report.firstRunMs)}</Fact>
          {rate !== undefined && <Fact name="rate" title="Multiply-accumulates per second at the median time">{rate}</Fact>}
          <Fact name="on" title={report.renderer}>
            {BACKEND_NAMES[report.backend]}
            {report.software && <span class="badge" title="A CPU emulates the GPU here: the times say nothing about a GPU.">SOFTWARE</span>}
          </Fact>
        </dl>
      </div>
      <RunWays report={report} />
      {outOfDate === undefined && <RooflinePane report={report} block={block} bound={bound} rooflines={rooflines} selected={selected} actions={actions} />}
      {report.noise && isBusy(report.noise) && <p class="notice warning">{noiseSentences(report.noise).join(' ')}</p>}
      <ul class="checks">
        <Check ok={report.shapesAgree}>output {report.measuredShapes.map(numbersLabel).join(', ')} {report.shapesAgree ? 'measured as inferred' : 'measured, not as inferred'}</Check>
        <Check ok={report.paramsAgree}>{report.measuredParams.toLocaleString('en-US')} parameters{block.counting.parameters === 'pytorch' ? ' with running statistics' : ''} {report.paramsAgree ? 'measured as inferred' : 'measured, not as inferred'}</Check>
        {report.agreements.map((agreement, i) => <Check key={i} ok={agreement.agrees}>{agreementSentence(agreement, node => layerIn(block, node))}</Check>)}
        {report.training && !('obstacle' in report.training) && <GradientChecks training={report.training} block={block} />}
        {report.leakedTensors !== 0 && <Check ok={false}>{report.leakedTensors} tensors were not freed, which is an error of Blockscope’s</Check>}
        <li class="quiet">{report.renderer}</li>
        {dims !== '' && <li class="quiet">with {dims}{changes.length > 0 && `, which is not as in the source: ${changesText(changes, report.chosenDims)}`}</li>}
        <li class="quiet">{layersSentence(report)}</li>
        {report.noise && !isBusy(report.noise) && noiseSentences(report.noise).map(sentence => <li key={sentence} class="quiet">{sentence}</li>)}
        {report.notes.map(note => <li key={note} class="quiet">{note}</li>)}
      </ul>
    </div>
  );
}

export const BACKEND_NAMES = { webgl: 'WebGL', webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript (CPU)' } as const;

function Fact(props: { readonly name: string; readonly title: string; readonly children: (JSX.Element | string | number | false)[] | string }): JSX.Element {
  return <div class="fact" title={props.title}><dt>{props.name}</dt><dd class="figures">{props.children}</dd></div>;
}

function Check({ ok, children }: { readonly ok: boolean; readonly children: string | (string | number)[] }): JSX.Element {
  return <li class={ok ? 'check ok' : 'check bad'}><span class="mark" aria-hidden="true">{ok ? '✓' : '✗'}</span> {children}</li>;
}

function GradientChecks({ training, block }: { readonly training: TrainingMeasured; readonly block: BlockPayload }): JSX.Element {
  const nameOf = (node: number): string => layerIn(block, node);
  return (
    <>
      <Check ok={gradientsHold(training)}>{gradientsSentence(training, nameOf)}</Check>
      {training.agreement && <Check ok={training.agreement.agrees}>{gradientAgreementSentence(training.agreement, nameOf)}</Check>}
    </>
  );
}

function Mismatches({ report, block }: { readonly report: RunReport; readonly block: BlockPayload }): JSX.Element {
  return (
    <div class="notice error" role="alert">
      <strong>TensorFlow.js disagrees with Blockscope. This is an error of Blockscope’s; please report it.</strong>
      <ul>{report.mismatches.map(mismatch => <li key={mismatchText(mismatch, block)}>{mismatchText(mismatch, block)}</li>)}</ul>
    </div>
  );
}

function mismatchText({ node, what, inferred, measured }: Mismatch, block: BlockPayload): string {
  const where = node === undefined ? 'the block' : layerIn(block, node);
  return `${what === 'shape' ? 'output shape' : 'parameters'} of ${where}: inferred ${inferred}, measured ${measured}`;
}

function layersSentence(report: RunReport): string {
  const sum = report.layers.reduce((total, layer) => total + layer.timing.medianMs, 0);
  if (!report.layersComplete) return `Stopped after ${report.layers.length} layers; the other layers have no time.`;
  if (report.layers.length === 0 || report.whole.medianMs === 0) return 'No layer was measured.';
  return `Layers are measured one at a time; their sum is ${percent(sum / report.whole.medianMs)} of the whole.`;
}

function rateOf(graph: BlockGraph, ms: number): string | undefined {
  const { macs } = totalsOf(graph.nodes);
  const output = graph.nodes[graph.inputs[0] ?? 0]?.output;
  const batch = Array.isArray(output) && typeof output[0] === 'number' ? output[0] : 1;
  return typeof macs === 'number' && macs > 0 && ms > 0 ? `${shortCount((macs * batch * 1000) / ms)} MACs/s` : undefined;
}
