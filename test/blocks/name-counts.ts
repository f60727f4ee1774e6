// TensorFlow.js names what a program does not name by counts that it keeps for the whole process. A program by itself starts
// to count at 1, so that a test that runs many of them has to set the counts back.
import * as tf from '@tensorflow/tfjs';

const counter = 'NameCounts';

class Probe extends tf.layers.Layer {
  static readonly className: string = counter;
}

let counts: Record<string, number> | undefined;

/** The counts lie in an object that nobody hands out: a count that is inherited finds out which. */
function findCounts(): Record<string, number> {
  const found: Record<string, number>[] = [];
  Object.defineProperty(Object.prototype, counter, {
    configurable: true,
    get: () => 0,
    set(this: Record<string, number>) { found.push(this); },
  });
  try {
    new Probe({});
  } finally {
    delete (Object.prototype as unknown as Record<string, unknown>)[counter];
  }
  return found[0]!;
}

export function resetNameCounts(): void {
  counts ??= findCounts();
  for (const name of Object.keys(counts)) delete counts[name];
}
