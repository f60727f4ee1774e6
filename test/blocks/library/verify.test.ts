// The check against published networks as data and as a report, also where it has something to say.
import assert from 'node:assert/strict';
import { everyPublishedNetwork, partlyPublishedNetworks, publishedNetworks } from '../../../src/blocks/library/networks/published.ts';
import { resnet } from '../../../src/blocks/library/networks/resnet.ts';
import { checkInSteps, checkNetwork, checkNetworks, markdownReportOf, partlySummaryOf, reportOf, summaryOf } from '../../../src/blocks/library/verify.ts';
import { conv2d } from '../../../src/blocks/vocabulary/vocabulary.ts';

const resnet50 = publishedNetworks.find(({ name }) => name === 'ResNet50')!;
const regnet = partlyPublishedNetworks.find(({ name }) => name === 'RegNet_Y_3_2GF')!;

describe('the check against published networks', () => {
  it('finds every network exact', () => {
    const checks = checkNetworks();
    assert.deepEqual(checks.flatMap(({ differences }) => differences), []);
    assert.ok(checks.every(({ exact }) => exact));
    assert.equal(summaryOf(checks), '46 of 46 exact');
    assert.equal(partlySummaryOf(checks), '15 of 15 exact in parameters and in billions of MACs, of which no other figures are published');
  });

  it('goes in steps, one for each layout of each network', () => {
    const steps = checkInSteps();
    const names: string[] = [];
    for (let step = steps.next(); !step.done; step = steps.next()) names.push(step.value.name);
    assert.deepEqual(names, everyPublishedNetwork.flatMap(({ name }) => [name, name]));
  });

  it('is plain data', () => {
    const check = checkNetwork(resnet50);
    const figures = { params: 25_557_032, bnBuffers: 53_120, macs: 4_089_184_256, activations: 11_114_984 };
    assert.deepEqual(check, {
      name: 'ResNet50', input: 224, expected: figures, found: { channelsLast: figures, channelsFirst: figures }, exact: true, differences: [],
    });
    assert.deepEqual(JSON.parse(JSON.stringify(check)), check);
  });

  it('compares as many digits as are published', () => {
    const { found, ...check } = checkNetwork(regnet);
    assert.deepEqual(check, { name: 'RegNet_Y_3_2GF', input: 224, expected: { params: 19_436_338, gmacs: 3.176 }, exact: true, differences: [] });
    assert.deepEqual(Object.values(found).map(({ params, macs }) => [params, macs]), [[19_436_338, 3_176_482_752], [19_436_338, 3_176_482_752]]);
    assert.deepEqual(checkNetwork({ ...regnet, params: 19_436_339, gmacs: 3.177 }).differences, ['channelsLast', 'channelsFirst'].flatMap(layout => [
      `${layout}: 19,436,338 parameters, published 19,436,339`,
      `${layout}: 3,176,482,752 MACs, published 3.177 billion`,
    ]));
  });

  it('says what differs, in each layout', () => {
    // The first convolution of three stages gives a quarter of its places: 3/4 · (128 · 56² + 256 · 28² + 512 · 14²) values fewer.
    const { exact, differences } = checkNetwork(resnet50, resnet({ depth: 50, version: 'v1' }));
    assert.equal(exact, false);
    assert.deepEqual(differences, ['channelsLast', 'channelsFirst'].flatMap(layout => [
      `${layout}: 3,857,973,248 MACs, published 4,089,184,256`,
      `${layout}: 10,588,136 activations, published 11,114,984`,
    ]));
  });

  it('counts a problem of a layer as a difference', () => {
    const { differences } = checkNetwork(resnet50, conv2d({ filters: 64, kernelSize: 3, groups: 2 }));
    assert.ok(differences.some(difference => difference.startsWith('channelsFirst: conv2d: ')), differences.join('\n'));
  });

  it('reports a line for each network and ends with the sum', () => {
    const lines = reportOf([checkNetwork(resnet50)]).split('\n');
    assert.deepEqual(lines, [
      'network     input  parameters  batch-norm buffers           MACs  activations',
      'ResNet50  224×224  25,557,032              53,120  4,089,184,256   11,114,984  exact',
      '',
      '1 of 1 exact',
      '',
    ]);
  });

  it('counts apart of what less is published, and does not show figures of it that nobody can compare', () => {
    assert.deepEqual(reportOf([checkNetwork(resnet50), checkNetwork(regnet), checkNetwork({ ...regnet, gmacs: 3 })]).split('\n'), [
      'network           input  parameters  batch-norm buffers           MACs  activations',
      'ResNet50        224×224  25,557,032              53,120  4,089,184,256   11,114,984  exact',
      'RegNet_Y_3_2GF  224×224  19,436,338                   –  3,176,482,752            –  exact as published',
      'RegNet_Y_3_2GF  224×224  19,436,338                   –  3,176,482,752            –  differs (2)',
      '',
      'RegNet_Y_3_2GF, channelsLast: 3,176,482,752 MACs, published 3 billion',
      'RegNet_Y_3_2GF, channelsFirst: 3,176,482,752 MACs, published 3 billion',
      '1 of 2 exact in parameters and in billions of MACs, of which no other figures are published',
      '1 of 1 exact',
      '',
    ]);
    assert.equal(partlySummaryOf([checkNetwork(resnet50)]), undefined);
  });

  it('reports what differs before the sum', () => {
    const checks = [checkNetwork(resnet50, resnet({ depth: 50, version: 'v1' })), checkNetwork(resnet50)];
    const report = reportOf(checks);
    assert.match(report, /differs \(4\)/);
    assert.match(report, /\nResNet50, channelsLast: 3,857,973,248 MACs, published 4,089,184,256\n/);
    assert.ok(report.endsWith('\n1 of 2 exact\n'));
    assert.match(markdownReportOf(checks), /\n\* ResNet50, channelsFirst: 3,857,973,248 MACs, published 4,089,184,256\n/);
  });

  it('is a table in Markdown', () => {
    const report = markdownReportOf(checkNetworks());
    const rows = report.split('\n').filter(line => line.startsWith('|'));
    assert.equal(rows.length, 46 + 15 + 2);
    assert.equal(new Set(rows.map(row => row.split('|').length)).size, 1);
    assert.ok(report.endsWith('\n**46 of 46 exact**\n'));
  });
});
