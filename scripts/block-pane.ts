// The panel with the block, as a person reads it: whether a run is over, what it says, and the table of layers.
import type { FrameLocator } from 'playwright-core';
import type { BackendName } from '../src/blocks/protocol/messages.ts';

export class BlockPane {
  constructor(private readonly page: FrameLocator) {}

  /** Runs the block on a backend and tells what the pane says about the run. */
  async run(backend: BackendName): Promise<string[]> {
    await this.start(backend, true);
    await this.page.locator('.progress').waitFor();
    await this.page.locator('.progress').waitFor({ state: 'hidden', timeout: 120_000 });
    await this.runFinished();
    return this.summary();
  }

  async start(backend: BackendName, quick: boolean): Promise<void> {
    await this.page.locator('.backend select').selectOption(backend);
    await this.page.getByLabel('Quick').setChecked(quick);
    await this.page.getByRole('button', { name: 'Profile', exact: true }).click();
  }

  /** Has the image that goes in be of this height and width. */
  async giveSize(side: number): Promise<void> {
    const sizes = this.page.locator('.fixed-sizes');
    if (!(await sizes.locator('input').first().isVisible())) await sizes.locator('summary').click();
    for (const name of ['height', 'width']) {
      const size = sizes.locator('label', { hasText: name }).locator('input');
      await size.fill(String(side));
      await size.press('Enter');
    }
  }

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
