import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Activation,
  breakpointsOf,
  isPiecewiseLinear,
  traitsOf,
} from '../../../src/model/activations.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import type { ExplicitLayer, FullNetwork } from '../../../src/model/networks.ts';
import type { ChainLayer, PlaneLayer } from '../../../src/model/planeNetwork.ts';
import { READOUTS, type Readout } from '../../../src/model/readouts.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { restrict } from '../../../src/model/restrict.ts';
import { pointOfSlice } from '../../../src/model/slice.ts';
import { PlanePass } from '../../../src/reference/planePass.ts';
import { EPSILON } from '../expectNear.ts';
import {
  add,
  type Dyadic,
  fromNumber,
  multiply,
  subtract,
  toNumber,
  ZERO,
} from '../reference/dyadic.ts';
import {
  activateExactly,
  exactLayers,
  exactOutputs,
  exactPointOfSlice,
} from '../reference/exactPlane.ts';
import { sizeOf } from '../reference/sizes.ts';
import { networkFields, piecewiseLinearFields, slicePoints } from './networkFields.ts';

const areEqual = (a: Dyadic, b: Dyadic) => subtract(a, b).mantissa === 0n;

/** What a readout of one output or neuron reads, of [layers][neurons] pre-activations; else all outputs. */
function read<T>(
  layers: readonly (readonly T[])[],
  { layers: own }: FullNetwork,
  readout: Readout,
  activate: (activation: Activation, z: T, neuron: number) => T,
): readonly T[] {
  if (!READOUTS[readout.kind].ofOne) return layers.at(-1)!;
  const { index } = readout as Readout & { readonly index: number };
  if (readout.kind !== 'neuron') return [layers.at(-1)![index]!];
  const z = layers[readout.layer]![index]!;
  if (readout.stage === 'preactivation') return [z];
  return [activate(own[readout.layer]!.activation, z, index)];
}

/** [layers][neurons] pre-activations in float64, the outputs last, and a bound of the terms of their sums. */
function layersAt({ layers }: FullNetwork, x: readonly number[]) {
  let from = x;
  let bound = Math.max(...x.map(Math.abs));
  const all = layers.map(({ inputs, outputs, weight, bias, activation }) => {
    const z = Array.from({ length: outputs }, (_, o) =>
      from.reduce((sum, value, i) => sum + weight[o * inputs + i]! * value, bias[o]!),
    );
    bound = 1.2 * (inputs * bound + 1) * Math.max(1, ...weight.map(Math.abs));
    from = z.map((value, o) => traitsOf(activation).value(value, activation, o));
    return z;
  });
  return { layers: all, bound };
}

