// What a block can be exported as.
import type { BlockGraph } from '../graph/block-graph.ts';
import type { Block } from '../vocabulary/block.ts';
import { blockJson } from './block-json.ts';
import { CannotExport } from './cannot-export.ts';
import { Identifiers } from './identifiers.ts';
import { kerasCode } from './keras/keras-code.ts';
import { pytorchCode } from './pytorch/pytorch-code.ts';
import { tfLayersCode } from './tf-layers-code.ts';

export interface Exportable {
  /** What is built is called after it. */
  readonly name: string;
  readonly graph: BlockGraph;
  /** Of what is written in blocks, where all of it is certain. */
  readonly data?: Block | undefined;
}

export interface ExportFormat {
  /** As the terminal names it. */
  readonly id: ExportFormatId;
  /** As people choose it. */
  readonly label: string;
  /** What comes out, in a few words. */
  readonly description: string;
  /** As editors name the language of the text. */
  readonly language: 'typescript' | 'python' | 'json';
  /** The text. Throws `CannotExport`. */
  readonly code: (block: Exportable) => string;
  /** Why no block of this kind has the form, whatever its layers are; undefined where one can have it. */
  readonly whyNot?: (block: Exportable) => string | undefined;
}

export type ExportFormatId = 'tf' | 'keras' | 'pytorch' | 'json';

const whyNoData = ({ data }: Exportable): string | undefined => (data ? undefined : 'JSON has what is written in blocks and certain in all its parts');

/** `tf.layers` first, which is what people write here. */
export const exportFormats: readonly ExportFormat[] = [
  {
    id: 'tf', label: 'tf.layers', description: 'a function in TypeScript', language: 'typescript',
    code: ({ graph, name }) => tfLayersCode(graph, { name: new Identifiers().take(name, true) }),
  },
  { id: 'keras', label: 'Keras', description: 'functions in Python, for Keras 3', language: 'python', code: ({ graph, name }) => kerasCode(graph, { name }) },
  { id: 'pytorch', label: 'PyTorch', description: 'modules in Python', language: 'python', code: ({ graph, name }) => pytorchCode(graph, { name }) },
  { id: 'json', label: 'JSON', description: 'the block as data', language: 'json', code: jsonCode, whyNot: whyNoData },
];

function jsonCode(block: Exportable): string {
  if (!block.data) throw new CannotExport(whyNoData(block)!);
  return blockJson(block.data);
}

export const exportFormat = (id: unknown): ExportFormat | undefined => exportFormats.find(format => format.id === id);
