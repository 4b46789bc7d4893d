import { describe, expect, test } from 'vitest';
import { plainNetwork } from '../../../src/formats/plainNetwork.ts';
import { encodeSafetensors } from '../../../src/formats/safetensors.ts';
import type { FullNetwork } from '../../../src/model/networks.ts';
import { isSafetensors, readSafetensors } from '../../../src/models/safetensors.ts';

interface Header {
  readonly [name: string]: unknown;
}

function safetensors(header: Header | string, data: readonly number[]): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const tensor = (dtype: string, shape: readonly unknown[], begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
/** One layer of a single weight and bias, in two bytes each. */
const PAIR = { w: tensor('BF16', [1, 1], 0, 2), b: tensor('BF16', [1], 2, 4) };
const NUMBERS = [0xc0, 0x3f, 0x00, 0xc0];

describe('readSafetensors', () => {
  test('reads bfloat16', () => {
    const [layer] = readSafetensors(safetensors(PAIR, NUMBERS)).network.layers;
    expect([layer!.weight[0], layer!.bias[0]]).toEqual([1.5, -2]);
  });

  test('an integer before the floats does not shift them', () => {
    const header = {
      steps: tensor('I64', [], 0, 8),
      w: tensor('BF16', [1, 1], 8, 10),
      b: tensor('BF16', [1], 10, 12),
    };
    const { network, notes } = readSafetensors(
      safetensors(header, [...new Array(8).fill(9), ...NUMBERS]),
    );
    expect(network.layers[0]!.weight[0]).toBe(1.5);
    expect(notes[0]).toContain('steps []');
  });

  test('reads what Reluscope writes, with its activations', () => {
    const network: FullNetwork = {
      layers: [
        {
          inputs: 2,
          outputs: 2,
          weight: Float32Array.of(1, 2, 3, 4),
          bias: Float32Array.of(5, 6),
          activation: { kind: 'prelu', slopes: [0.25, -1] },
        },
        {
          inputs: 2,
          outputs: 1,
          weight: Float32Array.of(7, 8),
          bias: Float32Array.of(9),
          activation: 'identity',
        },
      ],
    };
    const model = readSafetensors(encodeSafetensors(network, { note: 'x' }));
    expect(plainNetwork(model.network)).toEqual(plainNetwork(network));
    expect(model.notes).toEqual([]);
  });

  test('reads names of inputs and outputs, and ranges', () => {
    const inputs = '[{"name":"height","range":[-1,2.5]}]';
    const metadata = { 'reluscope:inputs': inputs, 'reluscope:outputs': '["tall"]' };
    const model = readSafetensors(safetensors({ __metadata__: metadata, ...PAIR }, NUMBERS));
    expect(model.inputs).toEqual([{ name: 'height', range: [-1, 2.5], unit: null }]);
    expect(model.outputNames).toEqual(['tall']);
  });

  test.each([
    ['inputs', '[{"range":[2,1]}]', 'reluscope:inputs[0].range is no pair of numbers'],
    ['inputs', '[{"range":[null,1]}]', 'reluscope:inputs[0].range is no pair of numbers'],
    ['inputs', '[{"name":1}]', 'reluscope:inputs[0].name is no text'],
    ['inputs', '[{},{}]', 'reluscope:inputs is no list of 1'],
    ['outputs', '[null]', 'reluscope:outputs[0] is no text'],
    ['outputs', '{}', 'reluscope:outputs is no list of 1'],
  ])('%s %s are refused', (key, text, message) => {
    const header = { __metadata__: { [`reluscope:${key}`]: text }, ...PAIR };
    expect(() => readSafetensors(safetensors(header, NUMBERS))).toThrow(message);
  });

  test('metadata of another form are refused', () => {
    const withMetadata = (text: string) =>
      safetensors({ __metadata__: { 'reluscope:activations': text }, ...PAIR }, NUMBERS);
    expect(() => readSafetensors(withMetadata('["relu","relu"]'))).toThrow(
      'reluscope:activations is no list of 1',
    );
    expect(() => readSafetensors(withMetadata('["squish"]'))).toThrow('reluscope:activations[0]');
    expect(() => readSafetensors(withMetadata('['))).toThrow('no valid JSON');
  });

  test('offsets that leave gaps, overlap or miss the data are refused', () => {
    const refused = (pair: Header, data = NUMBERS) =>
      expect(() => readSafetensors(safetensors(pair, data)));
    refused({ ...PAIR, b: tensor('BF16', [1], 0, 2) }).toThrow(
      'b begins at byte 0 of the data, expected 2',
    );
    refused({ ...PAIR, b: tensor('BF16', [1], 3, 5) }).toThrow('expected 2');
    refused({ ...PAIR, b: tensor('BF16', [1], 2, 5) }).toThrow('do not enclose the 2 bytes');
    refused({ ...PAIR, b: tensor('BF16', [1], -2, 0) }).toThrow('expected 0');
    refused(PAIR, NUMBERS.slice(1)).toThrow(
      'the data have 3 bytes, but the tensors in the header 4',
    );
    refused(PAIR, [...NUMBERS, 0]).toThrow('the data have 5 bytes');
    refused({ ...PAIR, b: tensor('BF16', [2 ** 52, 4], 2, 4) }).toThrow('sizes');
    refused({ ...PAIR, b: tensor('BF16', ['1'], 2, 4) }).toThrow('sizes');
    refused({ ...PAIR, b: tensor('F8_E4M3', [1], 2, 3) }).toThrow('has the type F8_E4M3');
    refused({ ...PAIR, b: 5 }).toThrow('has the type none');
  });

  test('many tensors of a few bytes in the file may not take more than the bound in memory', () => {
    const header = { w: tensor('U8', [1, 2.1e7], 0, 2.1e7) };
    const bytes = safetensors(header, []);
    const long = new Uint8Array(bytes.length + 2.1e7);
    long.set(bytes);
    expect(() => readSafetensors(long)).toThrow('w is too large');
  });

  test('a header that is too long, or no object, is refused', () => {
    const bytes = safetensors(PAIR, NUMBERS);
    expect(() => readSafetensors(bytes.slice(0, 20))).toThrow(/header of \d+ bytes.*not complete/);
    expect(isSafetensors(bytes.slice(0, 20))).toBe(true);
    bytes.fill(0xff, 0, 8);
    expect(() => readSafetensors(bytes)).toThrow('does not fit');
    expect(isSafetensors(bytes)).toBe(false);
    expect(() => readSafetensors(safetensors('{"a":}', []))).toThrow('no valid JSON');
    const deep = `{"a":${'['.repeat(100)}`;
    expect(() => readSafetensors(safetensors(deep, []))).toThrow(
      'depth: 101, at most 64 can be read',
    );
  });
});
