// What a layer is in PyTorch: one or several steps, and how the tensors lie that it wants.
import { readImage } from '../../layers/layout.ts';
import type { NodeFacts } from '../python/node-facts.ts';
import type { PythonArgument, PythonCall, PythonValue } from '../python/statements.ts';

/**
 * Images of PyTorch have their channels right behind the batch. A tensor of the graph whose channels come last is `channelsFirst` where its last
 * axis has been moved there, and `asGraph` where its axes are those of the graph. Tensors of less than four dims are always as in the graph.
 */
export type Layout = 'channelsFirst' | 'asGraph';

export interface TorchStep {
  readonly call?: PythonCall;
  /** What the layer is called: `conv`. */
  readonly wanted?: string;
  /** `{layer}({0})` by default. */
  readonly template?: string;
  readonly remark?: string;
}

export interface TorchLayer {
  /** How the tensors that go in have to lie; all of them as the first one does where it does not matter. */
  readonly layout?: Layout;
  readonly steps: readonly TorchStep[];
  /** How lies what comes out; as what goes in by default. */
  readonly output?: Layout;
}

/** `layout` is how the first tensor that goes in lies. */
export type TorchRule = (facts: NodeFacts, layout: Layout) => TorchLayer;

export type TorchRules = Readonly<Record<string, TorchRule>>;

/** Numbers of channels that are the same everywhere are one parameter of a block. */
export const channels = (name: string, value: PythonValue): PythonArgument => ({ name, value, positional: true, family: 'channels' });

export const positional = (name: string, value: PythonValue, parameter?: string): PythonArgument => ({ name, value, positional: true, ...(parameter === undefined ? {} : { parameter }) });

export const keyword = (name: string, value: PythonValue, fallback?: PythonValue): PythonArgument => ({ name, value, ...(fallback === undefined ? {} : { fallback }) });

export const call = (callee: string, ...given: readonly PythonArgument[]): PythonCall => ({ callee, arguments: given });

/** Only an expression. */
export const expression = (template: string, remark?: string): TorchStep => ({ template, ...(remark === undefined ? {} : { remark }) });

/** How an image lies whose layer has a data format: either way its channels come first in PyTorch. */
export const imageLayout = (facts: NodeFacts): Layout => (facts.dataFormat === 'channelsFirst' ? 'asGraph' : 'channelsFirst');

export function spatialOf(facts: NodeFacts): readonly (number | null)[] {
  return readImage(facts.input, facts.dataFormat).spatial as readonly (number | null)[];
}

export function channelsOf(facts: NodeFacts): number {
  return facts.inputDim(facts.dataFormat === 'channelsFirst' ? 1 : -1);
}

/** The axis of PyTorch's tensor at which an axis of the graph's lies. */
export function torchAxis(axis: number, rank: number, layout: Layout): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (layout === 'asGraph' || rank < 4 || counted === 0) return counted;
  return counted === rank - 1 ? 1 : counted + 1;
}

/** Steps on a tensor whose last axis is moved behind the batch before them, and moved back after them. */
export function behindBatch(steps: readonly TorchStep[]): readonly TorchStep[] {
  return steps.map((step, i) => {
    const { template = '{layer}({0})' } = step;
    const before = i === 0 ? template.replace('{0}', '{0}.movedim(-1, 1)') : template;
    return { ...step, template: i === steps.length - 1 ? `${before}.movedim(1, -1)` : before };
  });
}

/** The same the other way round: a layer that works on the last axis, where the channels lie behind the batch. */
export const onLastAxis = (axis: number): string => `{layer}({0}.movedim(${axis}, -1)).movedim(-1, ${axis})`;
