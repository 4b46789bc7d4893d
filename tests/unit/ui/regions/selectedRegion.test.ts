import { expect, test } from 'vitest';
import { enumerateRegions } from '../../../../src/geometry/enumerateRegions.ts';
import { resolve } from '../../../../src/model/resolve.ts';
import { keyOf } from '../../../../src/regions/regionFacts.ts';
import { flightTo } from '../../../../src/regions/regionViews.ts';
import { DEFAULT_STATE } from '../../../../src/state/defaults.ts';
import { decodeState, encodeState } from '../../../../src/state/url.ts';
import { pointOf, RegionFinder, selectionAt } from '../../../../src/ui/regions/selectedRegion.ts';
import { HOME } from '../../../../src/view/view.ts';
import { fieldOf } from '../../../shorthand.ts';

const network = (...widths: number[]) =>
  fieldOf({ kind: 'mlp', widths, activation: 'relu', seed: 0, outputBias: null });
const FIELD = network(2, 8, 5, 1);

/** The cells of the network in a square about its vertex that is nearest to (0.3, −0.2). */
function cellsAt(halfWidth: number) {
  const plane = resolve(FIELD).whole;
  const { points } = enumerateRegions(plane, { window: null, cells: true });
  const distance = ({ x, y }: { x: number; y: number }) => Math.hypot(x - 0.3, y + 0.2);
  const vertices = points.filter(({ kind }) => kind === 'vertex');
  const { x, y } = vertices.sort((a, b) => distance(a) - distance(b))[0]!;
  const window = {
    x: [-halfWidth, halfWidth],
    y: [-halfWidth, halfWidth],
    center: [x, y],
  } as const;
  return enumerateRegions(plane, { window, cells: true });
}

test.each([1, 1e-12])('a link names every region in a view of half-width %d', (halfWidth) => {
  const arrangement = cellsAt(halfWidth);
  expect(arrangement.cells.length).toBeGreaterThanOrEqual(4);
  const finder = new RegionFinder();
  for (const cell of arrangement.cells) {
    const { inside } = flightTo(arrangement, cell, HOME);
    const state = { ...DEFAULT_STATE, field: FIELD, edges: true, selection: selectionAt(inside) };
    const { state: restored, problem } = decodeState(encodeState(state));
    expect(problem).toBeNull();
    expect(finder.keyAt(FIELD, pointOf(restored.selection!))).toBe(keyOf(cell));
  }
});

test('a point names a region of each network', () => {
  const finder = new RegionFinder();
  const point = { x: { high: 0.5, low: 0 }, y: { high: 0.25, low: 0 } };
  const first = finder.keyAt(FIELD, point);
  const other = finder.keyAt(network(2, 3, 1), point);
  expect(first).toMatch(/^[01]{8} [01]{5}$/);
  expect(other).toMatch(/^[01]{3}$/);
  expect(finder.keyAt(FIELD, point)).toBe(first);
});
