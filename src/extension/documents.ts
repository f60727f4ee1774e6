// Which documents Blockscope reads.
import type * as vscode from 'vscode';
import { isBlockFile } from '../blocks/block-files/is-block-file.ts';
import type { Edit } from '../blocks/text/edit.ts';

const LANGUAGES = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'];

/** Of these, block files alone are read. */
const DATA = ['json', 'jsonc'];

/** Where editors get text from that people work on: disk, unsaved files, other machines, repositories without a checkout. */
const SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'];

export const documentSelector: vscode.DocumentSelector = SCHEMES.flatMap(scheme => [...LANGUAGES, ...DATA].map(language => ({ language, scheme })));

export const blockFileSelector: vscode.DocumentSelector = SCHEMES.flatMap(scheme => DATA.map(language => ({ language, scheme })));

export const isSupported = (document: vscode.TextDocument): boolean =>
  (LANGUAGES.includes(document.languageId) || isBlockDocument(document)) && SCHEMES.includes(document.uri.scheme);

export const isBlockDocument = (document: vscode.TextDocument): boolean =>
  DATA.includes(document.languageId) && isBlockFile(document.uri.path, document.getText());

/**
 * False for files that cannot hold layers, so that they cost one search of their text and nothing else. Layers come from
 * a namespace that is called `tf` or `layers` wherever TensorFlow.js is used, or from an import that names it or the vocabulary.
 */
export const mayHoldLayers = (text: string): boolean => /tensorflow|\btf\b|\blayers\b|blockscope/.test(text);

/** Several changes of one event come from the end of the document to its start, so that each can be applied as it is. */
export const editOf = ({ rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent): Edit =>
  ({ start: rangeOffset, end: rangeOffset + rangeLength, length: text.length });
