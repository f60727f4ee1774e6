// Functions of the file that the program calls to make layers, with the calls that lead to each.
import type { CalledFunction } from '../analysis.ts';
import type { CallFrame, Callee } from '../evaluate/call-frame.ts';
import type { Run } from '../evaluate/run.ts';
import type { FunctionNode } from '../syntax/tree.ts';

/** In the order of the source. */
export function calledFunctionsOf(run: Run, file: string): CalledFunction[] {
  const frames = new Set<CallFrame>();
  for (const { frame: made } of run.layers) {
    for (let frame: CallFrame | undefined = made; frame && !frames.has(frame); frame = frame.parent) frames.add(frame);
  }
  const calls = new Map<FunctionNode, { readonly callee: Callee; readonly frames: CallFrame[] }>();
  for (const frame of frames) {
    const { callee } = frame;
    if (!frame.called || callee?.file !== file) continue;
    const known = calls.get(callee.node);
    if (known) known.frames.push(frame);
    else calls.set(callee.node, { callee, frames: [frame] });
  }
  return [...calls.values()]
    .map(({ callee: { node, name = '' }, frames: all }) => ({
      name, at: { file, start: node.nameStart, end: node.nameEnd }, whole: { file, start: node.start, end: node.end },
      callPaths: certain(all).map(frame => frame.path()),
    }))
    .sort((a, b) => a.whole.start - b.whole.start);
}

/** What the program really does goes before what a function would do that nobody calls. */
function certain(frames: readonly CallFrame[]): readonly CallFrame[] {
  const real = frames.filter(frame => !frame.hypothetical);
  // Calls get their numbers in the order in which they begin; the innermost were found first.
  return [...(real.length > 0 ? real : frames)].sort((a, b) => a.id - b.id);
}
