import { describe, expect, it } from 'vitest';
import { calibrationOf, differenceFrom, readValue } from '../../../src/kernels/calibration.ts';
import { pictureGrid } from '../../../src/kernels/grid.ts';
import { prepareField } from '../../../src/kernels/prepareField.ts';
import type { Quantity } from '../../../src/model/field.ts';
import { resolve } from '../../../src/model/resolve.ts';
import type { DoubleDouble } from '../../../src/numeric/doubleDouble.ts';
import { UNBOUNDED } from '../../../src/reference/bounds.ts';
import type { View } from '../../../src/view/view.ts';
import { fieldOf, type Shorthand } from '../../shorthand.ts';
import { exactly, isWithin, minus, plus, type Rational } from '../numeric/rational.ts';
import { exp, log, ONE } from '../reference/fixedPoint.ts';

function anchor(field: Shorthand, view: View, quantity: Quantity) {
  const prepared = prepareField(resolve(fieldOf(field)));
  if (prepared.form !== 'straight') throw new Error('expected a field of straight-line code');
  const grid = pictureGrid(view, 100, 100, 1);
  return calibrationOf(prepared.anchor(grid.anchor), quantity, grid);
}

function view(at: number, halfWidth: number): View {
  return { center: [at, at], centerLow: [0, 0], halfWidth };
}

const LOG2: Rational = { numerator: log(2n * ONE), denominator: ONE };

/** A thousandth of a thousandth of a picture of half-width 10⁻¹² at the value's own slope. */
function expectWithin(offset: DoubleDouble, expected: Rational, tolerance: number): void {
  const error = minus(plus(exactly(offset.high), exactly(offset.low)), expected);
  expect(isWithin(error, exactly(tolerance)), `${offset.high} + ${offset.low}`).toBe(true);
}

describe('the offset of a deep view', () => {
  it('of log-sum-exp keeps what float64 drops', () => {
    const at = 123456789.123;
    const field = { kind: 'lse', lambda: 1, logits: null } as const;
    const { offset } = anchor(field, view(at, 1e-9), 'value');
    expectWithin(offset, plus(exactly(at), LOG2), 1e-18);
  });

  it('of log-sum-exp keeps it also where log K / λ is large', () => {
    const field = { kind: 'lse', lambda: 2 ** -9, logits: null } as const;
    const { offset } = anchor(field, view(0.5, 1e-12), 'value');
    const gap = { numerator: LOG2.numerator * 512n, denominator: LOG2.denominator };
    expectWithin(offset, plus(exactly(0.5), gap), 1e-18);
  });

  it('of a sigmoid', () => {
    const field = { kind: 'sigmoid', weight: [0.25, 0.25], bias: 0 } as const;
    const { offset } = anchor(field, view(0.5, 1e-12), 'value');
    // 1 / (1 + exp(−¼))
    const numerator = ONE * ONE;
    const expected = { numerator: numerator / (ONE + exp(-ONE / 4n)), denominator: ONE };
    expectWithin(offset, expected, 1e-20);
  });

  it('of a gradient and of its length', () => {
    const field = { kind: 'lse', lambda: 1, logits: null } as const;
    const partial = anchor(field, view(3, 1e-12), 'partial1').offset;
    expectWithin(partial, exactly(0.5), 1e-28);
    const { offset } = anchor(field, view(3, 1e-12), 'gradientNorm');
    // √½, squared
    const length = plus(exactly(offset.high), exactly(offset.low));
    const square = {
      numerator: length.numerator ** 2n,
      denominator: length.denominator ** 2n,
    };
    expect(isWithin(minus(square, exactly(0.5)), exactly(1e-28))).toBe(true);
  });
});

describe('reading and taking away an offset', () => {
  const calibration = { offset: { high: 1e9, low: 3e-8 }, scale: 1e-9 };

  it('adds the small parts first', () => {
    expect(readValue(calibration, 40, UNBOUNDED)).toBe(1e9 + (3e-8 + 40e-9));
  });

  it('keeps the digits of a difference', () => {
    expect(differenceFrom(calibration, 1e9)).toBe(-3e-8);
  });
});
