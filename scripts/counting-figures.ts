// The figures of docs/counting.md, each computed from a network of the library.
import { defaultCounting, type Counting } from '../src/blocks/counting/counting.ts';
import { countedTotals } from '../src/blocks/counting/totals.ts';
import { activationElementsOf } from '../src/blocks/graph/activation-elements.ts';
import type { GraphNode } from '../src/blocks/graph/block-graph.ts';
import { mobilenetV1 } from '../src/blocks/library/networks/mobilenetV1.ts';
import { resnet } from '../src/blocks/library/networks/resnet.ts';
import { vgg } from '../src/blocks/library/networks/vgg.ts';
import type { Dim } from '../src/blocks/shapes/dim.ts';
import { elementsPerExample } from '../src/blocks/shapes/shape.ts';
import { graphOfBlock } from '../src/blocks/vocabulary/graph-of-block.ts';
import type { Block } from '../src/blocks/vocabulary/vocabulary.ts';

/** By the names that the page calls them: `v15.macs`. */
export function countingFigures(): ReadonlyMap<string, number> {
  const figures = new Map<string, number>();
  const add = (name: string, found: Readonly<Record<string, number>>): void => {
    for (const [figure, value] of Object.entries(found)) figures.set(`${name}.${figure}`, value);
  };
  add('v15', figuresOf(resnet({ depth: 50 })));
  add('v1', figuresOf(resnet({ depth: 50, version: 'v1' })));
  add('small', figuresOf(resnet({ depth: 50 }), 176));
  add('keras', figuresOf(resnet({ depth: 50, version: 'v1', useBias: true })));
  for (const depth of [101, 152] as const) add(`keras${depth}`, figuresOf(resnet({ depth, version: 'v1', useBias: true })));
  add('vgg16', figuresOf(vgg({ depth: 16 })));
  add('mobilenet', figuresOf(mobilenetV1({})));
  const [learnt, keras] = [figures.get('v15.pytorch')!, figures.get('keras.params')!];
  add('keras', { more: keras - learnt, biases: keras - learnt - figures.get('v15.buffers')! });
  return figures;
}

function figuresOf(network: Block, size = 224): Readonly<Record<string, number>> {
  const { nodes } = graphOfBlock(network, { input: [1, size, size, 3] }).graph;
  const by = (counting: Partial<Counting>) => countedTotals(nodes, { ...defaultCounting, ...counting });
  const [keras, pytorch] = [by({}), by({ parameters: 'pytorch' })];
  const [macs, fvcore, all] = [by({}), by({ layers: 'fvcore' }), by({ layers: 'all' })].map(({ operations }) => number(operations)) as [number, number, number];
  const [normalized, sums] = [valuesOf(nodes, 'batchNormalization'), valuesOf(nodes, 'add')];
  return {
    params: number(keras.params), trainable: number(keras.trainableParams), pytorch: number(pytorch.params), buffers: number(pytorch.uncountedParams),
    macs, fvcore, all, flops: number(by({ operations: 'flops' }).operations), allFlops: number(by({ operations: 'flops', layers: 'all' }).operations),
    activations: number(activationElementsOf(nodes)), convolutions: nodes.filter(({ layer }) => layer === 'conv2d').length,
    normalized, sums, pooled: fvcore - macs - 2 * normalized,
    // A batch normalization has 5 for each value while it trains, in the place of 2.
    training: fvcore + 3 * normalized, ptflops: all - sums,
  };
}

const valuesOf = (nodes: readonly GraphNode[], layer: string): number =>
  nodes.filter(node => node.layer === layer).reduce((sum, { output }) => sum + number(elementsPerExample(output)), 0);

function number(dim: Dim): number {
  if (typeof dim !== 'number') throw new Error('a figure of the page is not known');
  return dim;
}
