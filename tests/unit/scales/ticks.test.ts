import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { twoSum } from '../../../src/numeric/doubleDouble.ts';
import type { Ticks } from '../../../src/scales/ticks.ts';
import { axisTicks, rangeTicks, valueTicks } from '../../../src/scales/ticks.ts';
import type { Rational } from '../numeric/rational.ts';
import { exactly, minus, parseDecimal, plus, ratio, times } from '../numeric/rational.ts';

const ONE: Rational = { numerator: 1n, denominator: 1n };

/** What a reader makes of the labels: label · 10^E + base. */
function readTicks({ ticks, offset }: Ticks): Rational[] {
  let power = ONE;
  let base: Rational = { numerator: 0n, denominator: 1n };
  for (const part of offset?.split(' ') ?? []) {
    if (part.startsWith('×')) power = parseDecimal(part);
    else base = parseDecimal(part);
  }
  return ticks.map(({ label }) => plus(times(parseDecimal(label), power), base));
}

/** Holds the ticks of Σ anchor + [min, max] against exact arithmetic. */
function expectTrueTicks(ticks: Ticks, anchor: number[], min: number, max: number): void {
  const zero = plus(...anchor.map(exactly));
  const low = plus(zero, exactly(min));
  const span = minus(plus(zero, exactly(max)), low);
  const values = readTicks(ticks);
  const step = minus(values[1]!, values[0]!);
  values.forEach((value, i) => {
    const { position } = ticks.ticks[i]!;
    const exact = 2 * ratio(minus(value, low), span) - 1;
    if (!(Math.abs(position - exact) <= 1e-9)) {
      expect.fail(`tick ${i} of ${JSON.stringify(ticks)}: position should be ${exact}`);
    }
    expect(Math.abs(position)).toBeLessThanOrEqual(1);
    if (i === 0) return;
    expect(position).toBeGreaterThan(ticks.ticks[i - 1]!.position);
    // Equal steps, so the labels name the very ticks and not roundings of them.
    expect(minus(minus(value, values[i - 1]!), step).numerator).toBe(0n);
  });
  expect(isNice(step)).toBe(true);
  // Every tick is a multiple of the step, and no multiple inside is left out.
  const first = times(values[0]!, { numerator: step.denominator, denominator: step.numerator });
  expect(first.numerator % first.denominator).toBe(0n);
  const beyond = ratio(step, span) * 2;
  expect(ticks.ticks[0]!.position - beyond).toBeLessThan(-1 + 1e-9);
  expect(ticks.ticks.at(-1)!.position + beyond).toBeGreaterThan(1 - 1e-9);
}

/** 1, 2 or 5 times a power of ten. */
function isNice({ numerator, denominator }: Rational): boolean {
  let top = numerator;
  let bottom = denominator;
  while (top >= 10n * bottom) bottom *= 10n;
  while (top < bottom) top *= 10n;
  return [1n, 2n, 5n].some((factor) => top === factor * bottom);
}

function expectShortLabels({ ticks, offset }: Ticks): void {
  const labels = ticks.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  for (const label of labels) expect(label.replace(/[−.]/g, '').length).toBeLessThanOrEqual(6);
  expect(offset === null || /^(×10\S+)?( ?[+−][\d.]+(×10\S+)?)?$/.test(offset)).toBe(true);
}

const labelsOf = ({ ticks }: Ticks) => ticks.map(({ label }) => label);
const count = fc.integer({ min: 2, max: 15 });
const sign = fc.constantFrom(-1, 1);
/** Sizes spread evenly over the powers of ten. */
const sizes = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((power) => 10 ** power);
const center = fc.oneof(
  fc.constantFrom(0, 1, -1, 0.1, 100, 1e4, -1e12, 1e12),
  fc.tuple(sign, sizes(-14, 12)).map(([s, size]) => s * size),
);
const halfExtent = fc.oneof(
  fc.constantFrom(1e-12, 1e-9, 1e-6, 0.3, 1, 5, 10, 100, 500, 1000, 1e9),
  sizes(-12, 9),
);

