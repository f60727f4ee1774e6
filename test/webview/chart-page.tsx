// A page with charts and what their callbacks heard. Bundled by chart.test.ts.
import { render } from 'preact';
import { Chart } from '../../webview/charts/chart.tsx';
import type { ChartSpec } from '../../webview/charts/chart-spec.ts';
import '../../webview/page.css';

const specs: Readonly<Record<string, ChartSpec>> = {
  logarithmic: {
    x: { title: 'MACs per byte', scale: 'logarithmic' }, y: { title: 'GMAC/s', scale: 'logarithmic' },
    series: [
      { name: 'Limited by arithmetic', as: 'points', color: 'blue', points: [{ x: 20, y: 30, interval: [24, 35], name: 'conv2d', id: 4, notes: ['a note'] }, { x: 45, y: 9, interval: [8, 9.5], name: 'dense', id: 7 }] },
      { name: 'Limited by memory', as: 'points', color: 'orange', points: [{ x: 0.4, y: 1.2, name: 'depthwiseConv2d', id: 9 }] },
      { name: 'Limit', as: 'line', color: 'foreground', dashed: true, points: [{ x: 0.1, y: 0.5 }, { x: 7, y: 36 }, { x: 100, y: 36 }] },
    ],
  },
  lines: {
    x: { title: 'Height and width', scale: 'linear' }, y: { title: 'Milliseconds', scale: 'linear', from: 0 },
    series: ['As written', 'As deployed'].map((name, i) => ({
      name, as: 'line', color: i === 0 ? 'blue' : 'green', points: [32, 64, 128, 224].map(size => ({ x: size, y: size * size / (1000 + 900 * i), interval: [size * size / (1100 + 900 * i), size * size / (800 + 900 * i)] })),
    })),
  },
  bars: {
    x: { title: 'Backend', scale: 'category' }, y: { title: 'Milliseconds', scale: 'linear', from: 0 },
    series: [{ name: 'Time', as: 'bars', color: 'purple', points: [{ x: 'WebGL', y: 12, interval: [11, 14] }, { x: 'WebAssembly', y: 3, interval: [2.9, 3.1] }] }],
  },
};

const heard: (number | null)[] = [];

function draw(names: readonly string[], active: number | null): void {
  render(
    <div class="charts-of-test">
      {names.map(name => <Chart key={name} caption={`The chart ${name}`} spec={specs[name]!} active={active} onHover={id => heard.push(id)} onSelect={id => heard.push(id)} />)}
    </div>,
    document.getElementById('app')!,
  );
}

Object.assign(window, { draw, heard });
