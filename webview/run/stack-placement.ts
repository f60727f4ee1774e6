// Where the stack lies when WebAssembly is entered. V8 does not align it to the 16 bytes of a vector, and a kernel that puts vectors on a stack that lies between takes up
// to twice as long (measured: a convolution 3×3 of 128 channels, 25 or 50 ms). How the calls before it are compiled decides where it lies: one way to run a block, or one of
// two blocks, would be called slow for that alone.
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import type { Execute, Rules } from './sampling.ts';

/** An argument more is a place more on the stack, whatever it is. They are given as a list, so that no compiler puts what is called in the place of the call. */
type Given = readonly [times: number, another?: undefined];

/** Halves of a sample that differ by less are noise. */
const leastEffect = 1.1;

/** How samples are taken on a backend. */
export const rulesOn = (backend: BackendName, rules: Rules): Rules => (backend === 'wasm' ? { ...rules, onBothStacks: true } : rules);

/**
 * Milliseconds of one run: half of the runs, of which there are two at least, are called with the stack 8 bytes lower, and where one half is clearly faster, that is taken.
 * One of the two is aligned.
 */
export async function timedOnBothStacks(execute: Execute, times: number, now: () => number): Promise<number> {
  const [first, second] = [Math.ceil(times / 2), Math.floor(times / 2)];
  const [one, other] = [await timed(execute, [first], now), await timed(execute, [second, undefined], now)];
  const [fast, slow] = one < other ? [one, other] : [other, one];
  return slow > leastEffect * fast ? fast : (one * first + other * second) / times;
}

/** Milliseconds of one run. */
export const timedOnce = (execute: Execute, times: number, now: () => number): Promise<number> => timed(execute, [times], now);

async function timed(execute: Execute, given: Given, now: () => number): Promise<number> {
  const start = now();
  await Reflect.apply(execute, undefined, given);
  return (now() - start) / given[0];
}

/** On each of the two stacks in turn: `which` counts. */
export const onEitherStack = (which: number, execute: Execute, times: number): void | Promise<void> => Reflect.apply(execute, undefined, which % 2 === 0 ? [times] : [times, undefined]);
