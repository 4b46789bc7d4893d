import { describe, expect, it } from 'vitest';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { cellAt } from '../../../src/geometry/locate.ts';
import { areasOf } from '../../../src/regions/planeCells.ts';
import { describeCell, isCut, keyOf } from '../../../src/regions/regionFacts.ts';
import { drawNetwork } from '../../shorthand.ts';

const NETWORK = drawNetwork({
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
