// Serves the panel's page to a browser of this machine, and hears what comes of a run. Nothing else is served, and to nobody else.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { dispatch, type Handlers, type Message, type ToExtension, type ToWebview } from '../blocks/protocol/messages.ts';

export interface PageServer<Report> {
  readonly address: string;
  /** Rejects with the reason where there is no result. */
  readonly report: Promise<Report>;
  close(): void;
}

/** How whoever waits for a result hears of it. */
export interface Tell<Report> {
  resolve(report: Report): void;
  reject(error: Error): void;
}

/** What the page says that decides how it ends. */
export type Answers<Report> = (tell: Tell<Report>) => Partial<Handlers<ToExtension>>;

/** What VS Code is to the page: messages go out as requests, and what is answered comes in. */
const shim = `
  window.acquireVsCodeApi = () => ({
    postMessage: async message => {
      const answer = await fetch('message', { method: 'POST', body: JSON.stringify(message) });
      for (const data of await answer.json()) window.postMessage(data, '*');
    },
    getState: () => undefined,
    setState: () => {},
  });
`;

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** The page is told `first` when it is up. Throws where it was not built. */
export async function servePage<Report>(folder: string, first: Message<ToWebview>, answers: Answers<Report>): Promise<PageServer<Report>> {
  const needed = ['webview.js', 'webview.css', 'webview'];
  for (const name of needed) if (!existsSync(path.join(folder, name))) throw new Error(`${path.join(folder, name)} is missing`);
  const chunks = readdirSync(path.join(folder, 'webview')).map(name => `webview/${name}`);
  const files = new Map([...needed, ...chunks].filter(name => path.extname(name) in types).map(name => [name, path.join(folder, name)]));
  let tell!: Tell<Report>;
  const report = new Promise<Report>((resolve, reject) => { tell = { resolve, reject }; });
  // Whoever waits for something else first has not taken it up yet.
  report.catch(() => {});
  // Other pages of the machine cannot guess the path.
  const secret = randomBytes(16).toString('hex');
  const nonce = randomBytes(16).toString('base64');
  const server = createServer((request, response) => {
    const name = request.url?.startsWith(`/${secret}/`) ? request.url.slice(secret.length + 2) : undefined;
    const file = files.get(name ?? '');
    if (name === '') response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy(nonce) }).end(html(nonce));
    else if (file) response.writeHead(200, { 'Content-Type': types[path.extname(file)]! }).end(readFileSync(file));
    else if (name === 'message' && request.method === 'POST') void answer(request, tell, first, answers).then(messages => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(messages)));
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}/`, report,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What the page is told in return. */
async function answer<Report>(request: IncomingMessage, tell: Tell<Report>, first: Message<ToWebview>, answers: Answers<Report>): Promise<Message<ToWebview>[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const messages: Message<ToWebview>[] = [];
  const handlers: Partial<Handlers<ToExtension>> = { ready: () => void messages.push(first), ...answers(tell) };
  try {
    dispatch<ToExtension>(JSON.parse(Buffer.concat(chunks).toString()), handlers);
  } catch (error) {
    tell.reject(error as Error);
  }
  return messages;
}

const policy = (nonce: string): string =>
  [`default-src 'none'`, `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`, `style-src 'self'`, `img-src 'self' data:`, `connect-src 'self'`].join('; ');

const html = (nonce: string): string => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="UTF-8"><link rel="stylesheet" href="webview.css"><title>Blockscope</title></head>
<body class="vscode-dark">
<div id="app"></div>
<script nonce="${nonce}">${shim}</script>
<script type="module" nonce="${nonce}" src="webview.js"></script>
</body>
</html>`;
