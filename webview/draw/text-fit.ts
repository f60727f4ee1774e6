// Text that fits its box: widths are measured in the page's real fonts, and what is too long ends in an ellipsis.

/** The three kinds of text in the picture; each has a CSS class of the same name. */
export type TextStyle = 'title' | 'plain' | 'figures';

/** The width of a text in pixels. An argument, so that layouts can be computed where there is no page. */
export type MeasureText = (text: string, style: TextStyle) => number;

/** The longest beginning of the text that fits, with an ellipsis where something was cut; empty where nothing fits. */
export function fitText(text: string, width: number, style: TextStyle, measure: MeasureText): string {
  if (measure(text, style) <= width) return text;
  const characters = [...text];
  let low = 0;
  let high = characters.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${characters.slice(0, middle).join('').trimEnd()}…`, style) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${characters.slice(0, low).join('').trimEnd()}…`;
}

/** Measures with the fonts that the page's own CSS gives to each style; widths are remembered. */
export function measureInPage(page: Document): MeasureText {
  const context = page.createElement('canvas').getContext('2d');
  const fonts = new Map<TextStyle, string>();
  const widths = new Map<string, number>();
  const fontOf = (style: TextStyle): string => {
    const probe = page.createElement('span');
    probe.className = `text-${style}`;
    page.body.append(probe);
    const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(probe);
    probe.remove();
    return `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  };
  return (text, style) => {
    const key = `${style} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    let font = fonts.get(style);
    if (font === undefined) fonts.set(style, (font = fontOf(style)));
    if (!context) return text.length * 8;
    context.font = font;
    const width = context.measureText(text).width;
    widths.set(key, width);
    return width;
  };
}
