// Two processes that measure in turns: what a machine does to one it does to the other, and neither has the other's heap.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpuTimeOf } from './cpu-time.ts';

/** What a measured process is asked for: so many times, or for so many milliseconds by the clock. */
type Order = { readonly times: number } | { readonly milliseconds: number };

/**
 * In the measured process: does the work as often as it is asked to, and answers with the CPU time of each and with what
 * there is to say of the last.
 */
export function answerTurns<Work>(work: () => Work, describe: (last: Work) => object): void {
  process.on('message', (order: Order) => {
    let last: Work | undefined;
    const start = performance.now();
    const cpu: number[] = [];
    while ('times' in order ? cpu.length < order.times : performance.now() - start < order.milliseconds) cpu.push(cpuTimeOf(() => { last = work(); }));
    process.send!({ cpu, result: describe(last!) });
  });
  process.send!('ready');
}

export interface Turn<Result> {
  readonly cpu: readonly number[];
  readonly result: Result;
}

/** In the measuring process: one that measures. */
export class Measured<Result> {
  private constructor(private readonly child: ChildProcess) {}

  static async start<Result>(script: string, ...args: string[]): Promise<Measured<Result>> {
    const child = fork(script, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await once(child, 'message');
    return new Measured(child);
  }

  async turn(order: Order): Promise<Turn<Result>> {
    this.child.send(order);
    const answered = new AbortController();
    const ended = once(this.child, 'exit', { signal: answered.signal }).then(([status]) => { throw new Error(`it ended with ${String(status)}`); });
    ended.catch(() => undefined);
    const [message] = await Promise.race([once(this.child, 'message'), ended]) as [Turn<Result>];
    answered.abort();
    return message;
  }

  end(): void {
    this.child.kill();
  }
}
