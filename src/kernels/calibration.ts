import type { Quantity } from '../model/field.ts';
import type { AnchoredField } from './fieldCode.ts';
import type { Grid } from './grid.ts';

/** How numbers from the kernel become values for people: value = offset + scale · shown. */
export interface Calibration {
  readonly offset: number;
  /** Positive. */
  readonly scale: number;
}

/** The value of a shown number, within what is known of the values: rounding does not leave it. */
export function readValue(
  { offset, scale }: Calibration,
  shown: number,
  bounds: { readonly min: number; readonly max: number },
): number {
  return Math.min(bounds.max, Math.max(bounds.min, offset + scale * shown));
}

export function calibrationOf(field: AnchoredField, quantity: Quantity, grid: Grid): Calibration {
  const [base1, base2] = field.baseGradient;
  const difference = (base: number, step: number): Calibration => ({
    offset: field.small ? base * step * grid.anchor.halfWidth * grid.samplesPerUnit : 0,
    scale: field.scale,
  });
  const calibrations: Record<Quantity, () => Calibration> = {
    value: () => ({ offset: field.offset, scale: field.scale }),
    partial1: () => ({ offset: base1, scale: 1 }),
    partial2: () => ({ offset: base2, scale: 1 }),
    gradientNorm: () => ({ offset: Math.hypot(base1, base2), scale: 1 }),
    gradientDirection: () => ({ offset: 0, scale: 1 }),
    npGradientRows: () => difference(base2, grid.step[1]),
    npGradientColumns: () => difference(base1, grid.step[0]),
    region: () => ({ offset: 0, scale: 1 }),
  };
  return calibrations[quantity]();
}
