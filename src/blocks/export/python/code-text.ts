// What exports to both frameworks write alike: expressions, comments, and what stands above the whole.
import type { Totals } from '../../graph/block-graph.ts';
import type { DefinedItem } from './definitions.ts';

/** The item's expression, with the tensors in their variables. */
export function expressionText({ template, inputs }: Pick<DefinedItem, 'template' | 'inputs'>, layer: string, variableOf: (tensor: number) => string): string {
  return template.replace(/\{(layer|all|\d+)\}/g, (_, what: string) =>
    (what === 'layer' ? layer : what === 'all' ? inputs.map(variableOf).join(', ') : variableOf(inputs[Number(what)]!)));
}

export const shapeText = (shape: readonly (number | string)[]): string => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`);

export interface CommentedLine {
  readonly text: string;
  readonly shape: readonly (number | string)[];
  readonly remark: string | undefined;
}

const widestAligned = 60;

/** Comments of lines that follow each other begin in one column, as far as the lines are short. */
export function withComment(lines: readonly CommentedLine[]): readonly string[] {
  const comments = lines.map(({ shape, remark }) => [...(shape.length > 0 ? [shapeText(shape)] : []), ...(remark === undefined ? [] : [remark])].join(': '));
  const column = Math.max(0, ...lines.filter(({ text }, i) => comments[i] !== '' && text.length <= widestAligned).map(({ text }) => text.length));
  return lines.map(({ text }, i) => (comments[i] === '' ? text : `${text.padEnd(column)}  # ${comments[i]}`));
}

/** A docstring: what goes in, how many parameters there are, and what is not taken over. */
export function headerText({ params, nonTrainableParams }: Totals, inputs: readonly string[], leftOut: readonly string[], more: string | undefined, framework: string): readonly string[] {
  const known = typeof params === 'number' && typeof nonTrainableParams === 'number';
  const figures = known ? `${params.toLocaleString('en')} parameters${nonTrainableParams > 0 ? `, ${nonTrainableParams.toLocaleString('en')} of which are not trained` : ''}.` : '';
  return [
    `"""Input ${inputs.join(' and ')}. ${figures}`.trimEnd(),
    '',
    ...(more === undefined ? [] : [more]),
    `Weights begin as ${framework} has them begin.`,
    ...(leftOut.length > 0 ? [`Not taken over from the program: ${leftOut.map(name => name.replace(/[^A-Za-z0-9_]+/g, '_')).join(', ')}.`] : []),
    '"""',
  ];
}
