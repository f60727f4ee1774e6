// What VS Code loads when a file of a language is opened that may hold layers, which may be any JSON file: it tells whether there is something to
// read, and loads the rest of Blockscope when there is, or when somebody asks for it.
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import type { BlockscopeApi } from './api.ts';
import { registerBlockSchema } from './block-schema.ts';
import { isSupported, mayHoldLayers } from './documents.ts';
import type * as editorModule from './editor.ts';
import { VIEW_TYPE } from './panel-page.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

const load = createRequire(__filename);

export function activate(context: vscode.ExtensionContext): BlockscopeApi {
  let editor: editorModule.Editor | undefined;
  const start = (): editorModule.Editor => {
    if (editor) return editor;
    // Commands and panels are the editor's from here on.
    waiting.dispose();
    return (editor = (load('./editor.cjs') as typeof editorModule).startEditor(context));
  };
  const startFor = (document: vscode.TextDocument): void => {
    if (!editor && isSupported(document) && mayHoldLayers(document, document.getText())) start();
  };
  const { contributes: { commands } } = context.extension.packageJSON as Manifest;
  const waiting = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidChangeTextDocument(({ document }) => startFor(document)),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, { deserializeWebviewPanel: async (panel, state) => start().panel.restore(panel, state) }),
    ...commands.map(({ command }) => vscode.commands.registerCommand(command, (...given: unknown[]) => {
      start();
      return vscode.commands.executeCommand(command, ...given);
    })),
  );
  context.subscriptions.push(waiting, registerBlockSchema(context.extensionUri));
  for (const document of vscode.workspace.textDocuments) startFor(document);
  return {
    analysisOf: document => start().api.analysisOf(document),
    onDidFinishRun: (listener, ...more) => start().api.onDidFinishRun(listener, ...more),
    onDidCompare: (listener, ...more) => start().api.onDidCompare(listener, ...more),
    lastRun: () => editor?.api.lastRun(),
    panelContent: () => editor?.api.panelContent(),
    failures: () => editor?.api.failures() ?? [],
    dispose: () => editor?.api.dispose(),
  };
}
