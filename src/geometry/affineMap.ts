import type { ChainLayer } from '../model/planeNetwork.ts';
import { type Dyadic, lowestExponent, mantissaAt, normalize, toDyadic } from './dyadic.ts';

/** An affine map without any rounding. */
export interface AffineMap {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs], row-major. */
  readonly weight: readonly Dyadic[];
  /** [outputs] */
  readonly bias: readonly Dyadic[];
}

/** The affine maps of layers one after the other, multiplied out. */
export function multiplyOut(layers: readonly ChainLayer[]): AffineMap {
  if (layers.length === 1) {
    const [{ inputs, outputs, weight, bias }] = layers;
    return {
      inputs,
      outputs,
      weight: Array.from(weight, toDyadic),
      bias: Array.from(bias, toDyadic),
    };
  }
  const [first, ...rest] = layers.map(toIntegers);
  const { rows, exponent } = rest.reduce(after, first);
  const inputs = layers[0].inputs;
  const numbers = rows.map((row) => row.map((integer) => normalize(integer, exponent)));
  return {
    inputs,
    outputs: rows.length,
    weight: numbers.flatMap((row) => row.slice(0, inputs)),
    bias: numbers.map((row) => row[inputs]),
  };
}

/** An affine map in integers, which stand for themselves times 2^exponent. */
interface IntegerMap {
  /** [outputs][inputs + 1], the bias last. */
  readonly rows: readonly (readonly bigint[])[];
  readonly exponent: number;
}

function toIntegers({ inputs, outputs, weight, bias }: ChainLayer): IntegerMap {
  const weights = Array.from(weight, toDyadic);
  const biases = Array.from(bias, toDyadic);
  const exponent = Math.min(lowestExponent(weights), lowestExponent(biases), 0);
  const integer = (value: Dyadic) => mantissaAt(value, exponent);
  const rows = Array.from({ length: outputs }, (_, i) => [
    ...weights.slice(i * inputs, (i + 1) * inputs).map(integer),
    integer(biases[i]),
  ]);
  return { rows, exponent };
}

/** The second map after the first. */
function after(first: IntegerMap, second: IntegerMap): IntegerMap {
  const columns = first.rows[0].length;
  // The rows of clamps are nearly empty.
  const filled = first.rows.map((row) => row.flatMap((value, j) => (value === 0n ? [] : [j])));
  const rows = second.rows.map((row) => {
    const sum = new Array<bigint>(columns).fill(0n);
    const bias = row[row.length - 1];
    sum[columns - 1] = bias << BigInt(-first.exponent);
    first.rows.forEach((input, k) => {
      const weight = row[k];
      if (weight === 0n) return;
      for (const j of filled[k]) sum[j] += weight * input[j];
    });
    return sum;
  });
  return { rows, exponent: first.exponent + second.exponent };
}
