// The page's entry: the only place that knows it lies in a webview of VS Code.
import { dispatch, type ToWebview } from '../src/blocks/protocol/messages.ts';
import type { Host } from './host.ts';
import { Page } from './page.tsx';
import './page.css';

declare function acquireVsCodeApi(): Host;

const root = document.getElementById('app') ?? document.body.appendChild(document.createElement('div'));
root.id = 'app';
root.textContent = '';
const page = new Page(root, acquireVsCodeApi());
window.addEventListener('message', (event: MessageEvent<unknown>) => dispatch<ToWebview>(event.data, page.handlers));
page.start();
