import { describe, expect, it } from 'vitest';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { cellAt } from '../../../src/geometry/locate.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { restrict } from '../../../src/model/restrict.ts';
import { areasOf } from '../../../src/regions/planeCells.ts';
import { type CardOptions, describeCell, isCut, keyOf } from '../../../src/regions/regionFacts.ts';
import { drawPlane } from '../../shorthand.ts';

const NETWORK = drawPlane({
  kind: 'mlp',
  widths: [2, 5, 5, 5, 5, 1],
  activation: 'relu',
  seed: 3,
  outputBias: null,
});
const PLANE = enumerateRegions(NETWORK, { window: null, cells: true });
const SQUARE = enumerateRegions(NETWORK, { window: { x: [-3, 3], y: [-3, 3] }, cells: true });

const never = () => {
  throw new Error('the whole area was asked for');
};

describe('describeCell', () => {
  const within = SQUARE.cells.find((cell) => !isCut(cell))!;
  const cut = SQUARE.cells.find(isCut)!;

  it('reports the area of a region that lies in the window, and requests no other', () => {
    const facts = new Map(describeCell(SQUARE, within, never));
    expect([...facts.keys()]).toEqual(['pattern', 'area', 'f(x)', 'gradient', 'neighbours']);
    expect(facts.get('pattern')).toBe(within.pattern.join(' '));
    expect(facts.get('neighbours')).toContain(`${within.neighbours.length}, across `);
    expect(
      describeCell(PLANE, PLANE.cells.find(({ unbounded }) => unbounded)!, () => null),
    ).toContainEqual(['area', '∞']);
  });

  it('reports the whole area of a region that the window clips', () => {
    const areas = (whole: number | 'counting' | null) =>
      describeCell(SQUARE, cut, () => whole).filter(([name]) => name.includes('area'));
    expect(areas(null).map(([name]) => name)).toEqual(['area in view']);
    expect(areas('counting')[1]).toEqual(['whole area', '…']);
    expect(areas(12.5)[1]).toEqual(['whole area', '12.5']);
    expect(areas(Number.POSITIVE_INFINITY)[1]).toEqual(['whole area', '∞']);
  });
});

describe('the classes of a region', () => {
  const network = restrict(
    networkOf({
      kind: 'explicit',
      layers: [
        { weight: [[1, 0]], bias: [0], activation: 'relu' },
        { weight: [[1], [0], [2]], bias: [0, 1, -4], activation: 'identity' },
      ],
    }),
    null,
    null,
  );
  const arrangement = enumerateRegions(network, {
    window: { x: [-3, 3], y: [-1, 1] },
    cells: true,
  });
  const facts = (x: number, options?: CardOptions) =>
    describeCell(arrangement, cellAt(arrangement, x, 0)!, () => null, options);

  it('are named on its card, with the maps of the outputs that win', () => {
    expect(facts(-1).slice(1, 2)).toEqual([['class', '1']]);
    expect(facts(1)).toContainEqual(['classes', '0, 1']);
    const classNames = ['cat', 'dog', 'bird'];
    expect(facts(1, { classNames })).toContainEqual(['classes', 'cat, dog']);
    expect(facts(1).map(([name]) => name)).toEqual([
      'pattern',
      'classes',
      'area in view',
      'output 0',
      'gradient of output 0',
      'output 1',
      'gradient of output 1',
      'neighbours',
    ]);
    const shown = new Map(facts(1, { output: 2 }));
    expect(shown.get('output 2')).toBe('2 x₁ + 0 x₂ − 4');
    expect(shown.get('gradient of output 2')).toBe('(2, 0), norm 2');
  });
});

describe('areasOf', () => {
  const areas = areasOf(PLANE);

  it('finds the whole region of each cell of a window by its pattern', () => {
    expect(areas.size).toBeGreaterThan(0.9 * PLANE.activationRegions);
    for (const cell of SQUARE.cells) {
      const whole = areas.get(keyOf(cell))!;
      // Both are sums of products of coordinates that are right to about 10⁻¹².
      if (isCut(cell)) expect(whole).toBeGreaterThan(cell.area * (1 - 1e-9));
      else expect(Math.abs(whole / cell.area - 1)).toBeLessThanOrEqual(1e-9);
      expect(whole).toBe(cellAt(PLANE, ...cell.interior)!.area);
    }
  });

  it('leaves out regions that are too small for their distance from the origin', () => {
    const points = [
      [1000, 1000],
      [1000 + 1e-9, 1000],
      [1000, 1000 + 1e-9],
    ].map(([x, y]) => ({ x: x!, y: y!, kind: 'vertex' as const }));
    const tiny = { ...PLANE.cells[0]!, corners: [0, 1, 2], unbounded: false, area: 5e-19 };
    expect(areasOf({ ...PLANE, points, cells: [tiny] }).size).toBe(0);
    const large = { ...tiny, area: 5e-19 * 1e18 };
    const far = points.map(({ x, y, kind }) => ({
      x: (x - 1000) * 1e9,
      y: (y - 1000) * 1e9,
      kind,
    }));
    expect(areasOf({ ...PLANE, points: far, cells: [large] }).size).toBe(1);
  });
});
