import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundQuotient } from '../../../src/geometry/dyadic.ts';
import { crossForms, exactForm, signOfExact } from '../../../src/geometry/exact.ts';
import { PointStore, signOfForm, UNDECIDED } from '../../../src/geometry/homogeneous.ts';
import { prepareNetwork } from '../../../src/geometry/preparedNetwork.ts';
import { shallow } from './networks.ts';

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true, min: -8, max: 8 });
const line = fc.tuple(float32, float32, float32);
type Line = [number, number, number];

/** Sign of `tested` at the crossing of two lines, as the filter sees it. */
function filtered(first: Line, second: Line, tested: Line) {
  const points = new PointStore();
  const forms = [...first, 0, 0, 0, ...second, 0, 0, 0];
  const point = points.addCrossing(forms, 0, 1, 1);
  return signOfForm([...tested, 0, 0, 0], 0, points, point, 2 ** -900);
}

function exact(first: Line, second: Line, tested: Line) {
  return signOfExact(
    exactForm(...tested),
    crossForms(exactForm(...first), exactForm(...second), 1),
  );
}

describe('the float64 filter', () => {
  test('never contradicts exact arithmetic, and decides nearly always', () => {
    let undecided = 0;
    fc.assert(
      fc.property(line, line, line, (first, second, tested) => {
        const sign = filtered(first, second, tested);
        if (sign === UNDECIDED) undecided++;
        else expect(sign).toBe(exact(first, second, tested));
      }),
      { numRuns: 2000, seed: 1 },
    );
    // Fast-check likes zeros and extremes, so that some are degenerate.
    expect(undecided).toBeLessThan(400);
  });

  test('never contradicts it for lines that miss one point by a few units in the last place', () => {
    let undecided = 0;
    const factor = fc.constantFrom(-2, -1, -0.5, 0.5, 1, 2);
    const mixture = fc.tuple(factor, factor, fc.integer({ min: -2, max: 2 }));
    fc.assert(
      fc.property(line, line, mixture, (first, second, [s, t, ulps]) => {
        // A line through the crossing of both, moved by 0 to 2 units in its last place.
        const mix = (i: number) => s * first[i] + t * second[i];
        const tested: Line = [mix(0), mix(1), mix(2) * (1 + ulps * 2 ** -52)];
        const sign = filtered(first, second, tested);
        if (sign === UNDECIDED) undecided++;
        else expect(sign).toBe(exact(first, second, tested));
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(undecided).toBeGreaterThan(1000);
  });

  test('leaves what overflows or may have underflowed to exact arithmetic', () => {
    expect(filtered([1e200, 1, 1], [1, 1e200, 1], [1e200, 1e200, 1])).toBe(UNDECIDED);
    // Between its error bound and the threshold.
    expect(filtered([1e-120, 0, 1e-120], [0, 1e-120, 1e-120], [1e-60, 0, 0])).toBe(UNDECIDED);
    // A bound of 0 is no proof where it may have underflowed itself, and then is not trusted.
    expect(filtered([1e-200, 0, 1e-200], [0, 1e-200, 1e-200], [1, 1, 1])).toBe(0);
    expect(exact([1e-200, 0, 1e-200], [0, 1e-200, 1e-200], [1, 1, 1])).toBe(-1);
    const trusts = (size: number) =>
      prepareNetwork(shallow([[size, 0, 1]]), null).underflow.trustsZeros;
    expect(trusts(1e-5)).toBe(true);
    expect(trusts(2 ** -149)).toBe(false);
  });
});

describe('roundQuotient', () => {
  test('is the division of float64 where both numbers are float64', () => {
    const integer = fc.maxSafeInteger().filter((n) => n !== 0);
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        expect(roundQuotient(BigInt(a), BigInt(b))).toBe(a / b);
      }),
    );
  });

  test('rounds to nearest, ties to even, at any size', () => {
    for (const scale of [1n, 3n ** 700n, 2n ** 3000n]) {
      expect(roundQuotient((2n ** 53n + 1n) * scale, scale)).toBe(2 ** 53);
      expect(roundQuotient((2n ** 53n + 3n) * scale, scale)).toBe(2 ** 53 + 4);
      expect(roundQuotient((2n ** 53n + 1n) * scale + 1n, scale)).toBe(
        scale === 1n ? 2 ** 53 + 2 : 2 ** 53 + 2,
      );
      expect(roundQuotient(-scale, 3n * scale)).toBe(-1 / 3);
      expect(roundQuotient(0n, scale)).toBe(0);
    }
    expect(roundQuotient(1n, 2n ** 1000n)).toBe(2 ** -1000);
    expect(roundQuotient(2n ** 1000n, 1n)).toBe(2 ** 1000);
  });
});
