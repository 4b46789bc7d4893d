import { type PlaneNetwork, parameterCountOf } from '../model/planeNetwork.ts';
import { READOUTS } from '../model/readouts.ts';
import type { PlaneReadout, ResolvedField } from '../model/resolve.ts';
import { wideKey } from './families.ts';
import { type StraightKernel, straightKernel } from './prepareStraight.ts';
import { isShareReadout } from './readoutShares.ts';

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
const MAX_UNROLLED_PARAMETERS = 700;

/** Parameters that take as long to compile as the lines of a readout for one output: of softmax, and of comparisons. */
const SHARE_PARAMETERS = 10;
const WINNER_PARAMETERS = 4;

/** Chooses the kernels of a field. */
export function prepareField(resolved: ResolvedField): PreparedField {
  const isUnrolled =
    resolved.plane.isPiecewiseLinear && unrolledSize(resolved) <= MAX_UNROLLED_PARAMETERS;
  return isUnrolled ? { form: 'straight', ...straightKernel(resolved) } : prepareWide(resolved);
}

/** The number of parameters of straight-line code, and what its readout counts as. */
function unrolledSize({ plane, readout: { kind } }: ResolvedField): number {
  const parameters = parameterCountOf(plane);
  if (READOUTS[kind].ofOne) return parameters;
  const { outputs } = plane.layers.at(-1)!;
  return parameters + outputs * (isShareReadout(kind) ? SHARE_PARAMETERS : WINNER_PARAMETERS);
}

/** A network too wide to unroll, or with a smooth layer. */
export function prepareWide({ plane, readout }: ResolvedField): WideField {
  const key = wideKey({ plane, readout });
  return { form: 'layered', key, cost: costOf(plane), plane, readout };
}

/** A smooth activation costs as much as so many multiplications. */
const SMOOTH_COST = 40;

function costOf(plane: PlaneNetwork): number {
  const smooth = plane.layers.filter(({ activation }) => activation.kind === 'smooth');
  const neurons = smooth.reduce((sum, { outputs }) => sum + outputs, 0);
  return parameterCountOf(plane) + SMOOTH_COST * neurons;
}
