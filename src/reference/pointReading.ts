import { InvalidInputError } from '../input/invalidInput.ts';
import { readArray, readNumber } from '../input/plainJson.ts';
import { traitsOf } from '../model/activations.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import type { FullNetwork } from '../model/networks.ts';
import { networkFor } from '../model/resolve.ts';
import { createEvaluator } from './evaluate.ts';
import type { OutputsReading } from './evaluator.ts';
import { COORDINATE_MAX } from './gridRequest.ts';

/** All that is known of a field at one point of the plane, in float64. */
export interface PointReading extends OutputsReading {
  /** The field's value and gradient. */
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** One string per hidden layer of a piecewise linear network, '1' where the pre-activation is > 0; else null. */
  readonly pattern: readonly string[] | null;
}

/**
 * Reads a field at a point [u₁, u₂] of the plane.
 * @throws InvalidInputError
 */
export function readPoint(field: Field, point: unknown): PointReading {
  const [u1, u2] = readVector(point, 'point', 2);
  const evaluator = createEvaluator(field);
  const outputs = evaluator.outputs(u1!, u2!);
  return {
    ...outputs,
    // Of the network itself, not as kernels and geometry read it.
    preActivations: sumsOf(networkFor(field.network), outputs.input).slice(0, -1),
    value: evaluator.value(u1!, u2!),
    gradient: evaluator.gradient(u1!, u2!),
    pattern: evaluator.resolved.plane.isPiecewiseLinear
      ? (evaluator.pattern(u1!, u2!) ?? [])
      : null,
  };
}

/**
 * The outputs [K] of a field's network at a point of its input space, in float64.
 * @param x [d]
 * @throws InvalidInputError
 */
export function readOutputs({ network }: Pick<Field, 'network'>, x: unknown): number[] {
  return forward(networkFor(network), readVector(x, 'x', shapeOf(network).inputs));
}

function readVector(input: unknown, path: string, length: number): number[] {
  const isTyped = input instanceof Float32Array || input instanceof Float64Array;
  const given: unknown = isTyped ? [...input] : input;
  const expected = `${length} ${length === 1 ? 'number' : 'numbers'}`;
  if (Array.isArray(given) && given.length !== length) {
    throw new InvalidInputError(path, `${given.length} numbers`, expected);
  }
  return readArray(given, path, [length, length], expected).map((value, i) =>
    readNumber(value, `${path}[${i}]`, -COORDINATE_MAX, COORDINATE_MAX),
  );
}

/** The outputs [K] of a network at x [d], in float64. */
export function forward(network: FullNetwork, x: readonly number[]): number[] {
  return sumsOf(network, x).at(-1)!;
}

/** [layers][neurons] the pre-activations of a network at x [d], the outputs last. */
function sumsOf({ layers }: FullNetwork, x: readonly number[]): number[][] {
  let h = x;
  return layers.map(({ inputs, weight, bias, activation }) => {
    const sums = Array.from(bias, (b, i) => {
      let z = b;
      for (let j = 0; j < inputs; j += 1) z += weight[i * inputs + j]! * h[j]!;
      return z;
    });
    h = sums.map((z, i) => traitsOf(activation).value(z, activation, i));
    return sums;
  });
}
