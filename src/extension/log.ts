// The output channel "Blockscope", and the fence around everything that VS Code calls: no exception leaves a provider.
import * as vscode from 'vscode';

export class Log implements vscode.Disposable {
  readonly channel = vscode.window.createOutputChannel('Blockscope', { log: true });
  /** Each distinct failure since the start, in the order of appearance. */
  readonly failures: string[] = [];

  info(message: string): void {
    this.channel.info(message);
  }

  /** Runs one piece of work for VS Code; a failure is logged once and the fallback is the answer. */
  guard<T>(what: string, fallback: T, work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.fail(what, error);
      return fallback;
    }
  }

  /** The same for work that answers later. */
  async guardAsync<T>(what: string, fallback: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.fail(what, error);
      return fallback;
    }
  }

  fail(what: string, error: unknown): void {
    const text = `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    if (this.failures.includes(text)) return;
    this.failures.push(text);
    this.channel.error(text);
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
