// Model files that are broken, hostile or too large: what is whole keeps its figures, nothing is told wrong, and nothing throws.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { Analysis } from '../../../src/blocks/analysis.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { seed } from '../layers/random-seed.ts';
import { count, plain } from './figures.ts';

const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 400);

/** A chain of convolutions with shortcuts, as a functional model. */
function network(blocks: number): object {
  const layers: object[] = [{ class_name: 'InputLayer', config: { batch_input_shape: [null, 32, 32, 3], dtype: 'float32', name: 'x' }, name: 'x', inbound_nodes: [] }];
  let before = 'x';
  const add = (class_name: string, name: string, config: object, ...from: string[]): void => {
    layers.push({ class_name, config: { name, trainable: true, ...config }, name, inbound_nodes: [from.map(layer => [layer, 0, 0, {}])] });
    before = name;
  };
  for (let i = 0; i < blocks; i++) {
    add('Conv2D', `conv${i}`, { filters: 8 + i, kernel_size: [3, 3], strides: [1, 1], padding: 'same', data_format: 'channels_last', use_bias: false, kernel_initializer: { class_name: 'Zeros', config: {} } }, before);
    add('BatchNormalization', `bn${i}`, { axis: [3], momentum: 0.99, center: true, scale: true }, before);
    add('Add', `sum${i}`, {}, `conv${i}`, `bn${i}`);
  }
  return { format: 'layers-model', modelTopology: { class_name: 'Functional', config: { name: 'm', layers, input_layers: [['x', 0, 0]], output_layers: [[before, 0, 0]] } } };
}

const figures = ({ sites }: Analysis) => new Map(sites.map(({ at, variants: [first] }) => [at.start, first && { name: first.names[0], output: plain(first.output), params: count(first.params) }]));

describe('broken model files', () => {
  for (const [how, space] of [['on one line', undefined], ['on many lines', 2]] as const) {
    it(`keeps what is whole, ${how}`, () => {
      console.log(`      seed ${seed}`);
      const random = new RandomNumbers(seed);
      const text = JSON.stringify(network(6), null, space);
      const whole = figures(analyze('model.json', text));
      const starts = analyze('model.json', text).sites.map(({ call }) => call.start);
      let lost = 0;
      for (let i = 0; i < runs; i++) {
        // The damage lies within one layer.
        const layer = random.integer(0, starts.length - 2);
        const [from, to] = [starts[layer]!, starts[layer + 1]! - 3];
        const at = random.integer(from + 1, to - 1);
        // A key or two, or a piece that takes several brackets with it.
        const cut = random.chance(0.7) ? random.integer(0, 1) : random.integer(2, Math.min(20, to - at));
        const put = random.pick(['', '', '"', '{', '}', '[', ']', ',', ':', 'x', '1', '\n', '"name', '\\']);
        const damaged = text.slice(0, at) + put + text.slice(at + cut);
        const analysis = analyze('model.json', damaged);
        const now = figures(analysis);
        const moved = put.length - cut;
        const context = JSON.stringify({ layer, at, cut: text.slice(at, at + cut), put, around: damaged.slice(Math.max(0, at - 60), at + 60) });
        for (const [place, was] of whole) {
          if (place < from) assert.deepEqual(now.get(place), was, `before: ${context}`);
          if (place <= starts[layer + 1]! || analysis.parses) continue;
          const is = now.get(place + moved);
          // A name that is broken, or that another one is made into, leads elsewhere: then the figures are not known.
          if (!is) {
            assert.ok(cut > 1, `gone: ${was?.name} ${context}`);
            lost++;
            break;
          }
          assert.equal(is.name, was!.name);
          assert.ok(is.output === '?' || JSON.stringify(is.output) === JSON.stringify(was!.output), `${was!.name} is ${JSON.stringify(is)}: ${context}`);
          assert.ok(is.params === '?' || is.params === was!.params, `${was!.name} has ${is.params}: ${context}`);
        }
      }
      console.log(`      after ${runs} damages, layers behind were lost ${lost} times`);
      assert.ok(lost <= runs / 20);
    });

    it(`keeps what is before an end that is missing, ${how}`, () => {
      const random = new RandomNumbers(seed + 1);
      const text = JSON.stringify(network(6), null, space);
      const whole = analyze('model.json', text);
      const known = figures(whole);
      const ends = [...whole.sites.map(({ call }) => call.start).slice(1), text.length];
      for (let i = 0; i < runs; i++) {
        const end = random.integer(0, text.length);
        const now = figures(analyze('model.json', text.slice(0, end)));
        whole.sites.forEach(({ at }, k) => { if (ends[k]! <= end) assert.deepEqual(now.get(at.start), known.get(at.start)); });
      }
    });
  }

  it('reads any text without throwing', () => {
    const random = new RandomNumbers(seed + 2);
    const text = JSON.stringify(network(2));
    const pieces = text.split(/(?<=[,:{}[\]])/);
    for (let i = 0; i < runs; i++) {
      const mixed = [...pieces];
      for (let k = random.integer(1, 12); k > 0; k--) mixed[random.integer(0, mixed.length - 1)] = random.pick([...pieces, '', 'null', '1e999', '-3', '9007199254740993', '"__proto__"', '{}', '[]']);
      analyze('model.json', mixed.join(''));
    }
  });
});

