// The page in the panel: a script of the extension's own with the modules that it imports, and one style sheet. Nothing else may load or run.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export const VIEW_TYPE = 'blockscope.block';

/** Where the page's files lie. The webview can read nothing outside of it. */
export const pageRoot = (extensionUri: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'dist');

export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const source = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), file)).toString();
  const policy = [
    `default-src 'none'`,
    // What a module with the nonce imports has it too. Compiling WebAssembly is what the wasm backend needs; its bytes travel inside a module.
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${source('webview.css')}">
<title>Blockscope</title>
</head>
<body>
<div id="app">Loading Blockscope…</div>
<script type="module" nonce="${nonce}" src="${source('webview.js')}"></script>
</body>
</html>`;
}
