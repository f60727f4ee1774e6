// What is wrong with a block file by itself.
import type { Problem, ProblemDefinition } from '../problems/problem.ts';
import type { Span } from '../syntax/typescript-source.ts';

export class Problems {
  readonly found: Problem[] = [];

  /** While the text does not parse, what has not the right form is mostly what is being typed. */
  constructor(private readonly file: string, private readonly isBroken: boolean) {}

  /** Gives the sentence, which is also why something is not known. */
  add<Data>({ id, severity, message }: ProblemDefinition<Data>, data: Data, { start, end }: Span): string {
    const sentence = message(data);
    if (!this.isBroken && !this.found.some(({ at, message: other }) => at.start === start && other === sentence)) {
      this.found.push({ id, severity, message: sentence, at: { file: this.file, start, end }, related: [] });
    }
    return sentence;
  }
}
