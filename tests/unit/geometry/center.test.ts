import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centerOf, exactPreActivations, valuesAtCenter } from '../../../src/geometry/center.ts';
import { formsOfLayer } from '../../../src/geometry/layerForms.ts';
import { prepareNetwork } from '../../../src/geometry/preparedNetwork.ts';
import { add, type Fraction, fraction, multiply, negate } from './exactRegions.ts';
import { shallow } from './networks.ts';

const weight = fc.float({ noNaN: true, noDefaultInfinity: true, min: -8, max: 8 });
const place = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
/** What float64 leaves out of a coordinate, and less. */
const low = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e-10, max: 1e-10 });

function magnitude({ top, bottom }: Fraction): Fraction {
  return { top: top < 0n ? -top : top, bottom };
}

test('the first layer at the centre is right within its error bound, which is about half an ulp', () => {
  let rounded = 0;
  fc.assert(
    fc.property(weight, weight, weight, place, place, low, low, (a, b, c, x, y, xLow, yLow) => {
      const center = centerOf({ x: [-1, 1], y: [-1, 1], center: [x, y], centerLow: [xLow, yLow] });
      const [first] = prepareNetwork(shallow([[a, b, c]]), null).hidden;
      const { value, error } = valuesAtCenter(first, center);
      const along = (slope: number, high: number, rest: number) =>
        multiply(fraction(slope), add(fraction(high), fraction(rest)));
      const [wa, wb, bias] = [first.weight[0], first.weight[1], first.bias[0]];
      const exact = add(fraction(bias), add(along(wa, x, xLow), along(wb, y, yLow)));
      const [{ mantissa, exponent }] = exactPreActivations(first.exact(), center);
      const [over, under] = [BigInt(Math.max(0, exponent)), BigInt(Math.max(0, -exponent))];
      expect((mantissa << over) * exact.bottom).toBe(exact.top << under);
      const off = magnitude(add(exact, negate(fraction(value[0]))));
      const bound = fraction(error[0]);
      expect(off.top * bound.bottom <= bound.top * off.bottom).toBe(true);
      expect(error[0] <= Math.abs(value[0]) * 2 ** -52 + 2 ** -1072).toBe(true);
      if (error[0] > 0) rounded++;
      else expect(off.top).toBe(0n);
    }),
    { numRuns: 1000, seed: 1 },
  );
  expect(rounded).toBeGreaterThan(500);
});

test('forms of the first layer carry the value and its error into everything that follows', () => {
  const [first] = prepareNetwork(shallow([[3, 0.1, 7]]), null).hidden;
  const center = centerOf({
    x: [-1, 1],
    y: [-1, 1],
    center: [1000, -737.3],
    centerLow: [1e-14, 0],
  });
  const atCenter = valuesAtCenter(first, center);
  const forms = formsOfLayer(first, 2, atCenter);
  const expected = [3, Math.fround(0.1), atCenter.value[0], 0, 0, atCenter.error[0]];
  expect([...forms]).toEqual([...expected, ...expected]);
  expect(atCenter.error[0]).toBeGreaterThan(0);
});

test('at the origin it is the bias, without an error', () => {
  const [first] = prepareNetwork(shallow([[1, 2, 0.1]]), null).hidden;
  const { value, error } = valuesAtCenter(first, centerOf(null));
  expect([...value, ...error]).toEqual([Math.fround(0.1), 0]);
});
