// What the panel is sent of a block.
import * as vscode from 'vscode';
import { payloadOf } from '../blocks/features/block-payload.ts';
import type { BlockResult } from '../blocks/features/outline.ts';
import type { BlockPayload } from '../blocks/protocol/messages.ts';
import type { DocumentAnalysis } from './analyses.ts';
import { counting } from './settings.ts';

export const blockPayload = (document: vscode.TextDocument, result: BlockResult, { version, textOf }: DocumentAnalysis): BlockPayload =>
  payloadOf(result, { version, textOf, counting: counting(document), fileLabel: vscode.workspace.asRelativePath(document.uri) });

/** The document that an id belongs to. */
export const documentOfId = (id: string): string => id.slice(0, id.indexOf('#'));

/** All files that a payload leads to. */
export const filesOf = ({ graph }: BlockPayload): Set<string> =>
  new Set([...graph.nodes.flatMap(node => [node.at.file, ...node.callPath.map(step => step.at.file)]), ...graph.groups.map(group => group.at.file)]);
