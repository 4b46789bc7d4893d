import { describe, expect, test } from 'vitest';
import { cutFacets } from '../../../src/geometry/cutFacets.ts';
import type { Facets } from '../../../src/model/facets.ts';
import type { Vec2 } from '../../../src/model/field.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { FacetCutter } from '../../../src/picture/facetCutter.ts';
import { type FacetRequest, facetRequestOf } from '../../../src/picture/facetPictures.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import type { State } from '../../../src/state/state.ts';

const WIDE = validateField({
  network: { kind: 'drawn', widths: [2, 30, 30, 3], seed: 1 },
  readout: { kind: 'output', index: 2 },
});

function drawn(widths: number[], activation = 'relu', readout: object = { kind: 'class' }) {
  return validateField({ network: { kind: 'drawn', widths, activation, seed: 1 }, readout });
}

function stateOf(change: Partial<State> = {}, halfWidth = 2, center: Vec2 = [0, 0]): State {
  const view = { center, centerLow: [0, 0] as Vec2, halfWidth };
  return { ...DEFAULT_STATE, field: WIDE, view, ...change };
}

describe('facetRequestOf', () => {
  test('is for wide piecewise linear networks, a little more than the picture', () => {
    const request = facetRequestOf(stateOf({}, 2, [3, 4]), 200, 100)!;
    expect(request.network.layers.at(-1)!.outputs).toBe(3);
    expect(request.window.center).toEqual([3, 4]);
    expect(request.window.x[1]).toBeCloseTo(4 + 4 / 64, 12);
    expect(request.window.y[0]).toBeCloseTo(-2 - 2 / 64, 12);
  });

  test.each<[string, Partial<State>]>([
    ['straight-line code', { field: drawn([2, 8, 3]) }],
    ['smooth activations', { field: drawn([2, 30, 30, 3], 'tanh') }],
    ['too many neurons', { field: drawn([2, 200, 200, 3]) }],
    ['too many outputs', { field: drawn([2, 30, 30, 17]) }],
    [
      'hidden neurons',
      { field: drawn([2, 30, 30, 3], 'relu', { kind: 'neuron', layer: 1, index: 0 }) },
    ],
    ['np.gradient', { quantity: 'npGradientRows' }],
    ['patterns', { quantity: 'region' }],
    ['log-radial pictures', { projection: { kind: 'logRadial', decades: 6 } }],
  ])('leaves %s to kernels', (_, change) => {
    expect(facetRequestOf(stateOf(change), 100, 100)).toBeNull();
  });
});

describe('FacetCutter', () => {
  /** Cuts at once, and counts. */
  function open() {
    const asked: { request: FacetRequest; signal: AbortSignal }[] = [];
    const cutter = new FacetCutter(async (request, _most, signal) => {
      asked.push({ request, signal });
      return cutFacets(request.network, request.window);
    });
    return { cutter, asked };
  }

  test('keeps the facets for views inside, and cuts again for others', async () => {
    const { cutter, asked } = open();
    const first = (await cutter.cut(stateOf(), 100, 100)) as Facets;
    expect(first.outputs).toBe(3);
    expect(await cutter.cut(stateOf({ quantity: 'gradientNorm' }), 100, 100)).toBe(first);
    expect(await cutter.cut(stateOf({}, 1, [0.5, 0.5]), 100, 100)).toBe(first);
    const again = validateField(JSON.parse(JSON.stringify({ ...WIDE, slice: undefined })));
    expect(await cutter.cut(stateOf({ field: again }), 100, 100)).toBe(first);
    expect(asked.length).toBe(1);
    const other = { field: drawn([2, 30, 31, 3]) };
    for (const state of [stateOf({}, 1, [1.5, 0]), stateOf({}, 1e-3), stateOf(other)]) {
      expect(await cutter.cut(state, 100, 100)).not.toBe(first);
    }
    expect(asked.length).toBe(4);
  });

  test('has no facets where float64 has no digits for them', async () => {
    const { cutter } = open();
    expect(await cutter.cut(stateOf({}, 1e-12, [0.7, 0.3]), 100, 100)).toBeNull();
  });

  test('stops the cutting when asked to', () => {
    const { cutter, asked } = open();
    void cutter.cut(stateOf(), 100, 100);
    expect(asked[0]!.signal.aborted).toBe(false);
    cutter.stop();
    expect(asked[0]!.signal.aborted).toBe(true);
  });

  test('cuts nothing where nobody can', () => {
    expect(new FacetCutter(undefined).cut(stateOf(), 100, 100)).toBeNull();
  });
});
