// Blocks in turns: how long each takes, and its parameters and MACs.
import type { Contender } from '../../../src/blocks/claims/claim.ts';
import { efforts } from '../../../src/blocks/claims/effort.ts';
import { figuresOf } from '../../../src/blocks/claims/figures.ts';
import type { Measure } from '../../../src/blocks/protocol/claim-report.ts';
import { refuseVoid, refuseVoidAfter } from '../../run/whether-void.ts';
import { sampleTogether, WHOLE_BLOCK, type Rules } from '../../run/sampling.ts';
import { rulesOn } from '../../run/stack-placement.ts';
import { median, medianInterval } from '../../run/statistics.ts';
import { ratio } from '../../run/ways.ts';
import { ContenderBlock } from './contender-block.ts';
import { sampleKey, type Bench, type Measured } from './measured.ts';

/** The blocks of a group are in memory together, those of different groups are not. */
export async function measureTime(groups: readonly (readonly Contender[])[], bench: Bench): Promise<Measured> {
  const measures: Measure[] = [];
  const samples = new Map<string, readonly number[]>();
  const notes = new Set<string>();
  for (const [i, group] of groups.entries()) {
    const within: Bench = { ...bench, onProgress: (done, text) => bench.onProgress((i + done) / groups.length, text) };
    const timed = await measureGroup(group, within);
    for (const { contender, perRound, quality, said } of timed) {
      const { params, macs } = figuresOf(contender);
      const perMac = (ms: number, of = macs): number => (ms * 1e6) / of;
      const first = { perRound: timed[0]!.perRound, macs: figuresOf(timed[0]!.contender).macs };
      samples.set(sampleKey('time', contender.id), perRound);
      samples.set(sampleKey('timePerMac', contender.id), perRound.map(ms => perMac(ms)));
      const varying = (quantity: 'time' | 'timePerMac', values: readonly number[], ofFirst: readonly number[]): Measure => {
        const interval = medianInterval(values);
        return { contender: contender.id, quantity, value: median(values), ...(interval ? { interval } : {}), samples: values.length, quality, relative: ratio(values, ofFirst) };
      };
      measures.push(
        varying('time', perRound, first.perRound),
        varying('timePerMac', perRound.map(ms => perMac(ms)), first.perRound.map(ms => perMac(ms, first.macs))),
        { contender: contender.id, quantity: 'params', value: params }, { contender: contender.id, quantity: 'macs', value: macs },
      );
      for (const note of said) notes.add(note);
    }
  }
  return { measures, samples, notes: [...notes] };
}

interface Timed {
  readonly contender: Contender;
  /** Milliseconds of one execution. */
  readonly perRound: readonly number[];
  readonly quality: NonNullable<Measure['quality']>;
  readonly said: readonly string[];
}

async function measureGroup(group: readonly Contender[], bench: Bench): Promise<Timed[]> {
  const { backend, clock, effort, onProgress } = bench;
  const blocks: ContenderBlock[] = [];
  try {
    for (const [i, contender] of group.entries()) {
      onProgress((0.4 * i) / group.length, `building and checking ${contender.name}`);
      blocks.push(await ContenderBlock.of(contender, bench));
    }
    const rules = rulesOn(backend.name, rulesOf(effort));
    const sampled = await sampleTogether(blocks.map(({ executable }) => async (times: number) => {
      await executable.run(times);
      refuseVoid(backend);
    }), rules, clock, (phase, done) => (phase === 'warmUp' ? onProgress(0.4, 'warming up') : onProgress(0.4 + 0.6 * Math.min(1, done / rules.minSamples), `round ${done}`)));
    refuseVoidAfter(backend);
    return sampled.map(({ samples, timing }, i) => ({ contender: blocks[i]!.contender, perRound: samples, quality: timing.quality, said: blocks[i]!.notes }));
  } finally {
    for (const block of blocks) block.dispose();
  }
}

function rulesOf(effort: Bench['effort']): Rules {
  const { rounds: [minSamples, maxSamples], budgetMs, enoughRounds } = efforts[effort];
  return { ...WHOLE_BLOCK, minSamples, maxSamples, budgetMs, enoughSamples: enoughRounds };
}
