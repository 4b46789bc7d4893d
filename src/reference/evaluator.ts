import type { Vec2 } from '../model/field.ts';
import type { ResolvedField } from '../model/resolve.ts';
import type { DoubleDouble } from '../numeric/doubleDouble.ts';
import type { Bounds } from './bounds.ts';

/** The map x ↦ a · x + b. */
export interface AffineMap {
  readonly a: readonly [number, number];
  readonly b: number;
}

/**
 * A field prepared for float64 evaluation at points of the plane.
 *
 * An evaluator owns scratch memory, so one evaluator serves one thread; its methods may be called
 * in any order. Coordinates are finite and at most 1e30 in size (`COORDINATE_MAX`).
 */
export interface Evaluator {
  readonly bounds: Bounds;
  value(x: number, y: number): number;
  /**
   * The exact derivative [∂₁, ∂₂], never −0. Where the field has none it is that of PyTorch's autograd: an activation's slope
   * below its kink, |·|′(0) = 0; for a maximum, the gradient of the first of the largest outputs.
   */
  gradient(x: number, y: number): [number, number];
  /**
   * Unsigned 32-bit id of the region of the point: the activation pattern of a network or neuron; without hidden layers the
   * index of the (first) output that wins. 0 for a network with a smooth activation, which has no regions.
   */
  regionId(x: number, y: number): number;
  /** All softmax components of the outputs, one-hot for readouts of a winner; null for readouts of one output. */
  softmax(x: number, y: number): number[] | null;
  /**
   * One string per hidden layer of a piecewise linear network, '1' where the pre-activation is > 0; of a clamp '0' below its range, '1'
   * within it and '2' beyond. null for other networks.
   */
  pattern(x: number, y: number): readonly string[] | null;
  /** The affine map that an output of a piecewise linear network is on the region of this point; null for other fields. */
  affineMap(x: number, y: number): AffineMap | null;
  /**
   * Reads the field in double-double, for points of deep views, which float64 cannot distinguish from their
   * neighbours. About twenty times slower than the other methods.
   */
  evaluatePrecisely(x: DoubleDouble, y: DoubleDouble): PreciseValue;
}

/** The results of the other methods at one point. */
export interface PreciseValue {
  readonly value: number;
  readonly gradient: [number, number];
  readonly regionId: number;
  readonly softmax: number[] | null;
  readonly pattern: readonly string[] | null;
  readonly affineMap: AffineMap | null;
}

/** An evaluator of a field of any network, slice and readout. */
export interface FieldEvaluator extends Evaluator {
  readonly resolved: ResolvedField;
  /** The affine maps of all outputs of `resolved.plane` on the region of this point; null if an activation is smooth. */
  affineMaps(x: number, y: number): AffineMap[] | null;
  /** All K outputs of the network, whatever the readout reads of them. */
  outputs(x: number, y: number): OutputsReading;
  /** The same in double-double, for points of deep views. */
  outputsPrecisely(x: DoubleDouble, y: DoubleDouble): OutputsReading;
}

/** The outputs of a network at a point of its slice. */
export interface OutputsReading {
  /** [d] The point of the network's input space. */
  readonly input: readonly number[];
  /** [K] */
  readonly outputs: readonly number[];
  /** [K] */
  readonly gradients: readonly Vec2[];
  /** [K]; null if an activation is smooth. */
  readonly affineMaps: readonly AffineMap[] | null;
  /** The first of the greatest outputs, or of the least if that is what wins in the readout. */
  readonly winner: number;
  /** How far the winner is ahead of the second; 0 if there is one output. */
  readonly margin: number;
  /** [K] softmax of the outputs at the readout's λ; at λ = 1 if it has none. */
  readonly softmax: readonly number[];
  /** [hidden layers][neurons] of `resolved.whole`. */
  readonly preActivations: readonly (readonly number[])[];
}
