// “How was it before?”: the runs of the block that are kept, closed until somebody asks.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { shortCount } from '../../src/blocks/features/figures.ts';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import { historyFormats, type HistoryFormatName } from '../../src/blocks/features/run-history-formats.ts';
import { keptWayNames, lastRunSentence, sizesLabel } from '../../src/blocks/features/run-history-words.ts';
import type { KeptRun, KeptTime, KeptWay } from '../../src/blocks/protocol/run-history.ts';
import { momentText } from '../format.ts';
import type { Actions } from '../page.tsx';
import { HistoryCharts } from './history-chart.tsx';
import { BACKEND_NAMES } from './run-result.tsx';

/** So many rows are shown until somebody asks for all. */
const ROWS = 8;

export function HistoryPane({ runs, actions }: { readonly runs: readonly KeptRun[]; readonly actions: Actions }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<KeptWay>('written');
  const [all, setAll] = useState(false);
  const ways = (Object.keys(keptWayNames) as KeptWay[]).filter(way => runs.some(({ times }) => times[way]));
  const way = ways.includes(chosen) ? chosen : 'written';
  const newest = [...runs].reverse();
  const shown = all ? newest : newest.slice(0, ROWS);
  return (
    <details class="history" open={open} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>Earlier runs{runs.length > 0 && ` (${runs.length} kept)`}</summary>
      {open && <p role="status">{lastRunSentence(runs, way)}</p>}
      {open && runs.length > 0 && (
        <>
          <div class="history-controls">
            {ways.length > 1 && (
              <select aria-label="Way whose times are shown" value={way} onChange={event => setChosen(event.currentTarget.value as KeptWay)}>
                {ways.map(name => <option key={name} value={name}>{keptWayNames[name]}</option>)}
              </select>
            )}
            {Object.entries(historyFormats).map(([format, { name }]) => (
              <button key={format} type="button" class="link" onClick={() => actions.saveHistory(format as HistoryFormatName)} title="Saves these runs to a file, with all that was measured of each way">Save {name}…</button>
            ))}
            <button type="button" class="link" onClick={() => actions.clearHistory()} title="Removes all runs of this block, after asking">Clear all…</button>
          </div>
          <HistoryCharts runs={runs} way={way} />
          <div class="history-table">
            <table aria-label="Earlier runs">
              <thead><tr><th scope="col">Ended</th><th scope="col">On</th><th scope="col" class="number">{keptWayNames[way]}</th><th scope="col" class="number" title="Parameters, measured, and multiply-accumulates of the whole batch, inferred">Params, MACs</th><th scope="col"><span class="unseen">Remove</span></th></tr></thead>
              <tbody>{shown.map((run, i) => <Row key={run.at} run={run} before={newest[i + 1]} way={way} onRemove={() => actions.forgetRun(run.at)} />)}</tbody>
            </table>
          </div>
          {newest.length > ROWS && <button type="button" class="link" onClick={() => setAll(!all)}>{all ? `Only the last ${ROWS} runs` : `All ${newest.length} runs`}</button>}
          <p class="quiet">Times are measured, in runs at different moments: what else the machine did differs, too. “Compare with…” measures blocks in turns, which tells small differences.</p>
        </>
      )}
    </details>
  );
}

interface RowProps {
  readonly run: KeptRun;
  /** The run before it, whatever it ran on. */
  readonly before: KeptRun | undefined;
  readonly way: KeptWay;
  readonly onRemove: () => void;
}

function Row({ run, before, way, onRemove }: RowProps): JSX.Element {
  const { at, backend, renderer, software, times, params, macs } = run;
  return (
    <tr>
      <th scope="row" title={new Date(at).toLocaleString()}>{momentText(at)}{before && before.graph !== run.graph && <span class="interval">block changed</span>}</th>
      <td title={renderer}>{BACKEND_NAMES[backend]}{software && ' (software)'}<span class="interval">{sizesLabel(run)}</span></td>
      <TimeCell time={times[way]} />
      <td class="number figures">
        <span title={`${params.toLocaleString('en-US')} parameters, measured`}>{shortCount(params)}</span>
        <span class="interval" title={macs === undefined ? 'Not all of its multiply-accumulates are known' : `${macs.toLocaleString('en-US')} multiply-accumulates of the whole batch, inferred`}>{macs === undefined ? '?' : shortCount(macs)}</span>
      </td>
      <td><button type="button" class="link drop" aria-label={`Remove the run of ${momentText(at)}`} title="Remove this run" onClick={onRemove}>×</button></td>
    </tr>
  );
}

function TimeCell({ time }: { readonly time: KeptTime | undefined }): JSX.Element {
  if (!time) return <td class="number quiet" title="This way was not measured in this run, or is not possible">not measured</td>;
  const { medianMs, intervalMs, samples, quality } = time;
  return (
    <td class="number figures" title={`Median of ${samples} samples, ${quality}, with its 95 % confidence interval`}>
      {milliseconds(medianMs, quality)}<span class="interval">{intervalMs ? `${milliseconds(intervalMs[0])} – ${milliseconds(intervalMs[1])}` : 'too few samples'}</span>
    </td>
  );
}
