// What a function gives that `block(…)` has given a name: a block of that name, whatever the function itself returns.
import type { CallFrame } from '../call-frame.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, UnknownValue, type FunctionValue, type NativeCall, type Value } from '../values.ts';
import { BlockValue, copyOf, withoutNothing } from './block-value.ts';

/** To be asked for in the frame of the call. */
export function namedBlock(run: Run, target: FunctionValue, call: NativeCall, built: Value, outer: CallFrame, called: boolean): BlockValue {
  const name = target.block!;
  const layers = plain(built);
  const block = new BlockValue({
    name, at: call.at, call: call.call, frame: outer, part: run.part, assumed: run.assumptions(), builtBy: { function: target, frame: run.frame, called },
  });
  block.with('block', name).with('parameters', copyOf(run, call.args[0], call.call))
    .with('layers', layers instanceof ArrayValue ? withoutNothing(layers) : layers instanceof UnknownValue && !layers.oneOf ? layers : new ArrayValue([built]));
  if (run.mutedDepth === 0) run.part.blocks.push(block);
  return block;
}
