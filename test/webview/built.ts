// Blocks that are built and ready to run, in Node.
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { asWritten } from '../../webview/run/as-written.ts';
import { BuiltBlock } from '../../webview/run/built-block.ts';
import { Executable } from '../../webview/run/executable.ts';

export async function buildBlock(graph: BlockGraph, lineOf: (node: number) => number | undefined = () => undefined): Promise<BuiltBlock> {
  const block = new BuiltBlock(graph, lineOf);
  await block.build(async () => {});
  return block;
}

export const executable = (block: BuiltBlock, backend: BackendName = 'cpu'): Executable => new Executable(block, asWritten(block), backend);
