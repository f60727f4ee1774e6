// What a page showed, by the state that it kept over a reload of the window.
import type { BlockPayload } from '../blocks/protocol/messages.ts';

/** The page that is kept shows the claim lab, or a block of one of its claims. */
export const hasClaimsInState = (state: unknown): boolean => {
  const { content } = (state as { content?: { kind?: unknown; ofClaim?: unknown } } | null | undefined) ?? {};
  return content?.kind === 'claims' || content?.ofClaim !== undefined;
};

/** The page keeps what it shows in its state, the block included. */
export function idInState(state: unknown): { readonly id: string; readonly name: string } | undefined {
  const { id, name } = (state as { content?: { block?: Partial<BlockPayload> } } | null | undefined)?.content?.block ?? {};
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
}

export function comparedInState(state: unknown): readonly string[] | undefined {
  const { kind, blocks } = (state as { content?: { kind?: unknown; blocks?: readonly Partial<BlockPayload>[] } } | null | undefined)?.content ?? {};
  const ids = kind === 'comparison' && Array.isArray(blocks) ? blocks.flatMap(({ id }: Partial<BlockPayload>) => (typeof id === 'string' ? [id] : [])) : [];
  return ids.length > 0 ? ids : undefined;
}
