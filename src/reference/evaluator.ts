import type { Field } from '../model/field.ts';
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
  readonly field: Field;
  readonly bounds: Bounds;
  value(x: number, y: number): number;
  /**
   * The exact derivative [∂₁, ∂₂], never −0. Where the field has none it is that of PyTorch's autograd:
   * ReLU′(0) = |·|′(0) = 0; for a maximum, the gradient of the first of the largest logits.
   */
  gradient(x: number, y: number): [number, number];
  /**
   * Unsigned 32-bit id of the region of the point: the activation pattern of a
   * network or neuron, the index of the (first) largest logit otherwise.
   */
  regionId(x: number, y: number): number;
  /** All softmax components of a field of logits, one-hot for `max` and `argmax`; else null. */
  softmax(x: number, y: number): number[] | null;
  /** One string per hidden layer of a network, '1' where the pre-activation is > 0; else null. */
  pattern(x: number, y: number): string[] | null;
  /** The affine map that a network is on the region of this point; null for other fields. */
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
  readonly pattern: string[] | null;
  readonly affineMap: AffineMap | null;
}
