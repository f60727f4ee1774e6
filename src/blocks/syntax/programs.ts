// The programs of imported files, read once for as long as their texts stay the same.
import { parseTypeScript } from './parse-typescript.ts';
import type { Program } from './tree.ts';

export class Programs {
  private readonly programs = new Map<string, Program>();

  of(file: string, text: string): Program {
    let program = this.programs.get(file);
    if (program?.text !== text) this.programs.set(file, (program = parseTypeScript(file, text)));
    return program;
  }
}