const layer = (name: string, ...from: unknown[]): object => ({ class_name: 'Dense', name, config: { name, units: 2 }, inbound_nodes: from });
const functional = (...layers: object[]): object => ({ class_name: 'Functional', config: { name: 'm', layers, input_layers: [], output_layers: [] } });
const read = (file: unknown): Analysis => analyze('model.json', typeof file === 'string' ? file : JSON.stringify(file));

describe('hostile model files', () => {
  it('does not go round in a circle', () => {
    const { sites } = read(functional(layer('a', [['b', 0, 0]]), layer('b', [['a', 0, 0]]), layer('c', [['c', 0, 0]]), layer('d', [['b', 0, 0]])));
    assert.ok(sites.some(({ variants: [first] }) => (first!.params as { reason?: string }).reason?.includes('circle')));
  });

  it('takes two layers of one name for neither', () => {
    const input = { class_name: 'InputLayer', name: 'x', config: { batch_input_shape: [null, 3] }, inbound_nodes: [] };
    const { sites } = read(functional(input, layer('a', [['x', 0, 0]]), layer('a', [['x', 0, 0]]), layer('b', [['a', 0, 0]])));
    assert.deepEqual(sites.map(({ variants: [first] }) => count(first!.params)), [0, 8, 8, '?']);
  });

  it('reads names that objects have anyway', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const { sites } = read(`{"class_name":"Sequential","config":{"name":"${name}","layers":[{"class_name":"${name}","config":{"${name}":1}},{"class_name":"Dense","config":{"units":2,"${name}":{"class_name":"${name}"},"batch_input_shape":[null,3]}}]}}`);
      assert.equal(sites.length, 2);
    }
  });

  it('counts with no number that is too large', () => {
    for (const units of ['1e308', '1e999', '-1', '0', '1.5', '99999999999999999999', '"3"', 'null', '{}', '[[[]]]']) {
      const { sites: [site] } = read(`{"class_name":"Sequential","config":{"layers":[{"class_name":"Dense","config":{"units":${units},"batch_input_shape":[null,3]}}]}}`);
      assert.equal(count(site!.variants[0]!.params), '?', units);
    }
  });

  it('ends with models that contain each other, lists of lists, and inputs from everywhere', () => {
    let model: object = functional({ class_name: 'InputLayer', name: 'x', config: { batch_input_shape: [null, 2] }, inbound_nodes: [] }, layer('a', [['x', 0, 0]]));
    for (let i = 0; i < 40; i++) {
      const inner = { ...model, name: 'inner', inbound_nodes: [[['x', 0, 0]], [['inner', 0, 0]], [['inner', 1, 0]]] };
      model = functional({ class_name: 'InputLayer', name: 'x', config: { batch_input_shape: [null, 2] }, inbound_nodes: [] }, inner);
    }
    read(model);
    read({ class_name: 'Sequential', config: { layers: [{ class_name: 'Dense', config: { units: JSON.parse('['.repeat(2_000) + ']'.repeat(2_000)) as unknown } }] } });
    read(functional(...Array.from({ length: 3_000 }, (_, i) => layer(`l${i}`, [[`l${i + 1}`, 0, 0]]))));
    let text = JSON.stringify(model);
    for (let i = 0; i < 4; i++) text = JSON.stringify({ modelTopology: text });
    read(text);
  });

  it('declines what is too large without reading it', () => {
    const { problems, sites } = read(`{"class_name": "Sequential", "config": {"layers": [${' '.repeat(50_000_000)}]}}`);
    assert.deepEqual([sites, problems.map(({ id, severity }) => [id, severity])], [[], [['file-too-large', 'information']]]);
    assert.deepEqual(read(' '.repeat(50_000_000)).problems, []);
  });
});
