// The hover on a word of the vocabulary or on a block function, where it is called: what goes in and out, and what it sums up to.
import type { Analysis, BlockSite, BlockVariant } from '../analysis.ts';
import type { Counting } from '../counting/counting.ts';
import { countedTotalsOf } from '../counting/totals.ts';
import { operationsInFull, operationsUnit } from '../counting/words.ts';
import { isUnknown } from '../shapes/dim.ts';
import { exactCount } from './figures.ts';
import { resultsWithin, type FocusedCall } from './focus.ts';
import { assumptions, focusLine, paragraphs, reasons, resultList, type Hover } from './hover-results.ts';
import { code, escapeMarkdown } from './markdown.ts';
import type { Places } from './places.ts';
import { wholeShape, wholeShapes } from './shape-label.ts';

/** Undefined where the offset is not on the name of one. */
export function blockHover(analysis: Analysis, offset: number, places: Places, focus: FocusedCall | undefined, counting: Counting): Hover | undefined {
  const site = analysis.blockSites.find(({ at }) => at.file === analysis.file && at.start <= offset && offset <= at.end);
  return site && { at: site.at, markdown: blockMarkdown(site, analysis, places, focus, counting) };
}

/** Everything that is known of one block in the source, as Markdown. */
export function blockMarkdown(site: BlockSite, analysis: Analysis, places: Places, focus: FocusedCall | undefined, counting: Counting): string {
  const shown = focus ? resultsWithin(site.variants, focus) : site.variants;
  return paragraphs(
    `**${escapeMarkdown(site.name)}**`,
    focus && shown !== site.variants ? focusLine(analysis, focus, places) : undefined,
    shown.length > 1 ? resultList(shown, analysis, places, counting) : undefined,
    summedUp(shown[0]!, places, shown.length > 1, counting),
    assumptions(shown),
    '*Inferred from the source; nothing was run.*',
  );
}

function summedUp(variant: BlockVariant, places: Places, oneOfSeveral: boolean, counting: Counting): string {
  const { params, trainableParams, nonTrainableParams, operations } = countedTotalsOf(variant, counting);
  const layers = variant.graph.nodes.length - variant.graph.inputs.length;
  const split = nonTrainableParams === 0 || isUnknown(params) ? '' : `, ${exactCount(trainableParams)} trainable and ${exactCount(nonTrainableParams)} not`;
  return [
    `${oneOfSeveral ? 'The first of them: ' : ''}${code(wholeShapes(variant.inputs))} → ${code(wholeShape(variant.output))}${variant.count > 1 && !oneOfSeveral ? ` ×${variant.count}` : ''}`,
    ...reasons(variant, places, counting),
    params === 0 ? '' : `Parameters: **${exactCount(params)}** in ${layers} layers${split}`,
    operations === 0 ? '' : `${operationsUnit(counting)}: **${exactCount(operations)}** (${operationsInFull(counting)})`,
  ].filter(line => line !== '').join('  \n');
}
