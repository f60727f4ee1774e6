// The sizes that somebody gives in a terminal: `H=224`, for a dim of the block that can have it.
import { layerIn } from '../blocks/features/run-words.ts';
import { sizeObstacleText } from '../blocks/features/size-words.ts';
import { freeDims } from '../blocks/graph/bind-symbols.ts';
import { fixedSizes } from '../blocks/graph/fixed-sizes.ts';
import type { BlockPayload } from '../blocks/protocol/messages.ts';

/** Numbers by names. A text says what is wrong. */
export function readSizes(given: readonly string[], block: BlockPayload): Readonly<Record<string, number>> | string {
  const free = freeDims(block.graph).map(({ name }) => name);
  const fixed = fixedSizes(block.graph);
  const sizes: Record<string, number> = {};
  for (const one of given) {
    const [, name, number] = /^(.+)=(\d+)$/.exec(one) ?? [];
    if (name === undefined || Number(number) < 1) return `--size ${one}: a size is a name and a positive integer, such as H=224`;
    const obstacle = fixed.find(candidate => candidate.name === name)?.obstacle;
    if (obstacle) return `--size ${one}: ${name} is fixed: ${sizeObstacleText(obstacle, node => layerIn(block, node))}`;
    if (!free.includes(name) && !fixed.some(candidate => candidate.name === name)) {
      const names = [...free, ...fixed.filter(candidate => !candidate.obstacle).map(candidate => candidate.name)];
      return `--size ${one}: there is no ${name} in ${block.name}: ${names.length > 0 ? `it has ${names.join(', ')}` : 'it has nothing whose size could be another one'}`;
    }
    sizes[name] = Number(number);
  }
  return sizes;
}
