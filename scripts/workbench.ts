// VS Code's workbench as a person sees it: what stands in the editor, what a hover says, what the command palette does.
// Every wait is for something visible, never for a time.
import type { FrameLocator, Locator, Page } from 'playwright-core';

export interface EditorLine {
  /** 1-based. */
  readonly number: number;
  readonly code: string;
  /** The inlay hints of the line, in the order in which they stand. */
  readonly hints: readonly string[];
}

export class Workbench {
  constructor(readonly page: Page) {}

  /** Resolves when VS Code says that it is up. */
  async ready(): Promise<void> {
    const { page } = this;
    // The driver exists because the server was started with its test driver switched on.
    await page.waitForFunction('globalThis.driver !== undefined');
    await page.evaluate('globalThis.driver.whenWorkbenchRestored()');
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Opens a file of the workspace through Quick Open, as people do. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+P');
    await this.choose(name, name);
    await this.fileIsOpen(name);
  }

  async fileIsOpen(name: string): Promise<void> {
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.editor().locator('.view-line').first().waitFor();
  }

  /** Runs a command by its title in the command palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.choose(`>${title}`, title);
  }

  async goToLine(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+G');
    const box = this.quickInput();
    await box.waitFor();
    await box.fill(`:${line}:${column}`);
    await box.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor[data-uri]').first();
  }

  /** Text in the editor, an inlay hint for example. */
  text(text: string | RegExp): Locator {
    return this.editor().locator('.view-lines span', { hasText: text }).last();
  }

  /** A lens that does something is a link, one that only tells something is not. */
  lens(text: string | RegExp): Locator {
    return this.editor().locator('.codelens-decoration :is(a, span)', { hasText: text }).first();
  }

  squiggle(severity: 'error' | 'warning' | 'info'): Locator {
    return this.editor().locator(`.squiggly-${severity}`);
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** The page inside the only webview that is open. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The messages of the notifications that are shown. */
  notifications(): Promise<string[]> {
    return this.page.locator('.notification-toast .notification-list-item-message').allTextContents();
  }

  /** Rests the mouse on the first such word of a line (1-based) and returns what the hover says. */
  async hover(word: string, line: number): Promise<string> {
    const place = await this.editor().evaluate(middleOfWord, { word, line });
    if (!place) throw new Error(`Line ${line} shows no “${word}”.`);
    const content = this.page.locator('.monaco-hover .hover-contents:visible');
    // A provider that is still starting answers nothing; then the mouse has to move again for another question.
    for (let attempt = 0; attempt < 10; attempt++) {
      // From outside of the editor: on the way from another of its lines a slow machine may explain what stands there.
      await this.rest();
      await this.page.mouse.move(place.x, place.y);
      try {
        await content.filter({ hasNotText: /^\s*Loading/ }).first().waitFor({ timeout: 3000 });
        // Several providers share one hover, and the slower ones show that they are still loading.
        return (await content.allInnerTexts()).filter(text => !/^\s*Loading/.test(text)).join('\n').trim();
      } catch {
        // Ask again.
      }
    }
    throw new Error(`No hover on “${word}” in line ${line}.`);
  }

  /** Takes the first of whatever choices a command offers, until what it leads to is there. */
  async takeFirstChoiceUntil(goal: Locator): Promise<void> {
    const choice = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').first();
    for (let asked = 0; asked < 3; asked++) {
      await goal.or(choice).first().waitFor();
      if (!(await choice.isVisible())) break;
      const label = await choice.innerText();
      // A click would miss it where the pointer rests on it: the tooltip that comes lies over it.
      await this.page.keyboard.press('Enter');
      await choice.filter({ hasText: label }).waitFor({ state: 'hidden' });
    }
    await goal.first().waitFor();
  }

  /** Clicks until it has the wanted effect: a lens that is being drawn anew just then takes no click. */
  async clickUntil(target: Locator, goal: Locator): Promise<void> {
    for (let clicked = 0; clicked < 4; clicked++) {
      await target.click();
      try {
        return await goal.first().waitFor({ timeout: 15_000 });
      } catch (error) {
        if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
      }
    }
    await goal.first().waitFor();
  }

  /** Switches to the dark or the light one of VS Code's own themes. */
  async theme(kind: 'dark' | 'light'): Promise<void> {
    const wanted = this.page.locator(kind === 'dark' ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs');
    if (await wanted.count() === 0) await this.command('Preferences: Toggle between Light/Dark Themes');
    await wanted.waitFor();
  }

  async hideSideBar(): Promise<void> {
    await this.command('View: Toggle Primary Side Bar Visibility');
    await this.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  }

  /** Takes the mouse out of the way, so that no hover and no tooltip is open. */
  async rest(): Promise<void> {
    await this.page.mouse.move(2, 2);
    await this.page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
  }

  /** The lines that the editor shows at the moment, each with its hints apart from its code. */
  async visibleLines(): Promise<EditorLine[]> {
    return this.editor().evaluate(readLines);
  }

  private quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input.input');
  }

  private async choose(query: string, entry: string): Promise<void> {
    const box = this.quickInput();
    await box.waitFor();
    await box.fill(query);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first().click();
    await box.waitFor({ state: 'hidden' });
  }
}

// The functions below run inside the page. They hold no inner functions with names, because those would be compiled
// to calls of something that the page does not have.

/** Several tokens may share one element: only a range finds the pixels of a word. */
function middleOfWord(editor: Element, { word, line }: { word: string; line: number }): { x: number; y: number } | undefined {
  const number = [...editor.querySelectorAll('.margin-view-overlays .line-numbers')].find(margin => Number(margin.textContent) === line);
  const top = number?.getBoundingClientRect().top ?? NaN;
  const row = [...editor.querySelectorAll('.view-lines .view-line')].find(candidate => Math.abs(candidate.getBoundingClientRect().top - top) < 2);
  if (!row) return undefined;
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const at = (node.nodeValue ?? '').indexOf(word);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    const box = range.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  return undefined;
}

/** An inlay hint is a run of elements with a generated class, which marks them as text that is not in the document. */
function readLines(editor: Element): EditorLine[] {
  const numbers = new Map<number, number>();
  for (const margin of editor.querySelectorAll('.margin-view-overlays .line-numbers')) {
    numbers.set(Math.round(margin.getBoundingClientRect().top), Number(margin.textContent));
  }
  const lines: EditorLine[] = [];
  for (const row of editor.querySelectorAll('.view-lines .view-line')) {
    const number = numbers.get(Math.round(row.getBoundingClientRect().top));
    if (number === undefined) continue;
    let code = '';
    const hints: string[] = [];
    let inHint = false;
    for (const token of row.querySelectorAll('span > span')) {
      const text = (token.textContent ?? '').replaceAll('\u00a0', ' ').replaceAll('\u200b', '');
      if (/\bdyn-rule-/.test(token.className)) {
        if (inHint) hints.push(hints.pop() + text);
        else hints.push(text);
        inHint = true;
      } else {
        code += text;
        inHint = false;
      }
    }
    lines.push({ number, code: code.trimEnd(), hints: hints.map(hint => hint.trim()).filter(hint => hint !== '') });
  }
  return lines.sort((a, b) => a.number - b.number);
}
