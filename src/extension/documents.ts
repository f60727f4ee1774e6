// Which documents Blockscope reads.
import type * as vscode from 'vscode';
import { isBlockFile } from '../blocks/block-files/is-block-file.ts';
import { mayBeModel } from '../blocks/model-files/recognize.ts';
import type { Edit } from '../blocks/text/edit.ts';

/** Of saved models and of block files. */
const JSON_LANGUAGES = ['json', 'jsonc'];
const LANGUAGES = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact', ...JSON_LANGUAGES];

/** Where editors get text from that people work on: disk, unsaved files, other machines, repositories without a checkout. */
const SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'];

export const documentSelector: vscode.DocumentSelector = SCHEMES.flatMap(scheme => LANGUAGES.map(language => ({ language, scheme })));

export const blockFileSelector: vscode.DocumentSelector = SCHEMES.flatMap(scheme => JSON_LANGUAGES.map(language => ({ language, scheme })));

export const isSupported = (document: vscode.TextDocument): boolean =>
  LANGUAGES.includes(document.languageId) && SCHEMES.includes(document.uri.scheme);

export const isJson = (document: vscode.TextDocument): boolean => JSON_LANGUAGES.includes(document.languageId);

/**
 * False for files that cannot hold layers, so that they cost one search of their text and nothing else. Layers come from
 * a namespace that is called `tf` or `layers` wherever TensorFlow.js is used, or from an import that names it or the vocabulary;
 * a saved model names the classes of its layers, and a block file says that it is one.
 */
export const mayHoldLayers = (document: vscode.TextDocument, text: string): boolean => (isJson(document) ? isBlockFile(document.uri.path, text) || mayBeModel(text) : /tensorflow|\btf\b|\blayers\b|blockscope/.test(text));

/** Several changes of one event come from the end of the document to its start, so that each can be applied as it is. */
export const editOf = ({ rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent): Edit =>
  ({ start: rangeOffset, end: rangeOffset + rangeLength, length: text.length });
