// Two processes that measure in turns: what a machine does to one it does to the other, and neither has the other's heap.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpuTimeOf } from './cpu-time.ts';

/** In the measured process: does the work as often as it is asked to, and answers with the CPU time of each. */
export function answerTurns(work: () => object): void {
  process.on('message', (times: number) => {
    let result: object = {};
    const cpu = Array.from({ length: times }, () => cpuTimeOf(() => { result = work(); }));
    process.send!({ cpu, result });
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

  async turn(times: number): Promise<Turn<Result>> {
    this.child.send(times);
    const [message] = await Promise.race([once(this.child, 'message'), once(this.child, 'exit').then(([status]) => { throw new Error(`it ended with ${String(status)}`); })]) as [Turn<Result>];
    return message;
  }

  end(): void {
    this.child.kill();
  }
}
