// The panel with the block, as a person reads it: whether a run is over, what it says, and the table of layers.
import type { FrameLocator } from 'playwright-core';

export class BlockPane {
  constructor(private readonly page: FrameLocator) {}

  /** Resolves when the run that was asked for has a result; throws with the pane's own words when it has none. */
  async runFinished(): Promise<void> {
    const result = this.page.locator('.result');
    const refusal = this.page.locator('.run [role="alert"], .run .notice.warning');
    await result.or(refusal).first().waitFor({ timeout: 120_000 });
    if (await result.count() === 0) throw new Error(`The block was not run: ${(await refusal.first().innerText()).trim()}`);
  }

  /** What the pane says about the run, a line each. */
  async summary(): Promise<string[]> {
    const time = await this.page.locator('.result .result-time').innerText();
    const rest = await this.page.locator('.result .fact, .result .checks li, .result .notice').evaluateAll(readTexts);
    return [time, ...rest];
  }

  /** Head, rows and foot of the table of layers. */
  async table(): Promise<string[][]> {
    return this.page.locator('table.layers').evaluate(readTable);
  }
}

// The functions below run inside the page and hold no inner functions with names (see workbench.ts).

/** Elements that stand apart on the page are read with a space between them. */
function readTexts(elements: Element[]): string[] {
  return elements.map(element => {
    const spaced = element.cloneNode(true) as Element;
    for (const part of spaced.querySelectorAll('*')) part.before(' ');
    return (spaced.textContent ?? '').replace(/\s+/g, ' ').trim();
  });
}

function readTable(table: Element): string[][] {
  return [...table.querySelectorAll('tr')].map(row => [...row.querySelectorAll<HTMLTableCellElement>('th, td')].flatMap(cell => {
    const spaced = cell.cloneNode(true) as Element;
    for (const part of spaced.querySelectorAll('*')) part.before(' ');
    // A cell over several columns stands in the first of them.
    return [(spaced.textContent ?? '').replace(/\s+/g, ' ').trim(), ...new Array<string>(cell.colSpan - 1).fill('')];
  }));
}
