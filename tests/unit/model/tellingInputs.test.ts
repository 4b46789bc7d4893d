import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation } from '../../../src/model/activations.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { firstLook, lookAtInputs } from '../../../src/model/firstLook.ts';
import type { FullNetwork, NetworkLayer } from '../../../src/model/networks.ts';
import { sensitivities, tellingInputs } from '../../../src/model/tellingInputs.ts';

function layer(
  weight: readonly (readonly number[])[],
  bias: readonly number[],
  activation: Activation = 'identity',
): NetworkLayer {
  return {
    inputs: weight[0]!.length,
    outputs: bias.length,
    weight: Float64Array.from(weight.flat()),
    bias: Float64Array.from(bias),
    activation,
  };
}

const affine = (...weight: number[][]): FullNetwork => ({
  layers: [
    layer(
      weight,
      weight.map(() => 0),
    ),
  ],
});
const drawn = (widths: readonly number[]) =>
  networkOf({ kind: 'drawn', widths, activation: 'relu', seed: 0, outputBias: null });
const unknown = (count: number) => Array.from({ length: count }, () => null);

describe('sensitivities', () => {
  it('are slopes times the widths of the ranges, 2 where there is none', () => {
    const found = sensitivities(affine([3, -4, 0]), [[0, 10], null, [0, 1]]);
    expect([...found]).toEqual([30, 8, 0]);
  });

  it('leave out what all outputs share', () => {
    // Every output rises by 100 x₁; the first is ahead by 2 x₂, that is x₂ from the mean, and so is the second behind.
    const found = sensitivities(affine([100, 2], [100, 0]), unknown(2));
    expect(found[0]).toBe(0);
    // √(1² + 1²) in the mean over the signs, and a factor 2 for the range; signs are equal, or not, in half of the points.
    expect(found[1]! > 1 && found[1]! < 4).toBe(true);
  });

  it('are means over the ranges: a ReLU that is on in a quarter of one counts half', () => {
    const hidden = layer(
      [
        [1, 0],
        [0, 1],
      ],
      [-3, 0],
      'relu',
    );
    const network = { layers: [hidden, layer([[1, 1]], [0])] };
    const [first, second] = sensitivities(network, [
      [0, 4],
      [0, 4],
    ]);
    // √¼ · 4, by 32 points that are drawn; the second is on everywhere.
    expect(Math.abs(first! - 2)).toBeLessThanOrEqual(0.8);
    expect(second).toBe(4);
  });

  it('agree with differences of the outputs for smooth networks', () => {
    const network: FullNetwork = {
      layers: [layer([[0.5, -1, 0.25]], [0.1], 'tanh'), layer([[2]], [0])],
    };
    // Ranges so short that each is a point: φ′(0.1) times the weights.
    const width = 1e-6;
    const slope = 2 * (1 - Math.tanh(0.1) ** 2);
    const found = sensitivities(network, [
      [0, width],
      [0, width],
      [0, width],
    ]);
    [0.5, 1, 0.25].forEach((weight, i) => {
      expect(Math.abs(found[i]! / width - weight * slope)).toBeLessThanOrEqual(1e-5);
    });
  });
});

describe('tellingInputs', () => {
  it('are the two with the largest slopes, in their order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 2, maxLength: 40 }),
        (slopes) => {
          const [first, second] = [...slopes]
            .sort((a, b) => b - a)
            .map((slope) => slopes.indexOf(slope));
          const expected = [first!, second!].sort((a, b) => a - b);
          expect(tellingInputs(affine(slopes), unknown(slopes.length))).toEqual(expected);
        },
      ),
    );
  });

  it('are the first ones where all tell the same, and a single input twice', () => {
    expect(tellingInputs(affine([1, 1, 1]), unknown(3))).toEqual([0, 1]);
    expect(tellingInputs(affine([0, 0, 0]), unknown(3))).toEqual([0, 1]);
    expect(tellingInputs(affine([5]), unknown(1))).toEqual([0, 0]);
  });

  it('are the same in each call, of 4096 inputs too', () => {
    const network = drawn([4096, 64, 10]);
    const found = tellingInputs(network, unknown(4096));
    expect(found).toEqual(tellingInputs(network, unknown(4096)));
    expect(found[0]).toBeLessThan(found[1]);
  });
});

