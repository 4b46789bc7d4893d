import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { plainNetwork } from '../../../src/formats/plainNetwork.ts';
import { encodeSafetensors } from '../../../src/formats/safetensors.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { readSafetensors } from '../../../src/models/safetensors.ts';
import { fieldOf, type ShortNetwork } from '../../shorthand.ts';
import { torchReference } from '../model/torchReference.ts';

const DEEP: ShortNetwork = {
  kind: 'mlp',
  widths: [2, 5, 3, 1],
  activation: 'relu',
  seed: 3,
  outputBias: 4,
};

const drawNetwork = (short: ShortNetwork) => resolve(fieldOf(short)).network;

interface TensorHeader {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Reads a file by the format's own description. */
function decode(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const dataStart = 8 + Number(view.getBigUint64(0, true));
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart));
  const { __metadata__: metadata, ...tensors } = JSON.parse(text) as {
    __metadata__: Record<string, string>;
  } & Record<string, TensorHeader>;
  const read = ([begin, end]: readonly [number, number]) =>
    Array.from({ length: (end - begin) / 4 }, (_, i) =>
      view.getFloat32(dataStart + begin + 4 * i, true),
    );
  return { dataStart, metadata, tensors: tensors as Record<string, TensorHeader>, read };
}

describe('encodeSafetensors', () => {
  const network = drawNetwork(DEEP);

  test('names the tensors as nn.Sequential does, with their shapes', () => {
    const { tensors } = decode(encodeSafetensors(network, {}));
    expect(Object.entries(tensors).map(([name, { shape }]) => [name, shape])).toEqual([
      ['0.weight', [5, 2]],
      ['0.bias', [5]],
      ['2.weight', [3, 5]],
      ['2.bias', [3]],
      ['4.weight', [1, 3]],
      ['4.bias', [1]],
    ]);
    expect(new Set(Object.values(tensors).map(({ dtype }) => dtype))).toEqual(new Set(['F32']));
  });

  test('holds every parameter exactly', () => {
    const { tensors, read } = decode(encodeSafetensors(network, {}));
    network.layers.forEach(({ weight, bias }, i) => {
      expect(read(tensors[`${2 * i}.weight`]!.data_offsets)).toEqual([...weight]);
      expect(read(tensors[`${2 * i}.bias`]!.data_offsets)).toEqual([...bias]);
    });
    expect(read(tensors['4.bias']!.data_offsets)).toEqual([4]);
  });

  test('takes float64 for a tensor that float32 does not hold', () => {
    const layer = {
      inputs: 1,
      outputs: 1,
      bias: Float64Array.of(0.5),
      activation: 'identity',
    } as const;
    const bytes = encodeSafetensors({ layers: [{ ...layer, weight: Float64Array.of(0.1) }] }, {});
    const { tensors } = decode(bytes);
    expect(Object.values(tensors).map(({ dtype }) => dtype)).toEqual(['F64', 'F32']);
    const [own] = readSafetensors(bytes).network.layers;
    expect([own!.weight, own!.bias]).toEqual([Float64Array.of(0.1), Float32Array.of(0.5)]);
  });

  test('lays the parameters end to end, as PyTorch drew them', () => {
    const entry = torchReference.networks.find(({ widths }) => widths.length === 18)!;
    const { widths, seed } = entry;
    const field: ShortNetwork = { kind: 'mlp', widths, activation: 'relu', seed, outputBias: null };
    const bytes = encodeSafetensors(drawNetwork(field), {});
    const data = bytes.subarray(decode(bytes).dataStart);
    const expected = entry.parameters ?? entry.sha256;
    const received = entry.parameters
      ? Buffer.from(data).toString('base64')
      : createHash('sha256').update(data).digest('hex');
    expect(received).toBe(expected);
  });

  test('aligns the values, and carries metadata in any script', () => {
    for (let length = 0; length < 9; length++) {
      const metadata = { state: 'x'.repeat(length), note: 'λ = “1” 😀' };
      const decoded = decode(encodeSafetensors(network, metadata));
      expect(decoded.dataStart % 8).toBe(0);
      const activations = '["relu","relu","identity"]';
      expect(decoded.metadata).toEqual({ ...metadata, 'reluscope:activations': activations });
    }
  });
});

describe('plainNetwork', () => {
  test('gives rows of weights, one for each output', () => {
    const network = drawNetwork(DEEP);
    const { widths, layers } = plainNetwork(network);
    expect(widths).toEqual(DEEP.widths);
    expect(layers.map(({ activation }) => activation)).toEqual(['relu', 'relu', 'identity']);
    expect(layers.map(({ weight }) => weight.map((row) => row.length))).toEqual([
      [2, 2, 2, 2, 2],
      [5, 5, 5],
      [3],
    ]);
    expect(layers.flatMap(({ weight }) => weight.flat())).toEqual(
      network.layers.flatMap(({ weight }) => [...weight]),
    );
    expect(layers.at(-1)?.bias).toEqual([4]);
  });

  test('shares nothing with the network', () => {
    const network = drawNetwork(DEEP);
    const plain = plainNetwork(network);
    plain.layers[0]!.weight[0]![0] = 99;
    plain.widths[0] = 99;
    expect(network.layers[0]!.weight[0]).not.toBe(99);
    expect(network.layers[0]!.inputs).toBe(2);
  });
});