describe('restrict', () => {
  it('gives what the whole network does at the point of the slice, exactly', () => {
    fc.assert(
      fc.property(piecewiseLinearFields, slicePoints, (field, u) => {
        const resolved = resolve(field);
        const { network, plane, whole } = resolved;
        const point = u.map(fromNumber);
        const layers = exactLayers(network, exactPointOfSlice(field.slice, point));
        const expected = read(layers, network, field.readout, activateExactly);
        const received = exactOutputs(plane.chain, point);
        expect(received.length).toBe(expected.length);
        expect(expected.findIndex((z, k) => !areEqual(z, received[k]!))).toBe(-1);
        const outputs = exactOutputs(whole.chain, point);
        expect(layers.at(-1)!.findIndex((z, k) => !areEqual(z, outputs[k]!))).toBe(-1);
      }),
      { numRuns: 300 },
    );
  });

  it('gives it in float64 for every activation and readout', () => {
    fc.assert(
      fc.property(networkFields, slicePoints, (field, [u1, u2]) => {
        const { network, plane } = resolve(field);
        const x = field.slice ? pointOfSlice(field.slice, u1, u2) : [u1, u2];
        const { layers, bound } = layersAt(network, x);
        const expected = read(layers, network, field.readout, (activation, z, neuron) =>
          traitsOf(activation).value(z, activation, neuron),
        );
        const received = new PlanePass(plane).load(u1, u2);
        // Sums of d + 3 · 8 rounded terms, in the one order and in the other.
        const size = Math.max(bound, sizeOf(plane, [u1, u2]));
        const tolerance = 2 * EPSILON * (x.length + 24) * size;
        expect(expected.findIndex((z, k) => !(Math.abs(received[k]! - z) <= tolerance))).toBe(-1);
      }),
      { numRuns: 500 },
    );
  });

  it('multiplies out affine layers that follow each other, to double-double', () => {
    fc.assert(
      fc.property(networkFields, (field) => {
        const { layers, chain } = resolve(field).whole;
        const expected = multiplyOut(chain);
        expect(layers.map(({ outputs }) => outputs)).toEqual(
          expected.map(({ rows }) => rows.length),
        );
        const wrong = layers.findIndex((layer, l) => !isProduct(layer, expected[l]!));
        expect(wrong, JSON.stringify(layers[wrong])).toBe(-1);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves no identity in a hidden layer, and says whether all activations are piecewise linear', () => {
    fc.assert(
      fc.property(networkFields, (field) => {
        const { network, whole } = resolve(field);
        const last = whole.layers.length - 1;
        const kinds = whole.layers.map(({ activation }) => activation.kind);
        expect(kinds.indexOf('identity')).toBe(last);
        expect(whole.layers[0]!.inputs).toBe(2);
        expect(whole.isPiecewiseLinear).toBe(
          network.layers.every(({ activation }) => isPiecewiseLinear(activation)),
        );
        const hidden = whole.layers.map(({ hiddenLayer }) => hiddenLayer);
        expect(hidden).toEqual([...hidden.slice(0, last).sort((a, b) => a - b), -1]);
      }),
      { numRuns: 200 },
    );
  });

  it('gives a moved slice what it gives the same slice of a network that it has never seen', () => {
    const moves = fc.array(slicePoints, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(networkFields, moves, (field, points) => {
        const { network } = resolve(field);
        const fresh = () => ({
          layers: network.layers.map((layer) => ({ ...layer, weight: layer.weight.slice() })),
        });
        for (const [u1, u2] of points) {
          if (field.slice === null) return;
          // Of other origins, and every other time of exchanged axes.
          const { axis1, axis2 } = field.slice;
          const origin = pointOfSlice(field.slice, u1, u2);
          const slice = u1 > 0 ? { origin, axis1, axis2 } : { origin, axis1: axis2, axis2: axis1 };
          expect(restrict(network, slice, null)).toEqual(restrict(fresh(), slice, null));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('makes two layers of ReLUs of a clamp', () => {
    const layers: ExplicitLayer[] = [
      { weight: [[1, 2]], bias: [0.5], activation: { kind: 'hardtanh', min: -1, max: 3 } },
      { weight: [[4]], bias: [10], activation: 'identity' },
    ];
    const network = networkOf({ kind: 'explicit', layers });
    const [lower, upper, output] = restrict(network, null, null).layers;
    // 3 − relu(4 − relu(z + 1)), times 4, plus 10.
    expect([...lower!.weight, ...lower!.bias]).toEqual([1, 2, 1.5]);
    expect([...upper!.weight, ...upper!.bias]).toEqual([-1, 4]);
    expect([lower, upper].map((layer) => layer!.activation)).toEqual(
      [0, 1].map(() => ({ kind: 'twoSlope', slopes: Float64Array.of(0) })),
    );
    expect([lower, upper].map((layer) => layer!.hiddenLayer)).toEqual([0, 0]);
    expect([lower, upper, output].map((layer) => layer!.isOneToOne)).toEqual([false, true, false]);
    expect([...output!.weight, ...output!.bias]).toEqual([-4, 22]);
  });

  it('says of a layer that its neurons read one input each only if they do', () => {
    fc.assert(
      fc.property(networkFields, (field) => {
        for (const { isOneToOne, inputs, outputs, weight } of resolve(field).plane.layers) {
          if (!isOneToOne) continue;
          expect(inputs).toBe(outputs);
          const others = weight.filter((_, at) => at % inputs !== Math.floor(at / inputs));
          expect(others.every((own) => own === 0)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    { kind: 'hardtanh', min: -1, max: 3 },
    { kind: 'hardtanh', min: -0.1, max: 0.3 },
    'relu6',
  ] as const)('gives %j PyTorch’s derivative at its ends, 0', (activation) => {
    const { derivative } = traitsOf(activation);
    const layers: ExplicitLayer[] = [
      { weight: [[1, 0]], bias: [0], activation },
      { weight: [[1]], bias: [0], activation: 'identity' },
    ];
    const { plane } = resolve({
      network: { kind: 'explicit', layers },
      slice: null,
      readout: { kind: 'output', index: 0 },
    });
    const pass = new PlanePass(plane);
    for (const z of breakpointsOf(activation).flatMap((end) => [end - 0.01, end, end + 0.01])) {
      pass.load(z, 0);
      expect(pass.differentiate()[0], `at ${z}`).toBe(derivative(z, activation, 0));
    }
  });

  it('keeps float32 weights to the bit where nothing is multiplied', () => {
    const source = {
      kind: 'drawn',
      widths: [2, 7, 3],
      activation: 'abs',
      seed: 3,
      outputBias: null,
    } as const;
    const network = networkOf(source);
    const { layers } = restrict(network, null, null);
    layers.forEach((layer, i) => {
      expect([...layer.weight]).toEqual([...network.layers[i]!.weight]);
      expect([...layer.bias]).toEqual([...network.layers[i]!.bias]);
      expect([layer.weightLow, layer.biasLow]).toEqual([null, null]);
    });
  });
});

/** An affine layer in exact numbers, with the sizes of its sums' terms. */
interface ExactAffine {
  readonly rows: readonly (readonly Dyadic[])[];
  readonly bias: readonly Dyadic[];
  /** Of each entry of rows, and at the end of each that of the bias. */
  readonly sizes: readonly (readonly number[])[];
}

/** The chain with what follows without an activation multiplied out. */
function multiplyOut(chain: readonly ChainLayer[]): ExactAffine[] {
  const layers: ExactAffine[] = [];
  let pending: ExactAffine | null = null;
  chain.forEach((layer, i) => {
    const map = after(layer, pending);
    const isOpen = layer.activation.kind === 'identity' && i < chain.length - 1;
    pending = isOpen ? map : null;
    if (!isOpen) layers.push(map);
  });
  return layers;
}

function after(
  { inputs, outputs, weight, bias }: ChainLayer,
  before: ExactAffine | null,
): ExactAffine {
  const exact = Array.from({ length: outputs }, (_, o) =>
    Array.from(weight.subarray(o * inputs, (o + 1) * inputs), fromNumber),
  );
  const constants = Array.from(bias, fromNumber);
  if (!before)
    return { rows: exact, bias: constants, sizes: exact.map((row) => [...row, ZERO].map(() => 0)) };
  const columns = before.rows[0]!.length;
  const along = (row: readonly Dyadic[], column: readonly Dyadic[], start: Dyadic) =>
    row.reduce((sum, w, j) => add(sum, multiply(w, column[j]!)), start);
  const column = (c: number) => before.rows.map((row) => row[c]!);
  return {
    rows: exact.map((row) =>
      Array.from({ length: columns }, (_, c) => along(row, column(c), ZERO)),
    ),
    bias: exact.map((row, o) => along(row, before.bias, constants[o]!)),
    sizes: exact.map((row, o) =>
      Array.from({ length: columns + 1 }, (_, c) => {
        const values = c < columns ? column(c) : before.bias;
        const start = c < columns ? 0 : Math.abs(bias[o]!);
        return row.reduce((sum, w, j) => {
          const size = Math.abs(toNumber(values[j]!)) + before.sizes[j]![c]!;
          return sum + Math.abs(toNumber(w)) * size;
        }, start);
      }),
    ),
  };
}

/** Whether weight + weightLow is the exact product, and weight the float64 nearest to it. */
function isProduct(layer: PlaneLayer, { rows, bias, sizes }: ExactAffine): boolean {
  const { inputs, weight, weightLow, biasLow } = layer;
  const isNear = (high: number, low: number, exact: Dyadic, size: number) => {
    const error = toNumber(subtract(add(fromNumber(high), fromNumber(low)), exact));
    // Each of up to 64 sums is off by 2⁻¹⁰⁴ of its terms.
    return high + low === high && Math.abs(error) <= 2 ** -98 * size;
  };
  return rows.every(
    (row, o) =>
      row.every((exact, i) => {
        const at = o * inputs + i;
        return isNear(weight[at]!, weightLow?.[at] ?? 0, exact, sizes[o]![i]!);
      }) && isNear(layer.bias[o]!, biasLow?.[o] ?? 0, bias[o]!, sizes[o]![inputs]!),
  );
}
