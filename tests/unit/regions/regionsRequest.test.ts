import { describe, expect, it } from 'vitest';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { restrict } from '../../../src/model/restrict.ts';
import { regionsResult, validateRegionsRequest } from '../../../src/regions/regionsRequest.ts';
import { drawPlane } from '../../shorthand.ts';

describe('validateRegionsRequest', () => {
  it('takes the plane, sides, sides from a centre, and views', () => {
    expect(validateRegionsRequest({ window: null })).toEqual({ window: null });
    const least = { window: null, wins: 'least' };
    expect(validateRegionsRequest(least)).toEqual(least);
    const sides = { x: [-1, 1], y: [0, 2] };
    expect(validateRegionsRequest({ window: sides, cells: true })).toEqual({
      window: sides,
      cells: true,
    });
    expect(validateRegionsRequest({ window: { ...sides, center: [1000, -737.3] } }).window).toEqual(
      { ...sides, center: [1000, -737.3], centerLow: [0, 0] },
    );
    expect(validateRegionsRequest({ window: { ...sides, centerLow: [0, 1e-20] } }).window).toEqual({
      ...sides,
      center: [0, 0],
      centerLow: [0, 1e-20],
    });
    const view = { center: [1000, -737.3], centerLow: [1e-15, 0], halfWidth: 1e-12 };
    expect(validateRegionsRequest({ window: view }).window).toEqual({
      x: [-1e-12, 1e-12],
      y: [-1e-12, 1e-12],
      center: view.center,
      centerLow: view.centerLow,
    });
  });

  it.each([
    [undefined, 'request'],
    [{}, 'window'],
    [{ window: 'plane' }, 'window'],
    [{ window: { x: [0, 1] } }, 'window.y'],
    [{ window: { x: [1, 0], y: [0, 1] } }, 'window.x'],
    [{ window: { x: [-1e308, 1e308], y: [0, 1] } }, 'window.x'],
    [{ window: { x: [0, 1], y: [0, 1], center: [1e308, 0] } }, 'window.center'],
    [{ window: { center: [0, 0], halfWidth: 1e308 } }, 'window.halfWidth'],
    [{ window: { x: [0, 1], y: [0, 1], z: 1 } }, 'window.z'],
    [{ window: { x: [0, 1], y: [0, 1], center: [0] } }, 'window.center'],
    [{ window: { x: [0, 1], y: [0, 1], centerLow: [0, Number.NaN] } }, 'window.centerLow'],
    [{ window: { halfWidth: 1 } }, 'window.center'],
    [{ window: { center: [0, 0], halfWidth: 0 } }, 'window.halfWidth'],
    [{ window: { center: [0, 0], halfWidth: '1' } }, 'window.halfWidth'],
    [{ window: { center: [0, 0], halfWidth: 1, x: [0, 1] } }, 'window.x'],
    [{ window: null, cells: 1 }, 'cells'],
    [{ window: null, cell: true }, 'cell'],
    [{ window: null, wins: 'most' }, 'wins'],
  ])('rejects %j and names %s', (request, path) => {
    expect(() => validateRegionsRequest(request)).toThrow(
      expect.objectContaining({ name: 'InvalidInputError', path }),
    );
  });
});

describe('regionsResult', () => {
  const field = { kind: 'mlp', widths: [2, 5, 1], activation: 'relu', seed: 0 } as const;
  const network = drawPlane({ ...field, outputBias: null });

  it('has all counts and bounds, and cells if requested', () => {
    const counts = regionsResult(enumerateRegions(network, { window: null }));
    expect(Object.keys(counts).sort()).toEqual(
      [
        ...['activationRegions', 'affineFunctions', 'bounds', 'certified', 'exactDecisions'],
        ...['generic', 'linearRegions', 'reach', 'unbounded', 'vertices', 'window'],
      ].sort(),
    );
    expect(Object.keys(counts.bounds).sort()).toEqual(
      ['shallow', 'product', 'serra', 'montufar', 'expectedInUnitSquare'].sort(),
    );
    const detailed = regionsResult(enumerateRegions(network, { window: null, cells: true }));
    expect(detailed).toEqual({ ...counts, cells: expect.any(Array) });
    expect(detailed.cells).toHaveLength(counts.activationRegions);
  });

  it('has the decision of several outputs, and their maps in each cell', () => {
    const identity = restrict(networkOf({ kind: 'identity' }), null, null);
    const window = { x: [-1, 1], y: [-1, 1], center: [0, 0] } as const;
    const result = regionsResult(enumerateRegions(identity, { window, cells: true }));
    expect(result.decision).toEqual({
      regions: 2,
      classes: [
        { index: 0, regions: 1, area: 2 },
        { index: 1, regions: 1, area: 2 },
      ],
      boundaryLength: Math.hypot(2, 2),
    });
    const outputs = [
      { gradient: [1, 0], constant: 0, valueAtCenter: 0 },
      { gradient: [0, 1], constant: 0, valueAtCenter: 0 },
    ];
    expect(result.cells).toMatchObject([{ ...outputs[0], outputs, classes: [0, 1], pattern: [] }]);
  });
});
