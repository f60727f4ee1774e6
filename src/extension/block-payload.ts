// What the panel is sent of a block.
import * as vscode from 'vscode';
import type { BlockResult } from '../blocks/features/outline.ts';
import type { BlockPayload } from '../blocks/protocol/messages.ts';
import { LineMap } from '../blocks/text/location.ts';
import type { DocumentAnalysis } from './analyses.ts';
import { counting } from './settings.ts';

export function blockPayload(document: vscode.TextDocument, result: BlockResult, { version, textOf }: DocumentAnalysis): BlockPayload {
  const lineMaps = new Map<string, LineMap>();
  const lineIn = (file: string, offset: number): number => {
    const lines = lineMaps.get(file) ?? new LineMap(textOf(file) ?? '');
    lineMaps.set(file, lines);
    return lines.lineColumn(offset).line;
  };
  return {
    id: result.id, name: result.name, version, graph: result.graph, counting: counting(document),
    fileLabel: vscode.workspace.asRelativePath(document.uri),
    lines: result.graph.nodes.map(node => lineIn(node.at.file, node.at.start)),
  };
}

/** The document that an id belongs to. */
export const documentOfId = (id: string): string => id.slice(0, id.indexOf('#'));

/** All files that a payload leads to. */
export const filesOf = ({ graph }: BlockPayload): Set<string> =>
  new Set([...graph.nodes.flatMap(node => [node.at.file, ...node.callPath.map(step => step.at.file)]), ...graph.groups.map(group => group.at.file)]);
