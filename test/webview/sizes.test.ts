// Other sizes than those of the source, in the page: what is shown, what runs, how it is said, and the way back.
import assert from 'node:assert/strict';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { GraphBuilder } from '../blocks/graph/build-graph.ts';
import { payload } from './blocks.ts';
import { withPage, type BlockPage } from './open-page.ts';

function network(flat: boolean): BlockGraph {
  const build = new GraphBuilder();
  const conv = build.layer('conv2d', { filters: 4, kernelSize: 3, padding: 'same' }, build.input([1, 8, 8, 3]));
  const list = flat ? build.layer('flatten', {}, conv) : build.layer('globalAveragePooling2d', {}, conv);
  return build.graph(build.layer('dense', { units: 5 }, list));
}

describe('other sizes than those of the source', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; });

  const cell = (row: number, column: number): Promise<string> => page.page.locator(`tr[data-row="${row}"] td`).nth(column).innerText();
  const set = async (name: string, size: number): Promise<void> => {
    const input = page.page.locator(`.fixed-sizes input[name="${name}"]`);
    await input.fill(String(size));
    await input.press('Enter');
    await input.dispatchEvent('change');
  };

  it('change what is shown and what runs, say so, and go back', async () => {
    await page.chooseBackend('cpu');
    await page.show(payload('network', network(false)));
    await page.page.getByText('Other sizes').click();
    await set('height', 16);
    await set('batch', 2);
    await page.page.getByText('Shown and run with batch 2 instead of 1, height 16 instead of 8 in the source.').waitFor();
    assert.equal(await cell(1, 2), '[2, 16, 8, 4]');
    assert.equal(await cell(1, 4), (16 * 8 * 9 * 3 * 4).toLocaleString('en-US'));
    await page.page.getByRole('button', { name: 'Profile' }).click();
    const { report } = await page.next('runFinished');
    assert.deepEqual([report.chosenDims, report.inputShapes, report.measuredShapes, report.mismatches], [{ batch: 2, height: 16 }, [[2, 16, 8, 3]], [[2, 5]], []]);
    assert.match(await page.page.locator('.checks').innerText(), /with batch = 2, height = 16, which is not as in the source: batch 2 instead of 1, height 16 instead of 8/);
    await page.page.getByRole('button', { name: 'Copy' }).click();
    assert.match((await page.next('copy')).text, /not as in the source: batch 2 instead of 1, height 16 instead of 8/);
    await page.page.getByRole('button', { name: 'Put batch back to 1' }).click();
    await page.page.getByRole('button', { name: 'As in the source' }).click();
    await page.page.getByText('This is an earlier result. It was measured with batch = 2, height = 16.').waitFor();
    assert.equal(await cell(1, 2), '[1, 8, 8, 4]');
    assert.equal(await page.page.locator('.sizes-note').count(), 0);
  });

  it('are refused with the layer that fixes them', async () => {
    await page.show(payload('flat', network(true)));
    await page.page.getByText('Other sizes').click();
    assert.ok(await page.page.locator('.fixed-sizes input[name="height"]').isDisabled());
    assert.ok(await page.page.locator('.fixed-sizes input[name="batch"]').isEnabled());
    assert.match((await page.page.locator('.fixed-sizes').innerText()).replace(/\s+/g, ' '), /height = fixed: the weights of dense in line 4 have it in their shape, because flatten in line 3 makes one list of all values/);
  });
});
