import type { Field } from '../../src/model/field.ts';
import { parameterCountOf } from '../../src/model/planeNetwork.ts';
import { resolve } from '../../src/model/resolve.ts';
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
      /** Whether the value is the number of the largest output; else there is one output. */
      readonly isClass: boolean;
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
/** Of a part of a grid at least so many must have been evaluated. */
const LEAST_PROBES = 2;
/** A gradient is compared where no hinge is closer than this: float32 may see the point beyond it. */
const HINGE_DISTANCE = 1e-4;

/** Coordinate of sample i along an axis: the middles of cells, as a picture has them. */
export function coordinate(i: number, side: number): number {
  return ((2 * i + 1) / side - 1) * HALF_WIDTH;
}

/** All points of some rows, row after row, as [rows · side, 2] float32. */
export function pointsOf(side: number, rows: readonly number[]): Float32Array<ArrayBuffer> {
  const points = new Float32Array(2 * side * rows.length);
  const across = Float32Array.from({ length: side }, (_, column) => coordinate(column, side));
  rows.forEach((row, place) => {
    const y = coordinate(row, side);
    for (let column = 0, at = 2 * place * side; column < side; column += 1, at += 2) {
      points[at] = across[column];
      points[at + 1] = y;
    }
  });
  return points;
}

/** The network on its slice, whose first layer has two inputs: peers get as much for nothing as Reluscope. */
export function modelOf(field: Field): Model {
  const { network, plane, readout } = resolve(field);
  if (readout.kind === 'output' || readout.kind === 'class') {
    const layers = plane.layers.map(({ inputs, outputs, weight, bias }) => ({
      inputs,
      outputs,
      weight: [...weight],
      bias: [...bias],
    }));
    return { kind: 'mlp', isClass: readout.kind === 'class', layers };
  }
  if (readout.kind !== 'lse')
    throw new Error(`modelOf: received '${readout.kind}', expected output, class or lse`);
  const { weight, bias } = network.layers[0];
  const rows = Array.from(bias, (_, k) => [weight[2 * k], weight[2 * k + 1]] as const);
  return { kind: 'lse', lambda: readout.lambda, weight: rows, bias: [...bias] };
}

export function makeWork(name: string, field: Field, side: number, gradient: boolean): Work {
  const reference = createEvaluator(field);
  const smooth = field.readout.kind === 'lse';
  // Of a class there is nothing to compare where float32 may see another one.
  const identity = (x: number, y: number) =>
    field.readout.kind === 'class' ? reference.value(x, y) : reference.regionId(x, y);
  const probes: number[] = [];
  const stride = (side * side) / PROBES;
  for (let k = 0; k < PROBES; k += 1) {
    const index = Math.min(side * side - 1, Math.floor((k + 0.618) * stride));
    const [x, y] = [coordinate(index % side, side), coordinate(Math.floor(index / side), side)];
    const here = identity(x, y);
    const isAlone = [-1, 1].every((sign) =>
      [-1, 1].every(
        (other) => identity(x + sign * HINGE_DISTANCE, y + other * HINGE_DISTANCE) === here,
      ),
    );
    if (smooth || isAlone) probes.push(index);
  }
  return { name, field, side, gradient, probes };
}

/** What float64 gives at a work's probes: per probe the value and, where asked for, both derivatives. */
export function expectedOf(work: Work): number[] {
  const reference = createEvaluator(work.field);
  return work.probes.flatMap((index) => {
    const x = coordinate(index % work.side, work.side);
    const y = coordinate(Math.floor(index / work.side), work.side);
    return [reference.value(x, y), ...(work.gradient ? reference.gradient(x, y) : [])];
  });
}

/**
 * The largest error over the probes that were evaluated, relative to the largest magnitude of the
 * value and of the gradient; NaN where one is NaN, or where fewer than `LEAST_PROBES` were evaluated.
 * @param expected as `expectedOf` gives it
 * @param results of the same form; null where a candidate kept no result
 */
export function worstError(
  expected: readonly number[],
  results: readonly (number | null)[],
  gradient: boolean,
): number {
  const width = gradient ? 3 : 1;
  if (results.length !== expected.length) return Number.NaN;
  const sizes = [1e-300, 1e-300];
  expected.forEach((value, i) => {
    const part = Math.min(i % width, 1);
    sizes[part] = Math.max(sizes[part], Math.abs(value));
  });
  let worst = 0;
  let compared = 0;
  expected.forEach((value, i) => {
    const result = results[i];
    if (result === null) return;
    compared += 1;
    const error = Math.abs(result - value) / sizes[Math.min(i % width, 1)];
    if (!(error <= worst) && !Number.isNaN(worst)) worst = error;
  });
  return compared < LEAST_PROBES * width ? Number.NaN : worst;
}

/** Multiplications and additions for one sample without any culling. */
export function flopsPerSample(item: {
  readonly field: Field;
  readonly gradient: boolean;
}): number {
  const parameters = parametersOf(item);
  // Backwards again as much, less the biases.
  if (item.field.readout.kind !== 'lse') return 2 * parameters * (item.gradient ? 2 : 1);
  // Logits, their sum, and for the gradient the weighted mean; exponentials counted as one.
  return (parameters / 3) * (item.gradient ? 11 : 6);
}

export function parametersOf({ field }: { readonly field: Field }): number {
  return parameterCountOf(resolve(field).plane);
}
