// The names of a block file that stand for values: parameters, and what repetitions count. Where each is declared and mentioned.
import { blockForm } from '../problems/block-form.ts';
import type { Span } from '../syntax/typescript-source.ts';
import type { Location } from '../text/location.ts';
import type { AboutParameter, DeclaredName } from './block-file.ts';
import type { JsonString } from '../json/json-tree.ts';
import type { Problems } from './problems.ts';

/** Whether expressions can mention a value by a name. */
export const canBeMentioned = (name: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== 'true' && name !== 'false';

interface Declaration extends DeclaredName {
  readonly mentions: Location[];
  readonly parameter?: AboutParameter & { readonly presets: AboutParameter['presets'][number][] };
}

export class Names {
  readonly declared: Declaration[] = [];
  private visible: Declaration[] = [];
  private parameters: readonly Declaration[] = [];

  constructor(private readonly file: string, private readonly problems: Problems) {}

  /** Innermost last. */
  get names(): readonly string[] {
    return this.visible.map(({ name }) => name);
  }

  declare(key: JsonString, about?: Omit<AboutParameter, 'presets'>): void {
    const at = { start: key.start + 1, end: key.end - 1 };
    if (this.visible.some(({ name }) => name === key.value)) this.problems.add(blockForm, { message: `${key.value} is declared twice.` }, at);
    const declaration = { name: key.value, at: { file: this.file, ...at }, mentions: [], ...(about ? { parameter: { ...about, presets: [] } } : {}) };
    this.declared.push(declaration);
    this.visible = [...this.visible, declaration];
  }

  /** What `work` reads can mention a name besides. */
  with<T>(key: JsonString | undefined, work: () => T): T {
    const outer = this.visible;
    if (key) this.declare(key);
    try {
      return work();
    } finally {
      this.visible = outer;
    }
  }

  mention(name: string, { start, end }: Span): void {
    // The innermost: one that is declared twice hides the one before.
    this.visible.filter(declaration => declaration.name === name).at(-1)?.mentions.push({ file: this.file, start, end });
  }

  /** From here on nothing can be mentioned in expressions: a preset is made outside of the block. */
  close(): void {
    this.parameters = this.visible;
    this.visible = [];
  }

  /** By the name that a preset sets. */
  mentionParameter({ value: name, start, end }: JsonString, preset: string, value: string | undefined): void {
    const declaration = this.parameters.find(one => one.name === name);
    declaration?.mentions.push({ file: this.file, start: start + 1, end: end - 1 });
    if (value !== undefined) declaration?.parameter?.presets.push({ name: preset, value });
  }
}
