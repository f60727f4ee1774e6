// The blocks of a comparison: from the ids that last to what they are now.
import * as vscode from 'vscode';
import { isLibraryId, libraryBlock } from '../blocks/features/library-blocks.ts';
import { findResult, outline } from '../blocks/features/outline.ts';
import type { BlockPayload } from '../blocks/protocol/messages.ts';
import type { Analyses } from './analyses.ts';
import { blockPayload, documentOfId } from './block-payload.ts';

export interface ComparedBlocks {
  readonly payloads: readonly BlockPayload[];
  /** False while the code of one of them cannot be read, which half-typed code cannot for a moment. */
  readonly settled: boolean;
}

/** In the order of the ids. Without those that their documents no longer have. */
export async function comparedBlocks(ids: readonly string[], analyses: Analyses): Promise<ComparedBlocks> {
  const payloads: BlockPayload[] = [];
  let settled = true;
  for (const id of ids) {
    if (isLibraryId(id)) {
      payloads.push(...[libraryBlock(id)].filter(block => block !== undefined));
      continue;
    }
    const document = await opened(documentOfId(id));
    const from = document && await analyses.ready(document);
    const result = from && findResult(outline(from.analysis), id);
    if (document && result) payloads.push(blockPayload(document, result, from));
    if (document && (analyses.typedIn(document)?.unfinished || (from && !result && !from.analysis.parses))) settled = false;
  }
  return { payloads, settled };
}

/** Undefined for a document that is gone. */
async function opened(uri: string): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  } catch {
    return undefined;
  }
}
