// The theme's colours and font as a canvas needs them: values, not variables.
import type { ChartColor } from './chart-spec.ts';

export interface Palette {
  readonly colors: Readonly<Record<ChartColor, string>>;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly page: string;
  readonly surface: string;
  readonly selection: string;
  readonly fontFamily: string;
}

/** As the variables are at this element now. */
export function paletteAt(element: Element): Palette {
  const style = getComputedStyle(element);
  const text = style.color;
  const value = (name: string, otherwise = text): string => style.getPropertyValue(name).trim() || otherwise;
  const chart = (name: string): string => value(`--vscode-charts-${name}`);
  return {
    colors: {
      blue: chart('blue'), green: chart('green'), orange: chart('orange'), purple: chart('purple'), red: chart('red'), yellow: chart('yellow'), foreground: chart('foreground'),
    },
    text, quiet: value('--quiet'), line: value('--line'), page: value('--page'), surface: value('--surface'), selection: value('--selection'),
    fontFamily: style.fontFamily,
  };
}

/** Calls back whenever the theme may have changed, until the function that it gives is called. VS Code changes variables and classes of the page. */
export function onThemeChange(changed: () => void): () => void {
  const themes = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body]) themes.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] });
  return () => themes.disconnect();
}
