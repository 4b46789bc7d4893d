import type { Field } from '../../src/model/field.ts';
import { resolveLogits } from '../../src/model/logits.ts';
import { drawNetwork, parameterCount } from '../../src/model/network.ts';
import { createEvaluator } from '../../src/reference/evaluate.ts';

/** One piece of work that every candidate does: a field on a square grid, in the view |x|, |y| ≤ 3. */
export interface Work {
  readonly name: string;
  readonly field: Field;
  /** Samples along each axis. */
  readonly side: number;
  /** Value and exact gradient, or the value alone. */
  readonly gradient: boolean;
  /** Samples whose results are compared with float64. */
  readonly probes: readonly number[];
}

/** The parameters as the peers take them. */
export type Model =
  | {
      readonly kind: 'mlp';
      readonly layers: readonly {
        readonly inputs: number;
        readonly outputs: number;
        /** [outputs, inputs], row-major. */
        readonly weight: readonly number[];
        readonly bias: readonly number[];
      }[];
    }
  | {
      readonly kind: 'lse';
      readonly lambda: number;
      /** [K, 2]. */
      readonly weight: readonly (readonly [number, number])[];
      readonly bias: readonly number[];
    };

export const HALF_WIDTH = 3;
const PROBES = 997;
/** A gradient is compared where no hinge is closer than this: float32 may see the point beyond it. */
const HINGE_DISTANCE = 1e-4;

/** Coordinate of sample i along an axis: the middles of cells, as a picture has them. */
export function coordinate(i: number, side: number): number {
  return ((2 * i + 1) / side - 1) * HALF_WIDTH;
}

/** The points `first` … `first + count − 1` in row-major order, as [count, 2] float32. */
export function pointsOf(side: number, first: number, count: number): Float32Array<ArrayBuffer> {
  const points = new Float32Array(2 * count);
  for (let i = 0; i < count; i += 1) {
    points[2 * i] = coordinate((first + i) % side, side);
    points[2 * i + 1] = coordinate(Math.floor((first + i) / side), side);
  }
  return points;
}

export function modelOf(field: Field): Model {
  if (field.kind === 'mlp') {
    const layers = drawNetwork(field).layers.map(({ inputs, outputs, weight, bias }) => ({
      inputs,
      outputs,
      weight: [...weight],
      bias: [...bias],
    }));
    return { kind: 'mlp', layers };
  }
  if (field.kind !== 'lse')
    throw new Error(`modelOf: received '${field.kind}', expected mlp or lse`);
  const { weight, bias } = resolveLogits(field.logits);
  return { kind: 'lse', lambda: field.lambda, weight, bias };
}

export function makeWork(name: string, field: Field, side: number, gradient: boolean): Work {
  const reference = createEvaluator(field);
  const smooth = field.kind !== 'mlp';
  const probes: number[] = [];
  const stride = (side * side) / PROBES;
  for (let k = 0; k < PROBES; k += 1) {
    const index = Math.min(side * side - 1, Math.floor((k + 0.618) * stride));
    const [x, y] = [coordinate(index % side, side), coordinate(Math.floor(index / side), side)];
    const here = reference.regionId(x, y);
    const isAlone = [-1, 1].every((sign) =>
      [-1, 1].every(
        (other) =>
          reference.regionId(x + sign * HINGE_DISTANCE, y + other * HINGE_DISTANCE) === here,
      ),
    );
    if (smooth || isAlone) probes.push(index);
  }
  return { name, field, side, gradient, probes };
}

/**
 * The largest error over the probes, relative to the largest magnitude of the value and of the
 * gradient; NaN stays NaN.
 * @param results per probe the value, and both derivatives where the work asks for them;
 *   null where a candidate kept no result.
 */
export function worstError(work: Work, results: readonly (number | null)[]): number {
  const reference = createEvaluator(work.field);
  const width = work.gradient ? 3 : 1;
  if (results.length !== width * work.probes.length) return Number.NaN;
  const expected = work.probes.flatMap((index) => {
    const x = coordinate(index % work.side, work.side);
    const y = coordinate(Math.floor(index / work.side), work.side);
    return [reference.value(x, y), ...(work.gradient ? reference.gradient(x, y) : [])];
  });
  const sizes = [0, 1, 2].map((part) =>
    expected.reduce(
      (most, value, i) =>
        Math.min(i % width, 1) === Math.min(part, 1) ? Math.max(most, Math.abs(value)) : most,
      1e-300,
    ),
  );
  let worst = 0;
  let compared = 0;
  expected.forEach((value, i) => {
    const result = results[i];
    if (result === null) return;
    compared += 1;
    const error = Math.abs(result - value) / sizes[i % width];
    if (!(error <= worst)) worst = error;
  });
  return compared === 0 ? Number.NaN : worst;
}

/** Multiplications and additions for one sample without any culling. */
export function flopsPerSample(work: Work): number {
  const { field } = work;
  if (field.kind === 'mlp') {
    const parameters = parameterCount(field.widths);
    // Backwards again as much, less the biases.
    return 2 * parameters * (work.gradient ? 2 : 1);
  }
  const count = parametersOf(field) / 3;
  // Logits, their sum, and for the gradient the weighted mean; exponentials counted as one.
  return count * (work.gradient ? 11 : 6);
}

export function parametersOf(field: Field): number {
  if (field.kind === 'mlp') return parameterCount(field.widths);
  return 3 * resolveLogits('logits' in field ? field.logits : null).bias.length;
}
