import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  equalizingStops,
  mirrorStops,
  type Placed,
  type Placing,
  placeAmong,
  placingOf,
  type ShownNorm,
  STOP_INTERVALS,
  stopsOf,
  thresholdOf,
} from '../../../src/scales/norms.ts';
import { EPSILON, expectNear } from '../expectNear.ts';

const AUTO = { kind: 'symlog', linearThreshold: 'auto' } as const;

function placed(min: number, max: number, base = 0): Placed {
  return { base, baseLow: 0, min, max, stops: null };
}

function symlog(linearThreshold: number, min: number, max: number, base = 0): Placing {
  return placingOf({ kind: 'symlog', linearThreshold }, placed(min, max, base));
}

interface SymlogCase {
  readonly linthresh: number;
  readonly vmin: number;
  readonly vmax: number;
  readonly values: readonly number[];
  readonly places: readonly number[];
}

describe('symlog', () => {
  const file = new URL('../../reference/norms/symlog.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: SymlogCase[] };

  for (const { linthresh, vmin, vmax, values, places } of cases) {
    it(`has matplotlib's places, threshold ${linthresh}, from ${vmin} to ${vmax}`, () => {
      const { placeOf, differenceAt } = symlog(linthresh, vmin, vmax);
      values.forEach((value, i) => {
        // matplotlib subtracts the ends' places, of which each is at most 10 thresholds here, within rounding of a
        // range that may be a hundredth of them.
        expectNear(placeOf(value), places[i]!, 1e-12);
        // The slope of the inverse is at most that of the outermost decade.
        const steepness = 40 * Math.max(Math.abs(vmin), Math.abs(vmax));
        expectNear(differenceAt(places[i]!), value, 1e-12 * steepness);
      });
    });
  }

  it('keeps its digits in a deep view', () => {
    // Between 3 and 3 + 1e-20 a logarithm is as good as linear.
    const { placeOf, differenceAt } = symlog(0.01, -1e-20, 1e-20, 3);
    for (const share of [-1, -0.5, 0.125, 1]) {
      expectNear(placeOf(share * 1e-20), (share + 1) / 2, 4 * EPSILON);
      expectNear(differenceAt((share + 1) / 2), share * 1e-20, 4e-20 * EPSILON);
    }
  });

  it.each([1e-12, 1e-20, 1e-100])(
    'has the same places with the threshold %s, whatever differences count from',
    (threshold) => {
      const plain = symlog(threshold, -0.5, 1);
      const based = symlog(threshold, -0.5 - 0.19, 1 - 0.19, 0.19);
      for (const value of [-0.5, -0.01, -1e-6, 0, 1e-6, 0.03, 0.9, 1]) {
        // The logarithm of the least of these, with the digits that a difference from 0.19 has of it.
        expectNear(based.placeOf(value - 0.19), plain.placeOf(value), 1e-10);
      }
      for (const place of [0, 0.1, 0.9, 1]) {
        expectNear(based.differenceAt(place) + 0.19, plain.differenceAt(place), 1e-12);
      }
    },
  );

  it('has an automatic threshold that is a round number and leaves three to four decades', () => {
    expect(thresholdOf(AUTO, placed(-4.3, 2))).toBe(1e-3);
    expect(thresholdOf(AUTO, placed(0, 1000))).toBe(1);
    expect(thresholdOf(AUTO, placed(-1e-9, 1e-9, 5))).toBe(1e-3);
    expect(thresholdOf(AUTO, placed(0, 0))).toBe(1);
    expect(thresholdOf({ ...AUTO, linearThreshold: 0.5 }, placed(-4, 2))).toBe(0.5);
  });
});

const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const NORMS: fc.Arbitrary<ShownNorm> = fc.oneof(
  fc.constant<ShownNorm>({ kind: 'linear' }),
  fc.constant<ShownNorm>({ kind: 'equalized' }),
  fc.constant(AUTO),
  fc.double({ min: 1e-6, max: 1e7, noNaN: true }).map((linearThreshold) => {
    return { kind: 'symlog', linearThreshold } as const;
  }),
);
const RANGES = fc
  .tuple(end, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.array(end, { minLength: 1 }))
  .map(([min, span, shares]) => {
    const values = Float64Array.from(shares, (share) => min + (span * (share + 1e6)) / 2e6);
    return { ...placed(min, min + span), stops: equalizingStops(values, min, min + span) };
  });

/** Between two of its stops are few float64 numbers, which are 1.2e-10 apart. */
const SHORT = {
  ...placed(-862905.9982380539, -862905.9982370539),
  stops: Float64Array.of(-862905.9982380539, -862905.9982375539, -862905.9982370539),
};

describe('every norm', () => {
  it('rises from 0 at the lower end to 1 at the upper one', () => {
    fc.assert(
      fc.property(NORMS, RANGES, (norm, range) => {
        const { placeOf } = placingOf(norm, range);
        const { min, max } = range;
        const places = Array.from({ length: 65 }, (_, i) =>
          placeOf(Math.min(max, min + (i / 64) * (max - min))),
        );
        expect(places.every((place, i) => place >= (places[i - 1] ?? 0) && place <= 1)).toBe(true);
        expect([placeOf(min - 1), placeOf(max + 1)]).toEqual([0, 1]);
        if (norm.kind === 'equalized') return;
        expect(placeOf(min)).toBe(0);
        expectNear(placeOf(max), 1, EPSILON);
      }),
    );
  });

  it('has an inverse', () => {
    fc.assert(
      fc.property(NORMS, RANGES, fc.double({ min: 0, max: 1, noNaN: true }), (norm, range, at) => {
        const { placeOf, differenceAt } = placingOf(norm, range);
        const difference = differenceAt(at);
        expect(difference >= range.min && difference <= range.max).toBe(true);
        // Back to the same value; where many values are one, a place has no inverse. Differences have float64's
        // spacing at the ends, which a logarithm of seven decades enlarges. A short range has few numbers.
        const spacing = 2 * EPSILON * Math.max(Math.abs(range.min), Math.abs(range.max));
        const tolerance = 1e-6 * (range.max - range.min) + spacing;
        expectNear(differenceAt(placeOf(difference)), difference, tolerance);
      }),
      {
        examples: [
          [{ kind: 'equalized' }, SHORT, 0.25],
          [{ kind: 'equalized' }, SHORT, 0.0004],
        ],
      },
    );
  });

  it('stays in the range, to the last bit', () => {
    const [min, next, max] = [-675.5456535353861, -675.5456535348974, -675.5456525353861];
    const equal = { ...placed(min, max), stops: Float64Array.of(min, next, max) };
    for (const range of [placed(min, next), equal]) {
      const norm =
        'stops' in range ? ({ kind: 'equalized' } as const) : ({ kind: 'linear' } as const);
      const { differenceAt } = placingOf(norm, range);
      const places = Array.from({ length: 1000 }, (_, i) => i * 1e-9);
      expect(places.filter((place) => !(differenceAt(place) >= min))).toEqual([]);
    }
  });

  it('shows a single value in the middle', () => {
    for (const norm of [AUTO, { kind: 'linear' }, { kind: 'equalized' }] as const) {
      expect(placingOf(norm, placed(2, 2)).placeOf(2)).toBe(0.5);
    }
  });

  it('is given by its stops', () => {
    const placing = symlog(0.01, -3, 5);
    const stops = stopsOf(placing);
    expect(stops.length).toBe(STOP_INTERVALS + 1);
    for (const value of [-3, -2.9, -0.5, -0.01, 0, 0.004, 0.3, 4.99, 5]) {
      // Where the linear part ends, the slope changes by 9/10 / log 10: a chord over that is off by at most a tenth.
      expectNear(placeAmong(stops, value), placing.placeOf(value), 0.1 / STOP_INTERVALS);
    }
  });
});

describe('equalised values', () => {
  it('have as many in each part of the map', () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => 10 ** (((i * 7919) % 5000) / 500));
    const stops = equalizingStops(values, 1, 10 ** (4999 / 500));
    const shares = new Float64Array(16);
    for (const value of values)
      shares[Math.min(15, Math.floor(16 * placeAmong(stops, value)))] += 1;
    // One more or less at each end.
    for (const share of shares) expectNear(share, 5000 / 16, 1.5);
  });

  it('that are often the same have the middle of their part', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 700 ? 0 : 1));
    const stops = equalizingStops(values, 0, 1);
    expectNear(placeAmong(stops, 0), 0.35, 1 / STOP_INTERVALS);
    expectNear(placeAmong(stops, 1), 0.85, 1 / STOP_INTERVALS);
    expect(placeAmong(stops, -1)).toBe(0);
    expect(placeAmong(stops, 2)).toBe(1);
  });

  it('beyond the ends do not count', () => {
    const values = Float64Array.from({ length: 1001 }, (_, i) => i);
    const stops = equalizingStops(values, 100.5, 300.5);
    expect([stops[0], stops[STOP_INTERVALS]]).toEqual([100.5, 300.5]);
    // 101 to 300: the middle one of them.
    expectNear(stops[STOP_INTERVALS / 2]!, 200.5, 1e-9);
    expect(equalizingStops(values, 2000, 3000)[STOP_INTERVALS / 2]).toBe(2500);
  });

  it('keep the middle of a symmetric range', () => {
    const distances = Float64Array.from({ length: STOP_INTERVALS + 1 }, (_, i) => i ** 2);
    const stops = mirrorStops(distances, 7);
    expect(placeAmong(stops, 7)).toBe(0.5);
    const [up, down] = [placeAmong(stops, 7 + 5000), placeAmong(stops, 7 - 5000)];
    expect(up).toBeGreaterThan(0.5);
    expectNear(up - 0.5, 0.5 - down, EPSILON);
  });
});