describe('firstLook', () => {
  it('fills the view with the ranges of the two inputs, the others in the middle of theirs', () => {
    const look = firstLook(affine([1, 9, 3]), [
      [-2, 6],
      [0, 1],
      [10, 20],
    ]);
    expect(look).toEqual({
      slice: { origin: [2, 0, 0], axis1: [0, 1, 0], axis2: [0, 0, 1] },
      center: [0.5, 15],
      halfWidth: 5,
    });
  });

  it('is the plane itself for two inputs in their order, and a stripe for one', () => {
    const plane = firstLook(affine([1, 1]), [
      [-1, 3],
      [-1, 1],
    ]);
    expect(plane).toEqual({ slice: null, center: [1, 0], halfWidth: 2 });
    const ranges = [[-1, 3] as const, [-1, 1] as const];
    expect(lookAtInputs(affine([1, 1]), ranges, 1, 0)).toEqual({
      slice: { origin: [0, 0], axis1: [0, 1], axis2: [1, 0] },
      center: [0, 1],
      halfWidth: 2,
    });
    const stripe = { origin: [0], axis1: [1], axis2: [0] };
    expect(firstLook(affine([1]), [[2, 4]])).toEqual({
      slice: stripe,
      center: [3, 0],
      halfWidth: 1,
    });
  });

  it('holds three quarters of the hinges where a range is not known', () => {
    // x = 1, y = −4, 3x + 4y = −15 at a distance of 3, and x = 900.
    const hidden = layer(
      [
        [1, 0],
        [0, 2],
        [3, 4],
        [1, 0],
      ],
      [-1, 8, 15, -900],
      'relu',
    );
    const network = { layers: [hidden, layer([[1, 1, 1, 1]], [0])] };
    expect(firstLook(network, [null, [0, 1]])).toEqual({
      slice: null,
      center: [0, 0.5],
      halfWidth: 5,
    });
    expect(firstLook(affine([1, 2]), unknown(2)).halfWidth).toBe(5);
  });

  it.each([
    ['is 1 where all hinges pass through the middle', [0, 0, 0, 0, 0], 1],
    ['is 1 if they do so up to rounding', [0, 1e-17, 0, 1e-12, 0], 1],
    ['holds the nearest one that does not', [0, 0, 0, 0, 3], 5],
    ['holds hinges that are close together', [0.004, 0.004, 0.004, 0.004, 0.004], 0.005],
  ])('%s: its half-width', (_, bias, halfWidth) => {
    const hidden = layer(
      bias.map((_, i) => [Math.cos(i), Math.sin(i)]),
      bias,
      'relu',
    );
    const network = { layers: [hidden, layer([bias.map(() => 1)], [0])] };
    expect(firstLook(network, unknown(2)).halfWidth).toBe(halfWidth);
  });

  it('is a view that a state may have, whatever the network', () => {
    const ranges = fc.array(
      fc.option(
        fc
          .tuple(
            fc.double({ min: -1e6, max: 1e6, noNaN: true }),
            fc.double({ min: 0, max: 1e6, noNaN: true }),
          )
          .map(([a, b]) => [a, a + b] as const),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(ranges, fc.integer({ min: 1, max: 8 }), (given, outputs) => {
        const { center, halfWidth } = firstLook(drawn([given.length, 5, outputs]), given);
        expect(center.every(Number.isFinite)).toBe(true);
        expect(halfWidth > 0 && halfWidth <= 1e9).toBe(true);
      }),
    );
  });
});