describe('axisTicks', () => {
  it('at every scale: nice, complete, short, ascending, and label + offset is the exact tick', () => {
    fc.assert(
      fc.property(
        center,
        fc.double({ min: -1, max: 1, noNaN: true }),
        halfExtent,
        count,
        (high, fraction, half, wanted) => {
          // A low part of up to ½ ulp, and a shift of up to one half-extent in view coordinates.
          const c = twoSum(high, fraction * Math.max(half, Math.abs(high) * 2 ** -54));
          const ticks = axisTicks(c.high, c.low, half, wanted);
          expect(ticks.ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.ticks.length).toBeLessThanOrEqual(Math.max(5, 2 * wanted));
          expectTrueTicks(ticks, [c.high, c.low], -half, half);
          expectShortLabels(ticks);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    [0, 0.49999999999, 2, 5],
    [0, 0.5, 2, 3],
  ])('of %s ± %s for %s have %s ticks', (c, half, wanted, expected) => {
    expect(axisTicks(c, 0, half, wanted).ticks).toHaveLength(expected);
  });

  it.each([
    [0, 5, '−4 −2 0 2 4', null],
    [0, 10, '−10 −5 0 5 10', null],
    [0, 1e9, '−1.0 −0.5 0.0 0.5 1.0', '×10⁹'],
    [0, 1e-12, '−1.0 −0.5 0.0 0.5 1.0', '×10⁻¹²'],
    [0, 0.3, '−0.3 −0.2 −0.1 0.0 0.1 0.2 0.3', null],
    [0.3001040235, 1e-8, '1.5 2.0 2.5 3.0', '×10⁻⁸ +0.300104'],
    [-0.3001040235, 1e-8, '7.0 7.5 8.0 8.5', '×10⁻⁸ −0.3001041'],
    [123456.78, 0.01, '0.070 0.075 0.080 0.085', '+123456.7'],
    [1e12, 1e-12, '−1.0 −0.5 0.0 0.5 1.0', '×10⁻¹² +1×10¹²'],
    [1e12, 1e9, '0.9990 0.9995 1.0000 1.0005 1.0010', '×10¹²'],
    [99999, 3, '99996 99997 99998 99999 100000 100001 100002', null],
  ])('writes %s ± %s', (c, half, labels, offset) => {
    const ticks = axisTicks(c, 0, half, 6);
    expect(labelsOf(ticks).join(' ')).toBe(labels);
    expect(ticks.offset).toBe(offset);
  });

  it('uses the low part of the centre', () => {
    // 1.5e-12 is lost beside 1e4 in float64: without it the ticks would run from −1 to 1.
    const ticks = axisTicks(1e4, 1.5e-12, 1e-12, 4);
    expect(labelsOf(ticks)).toEqual(['0.5', '1.0', '1.5', '2.0', '2.5']);
    expect(ticks.offset).toBe('×10⁻¹² +10000');
  });

  it('includes ends that are ticks up to rounding: 0.3 is in ±fl(0.3)', () => {
    const { ticks } = axisTicks(0, 0, 0.3, 6);
    expect([ticks[0]!.position, ticks.at(-1)!.position]).toEqual([-1, 1]);
  });

  it.each([
    [Number.NaN, 1],
    [0, Number.NaN],
    [0, -1],
    [0, Infinity],
    [Infinity, 1],
  ])('rejects %s ± %s', (c, half) => {
    expect(() => axisTicks(c, 0, half, 5)).toThrow(InvalidInputError);
  });

  it('cuts a count that no axis has', () => {
    expect(axisTicks(0, 0, 5, 0)).toEqual(axisTicks(0, 0, 5, 2));
    expect(axisTicks(0, 0, 5, 1e6)).toEqual(axisTicks(0, 0, 5, 100));
  });
});

it('labels have no more digits than the caller asks for', () => {
  fc.assert(
    fc.property(
      center,
      halfExtent,
      count,
      fc.integer({ min: 4, max: 6 }),
      (c, half, wanted, digits) => {
        const ticks = axisTicks(c, 0, half, wanted, digits);
        for (const label of labelsOf(ticks)) {
          expect(label.replace(/[−.]/g, '').length).toBeLessThanOrEqual(digits);
        }
        expectTrueTicks(ticks, [c], -half, half);
      },
    ),
  );
});

describe('valueTicks', () => {
  it('at every scale: nice, complete, short, and label + offset is the exact tick', () => {
    const value = fc.oneof(
      fc.constantFrom(0, 1, -1, 1e30, 1e-30),
      fc.tuple(sign, sizes(-38, 38)).map(([s, size]) => s * size),
    );
    fc.assert(
      fc.property(value, sizes(-15, 3), value, count, (min, relative, base, wanted) => {
        const max = min + relative * (Math.abs(min) || 1);
        fc.pre(max > min);
        for (const start of [0, base]) {
          // A base 40 powers of ten above the range is no difference from a value any more.
          if (Math.abs(start) > 1e25 * (max - min)) continue;
          const ticks = valueTicks(min, max, wanted, start);
          expect(ticks.ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.ticks.length).toBeLessThanOrEqual(Math.max(5, 2 * wanted));
          expectTrueTicks(ticks, [start], min, max);
          expectShortLabels(ticks);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('writes a range of 1e-12 about 1', () => {
    const ticks = valueTicks(1, 1 + 1e-12, 5);
    expect(labelsOf(ticks)).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(ticks.offset).toBe('×10⁻¹² +1');
    expect(valueTicks(0, 1e-12, 5, 1)).toEqual({
      ticks: [-1, -0.6, -0.2, 0.2, 0.6, 1].map((position, i) => ({
        position: expect.closeTo(position, 9),
        label: labelsOf(ticks)[i],
      })),
      offset: '×10⁻¹² +1',
    });
  });

  it('counts from a base that float64 cannot hold', () => {
    const [base, low] = [123456789.8161472, -2.1e-8 / 3];
    expectTrueTicks(valueTicks(-1e-9, 1e-9, 5, base, low), [base, low], -1e-9, 1e-9);
  });

  it('writes the ends of a range as its ticks, to three digits of its length', () => {
    fc.assert(
      fc.property(
        center,
        sizes(-15, 9),
        fc.double({ min: -3, max: 3, noNaN: true }),
        count,
        (base, span, shift, wanted) => {
          const min = shift * span;
          const max = min + span;
          fc.pre(max > min);
          const { offset, ends } = rangeTicks(min, max, wanted, base);
          const read = readTicks({ ticks: ends!.map((label) => ({ label, position: 0 })), offset });
          [min, max].forEach((difference, i) => {
            const error = minus(read[i]!, plus(exactly(base), exactly(difference)));
            // Half a unit of the third digit, of a length from 1.00 to 9.99.
            expect(Math.abs(ratio(error, exactly(max - min)))).toBeLessThanOrEqual(
              0.005 * (1 + 1e-9),
            );
          });
        },
      ),
    );
    expect(rangeTicks(0, 0, 5, 1).ends).toBeNull();
  });

  it('puts positions at the two ends of the range', () => {
    expect(valueTicks(0, 4, 4).ticks.map(({ position }) => position)).toEqual([
      -1, -0.5, 0, 0.5, 1,
    ]);
  });

  it('has one tick for a constant', () => {
    const one = { ticks: [{ position: 0, label: '1' }], offset: null };
    expect(valueTicks(1, 1, 5)).toEqual(one);
    expect(valueTicks(0, 0, 5, 1)).toEqual(one);
    expect(labelsOf(valueTicks(0, 0, 5))).toEqual(['0']);
  });

  it('survives the smallest and the largest ranges of float64', () => {
    expect(valueTicks(0, Number.MIN_VALUE, 5).ticks.length).toBeGreaterThanOrEqual(2);
    expect(valueTicks(-8e307, 8e307, 5).ticks.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    [1, 0],
    [Number.NaN, 1],
    [0, Infinity],
    [-1.7e308, 1.7e308],
  ])('rejects [%s, %s]', (min, max) => {
    expect(() => valueTicks(min, max, 5)).toThrow(InvalidInputError);
  });
});
