import type { Quantity } from '../model/field.ts';
import {
  add,
  type DoubleDouble,
  scale as scaled,
  toNumber,
  ZERO,
} from '../numeric/doubleDouble.ts';
import { hypotenuse } from '../numeric/elementary.ts';
import type { StoredNumbers } from './fieldCode.ts';
import type { Grid } from './grid.ts';

/** Converts stored numbers of the kernel to values: value = offset + scale · stored. */
export interface Calibration {
  readonly offset: DoubleDouble;
  /** Positive. */
  readonly scale: number;
}

/**
 * The value of a stored number, clamped to the known bounds of the values, which rounding could exceed. What is too large for float32 stays
 * infinite, or NaN.
 */
export function readValue(
  { offset, scale }: Calibration,
  shown: number,
  bounds: { readonly min: number; readonly max: number },
): number {
  if (!Number.isFinite(shown)) return shown;
  // The low parts first: in a deep view they have the same size.
  const value = offset.high + (offset.low + scale * shown);
  return Math.min(bounds.max, Math.max(bounds.min, value));
}

/** value − offset, which keeps its digits where the value itself has none left. */
export function differenceFrom({ offset }: Calibration, value: number): number {
  return toNumber(add({ high: -offset.high, low: -offset.low }, { high: value, low: 0 }));
}

/** The calibration of a quantity whose kernels store numbers of this field on a grid. */
export function calibrationOf(field: StoredNumbers, quantity: Quantity, grid: Grid): Calibration {
  const [base1, base2] = field.baseGradient;
  const { gradientScale } = field;
  const difference = (base: DoubleDouble, step: number): Calibration => ({
    offset: field.small
      ? scaled(scaled(base, step), grid.anchor.halfWidth * grid.samplesPerUnit)
      : ZERO,
    scale: field.scale,
  });
  const calibrations: Record<Quantity, () => Calibration> = {
    value: () => ({ offset: field.offset, scale: field.scale }),
    partial1: () => ({ offset: base1, scale: gradientScale }),
    partial2: () => ({ offset: base2, scale: gradientScale }),
    gradientNorm: () => ({ offset: hypotenuse(base1, base2), scale: gradientScale }),
    gradientDirection: () => ({ offset: ZERO, scale: 1 }),
    npGradientRows: () => difference(base2, grid.step[1]),
    npGradientColumns: () => difference(base1, grid.step[0]),
    region: () => ({ offset: ZERO, scale: 1 }),
  };
  return calibrations[quantity]();
}
