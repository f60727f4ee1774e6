// What a block can be exported as.
import type { BlockGraph } from '../graph/block-graph.ts';
import { Identifiers } from './identifiers.ts';
import { kerasCode } from './keras/keras-code.ts';
import { pytorchCode } from './pytorch/pytorch-code.ts';
import { tfLayersCode } from './tf-layers-code.ts';

export interface ExportFormat {
  /** As the terminal names it. */
  readonly id: ExportFormatId;
  /** As people choose it. */
  readonly label: string;
  /** What comes out, in a few words. */
  readonly description: string;
  /** As editors name the language of the text. */
  readonly language: 'typescript' | 'python';
  /** The text, with what is built called after the block. Throws `CannotExport`. */
  readonly code: (graph: BlockGraph, name: string) => string;
}

export type ExportFormatId = 'tf' | 'keras' | 'pytorch';

/** `tf.layers` first, which is what people write here. */
export const exportFormats: readonly ExportFormat[] = [
  {
    id: 'tf', label: 'tf.layers', description: 'a function in TypeScript', language: 'typescript',
    code: (graph, name) => tfLayersCode(graph, { name: new Identifiers().take(name, true) }),
  },
  { id: 'keras', label: 'Keras', description: 'functions in Python, for Keras 3', language: 'python', code: (graph, name) => kerasCode(graph, { name }) },
  { id: 'pytorch', label: 'PyTorch', description: 'modules in Python', language: 'python', code: (graph, name) => pytorchCode(graph, { name }) },
];

export const exportFormat = (id: unknown): ExportFormat | undefined => exportFormats.find(format => format.id === id);
