import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { cellAt } from '../../../src/geometry/locate.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { areasOf } from '../../../src/regions/planeCells.ts';
import { describeCell, isCut, keyOf } from '../../../src/regions/regionFacts.ts';
import { PLAIN_NAMES } from '../../../src/scales/names.ts';
import { drawPlane } from '../../shorthand.ts';
import { planeNames } from '../scales/planeNames.ts';

const NETWORK = drawPlane({
  kind: 'mlp',
  widths: [2, 5, 5, 5, 5, 1],
  activation: 'relu',
  seed: 3,
  outputBias: null,
});
const PLANE = enumerateRegions(NETWORK, { window: null, cells: true });
const SQUARE = enumerateRegions(NETWORK, { window: { x: [-3, 3], y: [-3, 3] }, cells: true });

const NAMES = PLAIN_NAMES;

const never = () => {
  throw new Error('the whole area was asked for');
};

describe('describeCell', () => {
  const within = SQUARE.cells.find((cell) => !isCut(cell))!;
  const cut = SQUARE.cells.find(isCut)!;

  it('reports the area of a region that lies in the window, and requests no other', () => {
    const facts = new Map(describeCell(SQUARE, within, NAMES, never));
    expect([...facts.keys()]).toEqual(['pattern', 'area', 'f(x)', 'gradient', 'neighbours']);
    expect(facts.get('pattern')).toBe(within.pattern.join(' '));
    expect(facts.get('neighbours')).toContain(`${within.neighbours.length}, across `);
    expect(
      describeCell(PLANE, PLANE.cells.find(({ unbounded }) => unbounded)!, NAMES, () => null),
    ).toContainEqual(['area', '∞']);
  });

  it('reports the whole area of a region that the window clips', () => {
    const areas = (whole: number | 'counting' | null) =>
      describeCell(SQUARE, cut, NAMES, () => whole).filter(([name]) => name.includes('area'));
    expect(areas(null).map(([name]) => name)).toEqual(['area in view']);
    expect(areas('counting')[1]).toEqual(['whole area', '…']);
    expect(areas(12.5)[1]).toEqual(['whole area', '12.5']);
    expect(areas(Number.POSITIVE_INFINITY)[1]).toEqual(['whole area', '∞']);
  });
});

describe('describeCell of several outputs', () => {
  const network = { kind: 'drawn', widths: [2, 6, 3], activation: 'relu', seed: 1 };
  const { whole } = resolve(validateField({ network }));
  const square = enumerateRegions(whole, { window: { x: [-3, 3], y: [-3, 3] }, cells: true });
  const factsOf = (cell: Cell) =>
    new Map(describeCell(square, cell, planeNames('u₁', 'u₂'), () => null));

  it('names the class that wins, with its affine map', () => {
    const cell = square.cells.find(({ classes }) => classes.length === 1)!;
    const name = `output ${cell.classes[0]! + 1}`;
    const facts = factsOf(cell);
    expect(facts.get('class')).toBe(NAMES.nameClass(cell.classes[0]!));
    expect([...facts.keys()].filter((key) => /output|f\(x\)|gradient/.test(key))).toEqual([name]);
    expect(facts.get(name)).toMatch(/^−?[\d.]+ u₁ [+−] [\d.]+ u₂ /);
  });

  it('says what share of the region each class has', () => {
    const cell = square.cells.find(({ classes }) => classes.length === 2)!;
    const text = factsOf(cell).get('class')!;
    const shares = [...text.matchAll(/class (\d) \(([\d.]+)\s%\)/g)];
    expect(shares.map(([, index]) => Number(index) - 1)).toEqual(cell.classes);
    // Two percentages to three digits.
    const sum = shares.reduce((total, [, , share]) => total + Number(share), 0);
    expect(Math.abs(sum - 100)).toBeLessThanOrEqual(0.1);
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
