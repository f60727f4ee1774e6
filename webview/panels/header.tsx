// Name, place, what goes in and out, and the totals of the block as its source writes them.
import type { JSX } from 'preact';
import { countedTotals } from '../../src/blocks/counting/totals.ts';
import { countedBy, operationsInFull, operationsUnit, parametersUnit } from '../../src/blocks/counting/words.ts';
import { exactCount, shortCount } from '../../src/blocks/features/figures.ts';
import { shapesLabel, wholeShapes } from '../../src/blocks/features/shape-label.ts';
import { shapesOut } from '../../src/blocks/graph/tensors.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BlockPayload } from '../../src/blocks/protocol/messages.ts';
import { isUnknown, type Dim } from '../../src/blocks/shapes/dim.ts';

/** `bound` has numbers for the free dims, for a count that is too long as a formula. */
export function Header({ block, bound }: { readonly block: BlockPayload; readonly bound: BlockGraph }): JSX.Element {
  const { graph, counting } = block;
  const totals = countedTotals(graph.nodes, counting);
  const atSizes = countedTotals(bound.nodes, counting);
  const [inputs, outputs] = [graph.inputs.map(id => graph.nodes[id]!.output), shapesOut(graph)];
  const layers = graph.nodes.filter(node => node.inputs.length > 0).length;
  const assumed = [...new Set(graph.nodes.flatMap(node => node.assumed))];
  return (
    <header class="header">
      <div class="header-name">
        <h1>{block.name}</h1>
        <span class="quiet">{block.fileLabel}</span>
      </div>
      <dl class="facts">
        <Fact name="shape" title={`${wholeShapes(inputs)} → ${wholeShapes(outputs)}, inferred`}>
          <span class="figures">{shapesLabel(inputs)} <span class="quiet">→</span> {shapesLabel(outputs)}</span>
        </Fact>
        <Fact name="layers"><span class="figures">{layers}</span></Fact>
        <Fact name={parametersUnit(counting, 'parameters')} title={countTitle(totals.params, `inferred, ${countedBy(counting)}${left(totals.uncountedParams)}; weights that are shared count once`)}>
          <Count count={totals.params} atSizes={atSizes.params} />
          {typeof totals.nonTrainableParams === 'number' && totals.nonTrainableParams > 0 && <span class="quiet"> of which {shortCount(totals.nonTrainableParams)} not trainable</span>}
        </Fact>
        <Fact name={operationsUnit(counting)} title={countTitle(totals.operations, `${operationsInFull(counting)}, inferred`)}>
          <Count count={totals.operations} atSizes={atSizes.operations} />
        </Fact>
      </dl>
      {assumed.length > 0 && <p class="assumed">Assumed: {assumed.join(', ')}</p>}
    </header>
  );
}

/** A formula while it is short, otherwise what it comes to at the sizes of the form. */
function Count({ count, atSizes }: { readonly count: Dim; readonly atSizes: Dim }): JSX.Element {
  const text = shortCount(count);
  if (text !== '…') return <span class="figures">{text}</span>;
  return <><span class="figures">{shortCount(atSizes)}</span><span class="quiet"> at the sizes below</span></>;
}

function Fact(props: { readonly name: string; readonly title?: string; readonly children: JSX.Element | (JSX.Element | false)[] }): JSX.Element {
  return <div class="fact" title={props.title}><dt>{props.name}</dt><dd>{props.children}</dd></div>;
}

/** What the convention leaves out. */
const left = (uncounted: Dim): string => (uncounted === 0 ? '' : `: without ${exactCount(uncounted)} running statistics`);

const countTitle = (count: Dim, how: string): string => (isUnknown(count) ? `Not known: ${count.reason}` : `${exactCount(count)}, ${how}`);
