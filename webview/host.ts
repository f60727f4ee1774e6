// The way out of the page: what VS Code gives a webview, and what a test gives it instead.
import type { Message, ToExtension } from '../src/blocks/protocol/messages.ts';

export interface Host {
  postMessage(message: Message<ToExtension>): void;
  /** What was kept the last time the page was there; undefined at first. */
  getState(): unknown;
  /** Plain data, kept over the page being hidden and the window being closed. */
  setState(state: unknown): void;
}

export type Post = <K extends keyof ToExtension>(type: K, data: ToExtension[K]) => void;

export const postTo = (host: Host): Post => (type, data) => host.postMessage({ type, data } as Message<ToExtension>);
