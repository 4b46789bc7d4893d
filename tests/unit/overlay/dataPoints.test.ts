import { describe, expect, it, vi } from 'vitest';
import { loadDataSet } from '../../../src/data/loadDataSet.ts';
import { layerOf } from '../../../src/overlay/layers.ts';
import { type Mark, svgOf } from '../../../src/overlay/marks.ts';
import { classColor } from '../../../src/scales/classColors.ts';
import { hexColor } from '../../../src/scales/hexColor.ts';
import { validateState } from '../../../src/state/validate.ts';
import { PictureGeometry } from '../../../src/view/pictureGeometry.ts';

const SIZE = { width: 200, height: 200 };

/** Class 1 wherever x₁ < x₂. */
const identity = { network: { kind: 'identity' }, readout: { kind: 'class' } };

function layer(patch: object) {
  const state = validateState({ view: { center: [0, 0], halfWidth: 1 }, ...patch });
  const { marks, legend } = layerOf(state, PictureGeometry.of(state.projection, SIZE));
  return { dots: marks.flatMap((mark) => (mark.kind === 'dots' ? [mark] : [])), marks, legend };
}

const textsOf = ({ legend }: ReturnType<typeof layer>) => legend.map(({ text }) => text);

/** Points on the diagonals, more than have labels. */
function manyPoints(count: number) {
  const x = Array.from({ length: count }, (_, i) => [i / count, -i / count]);
  return { kind: 'points', x, y: x.map((_, i) => i % 2) };
}

describe('points of a data set', () => {
  it('lie where they are, in the colours of their classes, crossed out if the network is wrong', () => {
    const points = {
      kind: 'points',
      x: [
        [0.5, 0],
        [0, 0.5],
        [-0.5, 0],
      ],
      y: [0, 1, 0],
    };
    const { dots, marks, legend } = layer({ field: identity, data: points });
    expect(
      dots.map(({ look, shape, centers, style }) => [look, shape, centers, style.fill]),
    ).toEqual([
      [
        'point train',
        'disc',
        [
          [150, 100],
          [50, 100],
        ],
        hexColor(classColor(0)),
      ],
      ['point train', 'disc', [[100, 50]], hexColor(classColor(1))],
      ['casing', 'cross', [[50, 100]], 'none'],
      ['wrong', 'cross', [[50, 100]], 'none'],
    ]);
    expect(marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))).toEqual([
      '1',
      '2',
      '1',
    ]);
    expect(legend.map(({ text }) => text)).toEqual(['wrong: 1 of 3']);
  });

  it('are apart by shape after a split', () => {
    const shown = layer({
      data: { kind: 'moons', split: { testSize: 0.25, seed: 1 } },
      field: identity,
    });
    const counts = ['disc', 'square'].map(
      (shape) =>
        shown.dots.filter((mark) => mark.shape === shape).flatMap(({ centers }) => centers).length,
    );
    // Some lie outside of the view.
    expect(counts[0]).toBeGreaterThan(2 * counts[1]!);
    expect(counts[1]).toBeGreaterThan(10);
    expect(textsOf(shown)).toContain('for testing');
    expect(textsOf(shown).at(-1)).toMatch(/^wrong: \d+ of 150, in testing \d+ of 50$/);
  });

  it('have a class by the sign of a single output', () => {
    const network = {
      kind: 'explicit',
      layers: [{ weight: [[1, 0]], bias: [0], activation: 'identity' }],
    };
    const data = {
      kind: 'points',
      x: [
        [1, 0],
        [-1, 0],
        [2, 0],
      ],
      y: [1, 1, 0],
    };
    expect(textsOf(layer({ field: { network }, data }))).toContain('wrong: 2 of 3');
    // Three classes are not those of one output.
    expect(
      textsOf(layer({ field: { network }, data: { ...data, y: [1, 1, 2] } })).join(),
    ).not.toContain('wrong');
  });

  it('of a regression are grey, from the least target to the greatest', () => {
    const data = {
      kind: 'points',
      x: [
        [0, 0],
        [0.1, 0],
        [0.2, 0],
      ],
      y: [[-1], [0], [3]],
    };
    const { dots, legend } = layer({ data });
    expect(dots.map(({ style }) => style.fill)).toEqual(['#111111', '#474747', '#ffffff']);
    expect(legend.map(({ text }) => text)).toEqual(['target −1', 'target 3']);
  });

  it('are paler the farther they are from the slice', () => {
    const network = { kind: 'drawn', widths: [3, 4, 2] };
    const data = {
      kind: 'points',
      x: [
        [0, 0, 0],
        [0.1, 0, 1],
        [0.2, 0, 2],
        [0.3, 0, 4],
      ],
      y: [0, 0, 0, 0],
    };
    const { dots, legend } = layer({ field: { network }, data });
    const points = dots.filter(({ look }) => look.startsWith('point'));
    expect(points.map(({ style, centers }) => [style.opacity, centers[0]![0]])).toEqual([
      [0.25, 130],
      [0.45, 120],
      [0.7, 110],
      [1, 100],
    ]);
    expect(legend.at(-1)!.text).toBe('paler: farther from the slice');
  });

  it('are few elements if they are many', () => {
    const { dots, marks } = layer({ field: identity, data: manyPoints(10_000) });
    expect(marks.length).toBeLessThan(10);
    expect(dots.find(({ shape }) => shape === 'disc')!.centers.length).toBe(5000);
    // Those out of sight are none.
    expect(layer({ view: { center: [9, 9], halfWidth: 1 }, data: manyPoints(100) }).dots).toEqual(
      [],
    );
  });

  it('are none if nobody wants them', () => {
    const { marks, legend } = layer({ data: manyPoints(100), dataPoints: false });
    expect([...marks, ...legend]).toEqual([]);
  });

  it('say why there are none', async () => {
    // Where nobody has fetched the digits yet: files of tests share modules.
    vi.resetModules();
    const fresh = await import('../../../src/overlay/layers.ts');
    const state = validateState({ data: { kind: 'digits' } });
    const { legend } = fresh.layerOf(state, PictureGeometry.of(state.projection, SIZE));
    expect(legend.map(({ text }) => text)).toEqual(['The data are being fetched.']);
    await loadDataSet(state.data!);
    expect(textsOf(layer({ data: { kind: 'digits' } }))).toEqual([
      'The data have 64 inputs, the network 2.',
    ]);
  });
});

it('draws each shape as one path', () => {
  const path = (shape: 'disc' | 'square' | 'cross') => {
    const mark: Mark = {
      kind: 'dots',
      shape,
      centers: [
        [10, 20],
        [1, 2],
      ],
      radius: 4.5,
      look: '',
      style: {},
    };
    return svgOf(mark).attributes.d;
  };
  expect(path('square')).toBe('M5.5 15.5h9v9h-9zM-3.5 -2.5h9v9h-9z');
  expect(path('cross')).toBe('M5.5 15.5l9 9m0 -9l-9 9M-3.5 -2.5l9 9m0 -9l-9 9');
  expect(path('disc')).toBe(
    'M5.5 15.5m0 4.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0zM-3.5 -2.5m0 4.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z',
  );
});
