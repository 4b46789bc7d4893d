import { type PlaneNetwork, parameterCountOf } from '../model/planeNetwork.ts';
import type { PlaneReadout, ResolvedField } from '../model/resolve.ts';
import { wideKey } from './families.ts';
import { type StraightKernel, straightKernel } from './prepareStraight.ts';

/** A field with its parameters drawn, in the form in which kernels evaluate it. */
export type PreparedField = StraightField | WideField;

interface Prepared {
  /** Fields with equal keys share pipelines. */
  readonly key: string;
  /** The approximate number of multiplications per sample. */
  readonly cost: number;
}

export interface StraightField extends Prepared, StraightKernel {
  readonly form: 'straight';
}

export interface WideField extends Prepared {
  readonly form: 'layered';
  readonly plane: PlaneNetwork;
  readonly readout: PlaneReadout;
}

/**
 * Up to this many parameters a network is unrolled into straight-line code, whose compile time grows with
 * them (about 20 ms per 100 parameters on a software adapter); others are wide networks.
 */
export const MAX_UNROLLED_PARAMETERS = 700;

/** Chooses the kernels of a field. */
export function prepareField(resolved: ResolvedField): PreparedField {
  const { layers, isPiecewiseLinear } = resolved.plane;
  const isAffine = layers.length === 1;
  const isSmall = isAffine || parameterCountOf(resolved.plane) <= MAX_UNROLLED_PARAMETERS;
  if (!isPiecewiseLinear || !isSmall) return prepareWide(resolved);
  return { form: 'straight', ...straightKernel(resolved) };
}

/** A network too wide to unroll, or with a smooth layer. */
export function prepareWide({ plane, readout }: ResolvedField): WideField {
  const key = wideKey({ plane, readout });
  return { form: 'layered', key, cost: parameterCountOf(plane), plane, readout };
}
