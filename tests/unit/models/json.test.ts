import { describe, expect, test, vi } from 'vitest';
import { plainNetwork } from '../../../src/formats/plainNetwork.ts';
import { isJson, readJson } from '../../../src/models/json.ts';
import { readModelFile } from '../../../src/models/readModelFile.ts';
import { namedFile } from './files.ts';

const W1 = [
  [1.5, -0.625],
  [0.25, 2],
];
const W2 = [[-0.75, 3]];
const [b1, b2] = [[0.125, -1], [0.5]];
const { network } = readModelFile([namedFile('small_layers.json')]);
const SMALL = plainNetwork(network);

const read = (content: unknown, options = {}) =>
  readJson(
    new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
    options,
  );

test('numbers in binary that begin as JSON does are none', () => {
  expect(isJson(new TextEncoder().encode(' \r\n\t{"W1": [[1]]}'))).toBe(true);
  expect(isJson(Uint8Array.of(0x7b, 0x14, 0xae, 0x3e))).toBe(false);
  expect(isJson(Uint8Array.of(0, 0, 0x5b, 0x3e))).toBe(false);
});

describe('readJson', () => {
  test('reads the forms that people write', () => {
    const turned = [
      [1.5, 0.25],
      [-0.625, 2],
    ];
    for (const content of [
      SMALL,
      SMALL.layers,
      { weights: [W1, W2], biases: [b1, b2], activation: 'relu' },
      { weights: [W1, W2], biases: [[[0.125], [-1]], 0.5], activations: ['ReLU', 'linear'] },
      {
        coefs_: [turned, [[-0.75], [3]]],
        intercepts_: [b1, b2],
        activation: 'relu',
        out_activation_: 'identity',
      },
      { sizes: [2, 2, 1], weights: [W1, W2], biases: [b1, b2] },
      { W1, b1, W2, b2 },
      {
        layers: [
          { W: W1, b: b1 },
          { W: W2, b: b2 },
        ],
      },
      { fc2: { weight: W2, bias: b2 }, fc1: { weight: W1, bias: b1 }, epochs: 7 },
      { model: { weights: [W1, W2], biases: [b1, b2], activation: 'relu' } },
      {
        params: {
          params: {
            Dense_0: { kernel: turned, bias: b1 },
            Dense_1: { kernel: [[-0.75], [3]], bias: b2 },
          },
        },
      },
      { model: SMALL },
      `\uFEFF ${JSON.stringify(SMALL)}`,
    ]) {
      expect(plainNetwork(read(content).network)).toEqual(SMALL);
    }
  });

  test('notes say what was left out', () => {
    const { notes } = read({ epochs: 7, weights: [W1, W2], biases: [b1, b2], activation: 'relu' });
    expect(notes).toEqual(['Members left out: epochs.']);
  });

  test('objects beside weights are left out, and activations in them are not passed over', () => {
    const config = { decay: 1, b: [1, 2] };
    expect(read({ W1, b1, W2, b2, config }).notes[0]).toBe('Members left out: config.');
    const fc1 = { weight: W1, bias: b1, activation: 'tanh' };
    expect(() => read({ fc1, fc2: { weight: W2, bias: b2 } })).toThrow(
      'fc1.activation is not read there; expected {layers: [{weight, bias, activation}, …]}',
    );
    expect(() => read({ a: { 'fc.weight': W1 }, 'a.fc': { weight: W1 } })).toThrow(
      'a.fc.weight comes twice',
    );
  });

  test('activations are read with their parameters, in any spelling', () => {
    const of = (activation: unknown) =>
      read({
        layers: [
          { weight: W1, bias: b1, activation },
          { weight: W2, bias: b2 },
        ],
      }).network.layers[0]!.activation;
    expect(of('ReLU')).toBe('relu');
    expect(of('leaky_relu')).toEqual({ kind: 'leakyRelu', slope: 0.01 });
    expect(of({ kind: 'leakyRelu', slope: 0.5 })).toEqual({ kind: 'leakyRelu', slope: 0.5 });
    expect(of('logistic')).toBe('sigmoid');
    expect(() => of('squish')).toThrow('layers[0].activation: received "squish"');
    expect(() => of('softmax')).toThrow('a softmax follows layer 1');
  });

  test("the activation at the end is that of scikit-learn's key", () => {
    const end = {
      weights: [W1, W2],
      biases: [b1, b2],
      activation: 'tanh',
      out_activation_: 'softmax',
    };
    expect(read(end).ending).toBe('softmax');
    expect(read(end).network.layers[0]!.activation).toBe('tanh');
  });

  test('JSON of Keras and TensorFlow.js is named, with what to do', () => {
    for (const key of ['class_name', 'keras_version', 'modelTopology']) {
      const content = { [key]: 'Sequential', config: { layers: [] } };
      expect(() => read(content)).toThrow(`Keras or TensorFlow.js (it has ${key})`);
      expect(() => read(content)).toThrow('get_weights()');
    }
  });

  test('what is wrong is named with its place', () => {
    expect(() => read({ weights: [W1, [[1, 2], [3]]], biases: [b1, b2] })).toThrow(
      'weights[1][1] is no list of 2 numbers, as the first row is',
    );
    expect(() => read({ W1: [[1, '2']], b1: [0] })).toThrow('W1[0]: element 1 is no number');
    expect(() => read('{"W1": [[1e999]], "b1": [0]}')).toThrow('W1: number 0 is Infinity');
    expect(() => read({ layers: [{ weight: W1 }, { bias: b2 }] })).toThrow('layers[1].bias');
    expect(() =>
      read({ weights: [W1, W2], biases: [b1, b2], activations: ['relu', 'relu', 'relu'] }),
    ).toThrow('activations names 3, expected 1 or 2');
    expect(() => read({ hello: 1 })).toThrow('no weights; expected');
    expect(() => read([])).toThrow('no weights; expected');
    expect(() => read('{')).toThrow('no valid JSON');
    expect(() => read('{"W1": [[NaN]]}')).toThrow(/no valid JSON: .*N/);
  });

  test('very many layers are refused by a typed error', () => {
    const weights = Array.from({ length: 20_000 }, () => [[1]]);
    expect(() => read({ weights })).toThrow('there are more than 10000 arrays');
    const fewer = weights.slice(0, 1001);
    expect(() => read({ weights: fewer })).toThrow('1001 weights; at most 1000 can be read');
  });

  test('what a text may hold is bounded before it is parsed', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const list = (count: number, part: string) => `[${Array(count).fill(part).join()}]`;
    const object = (count: number, name: string) =>
      `{${Array.from({ length: count }, (_, i) => `"${name}${i}":1`)}}`;
    for (const [text, refusal] of [
      ['['.repeat(100_000), 'depth: 100000, at most 64'],
      [list(100_000, '[]'), 'lists and objects: 100001, at most 100000'],
      [list(2_500_002, '0'), 'values: 2500001, at most 2500000'],
      [object(4001, 'w'), 'members: 4001, at most 4000'],
      [object(1, 'w'.repeat(256)), 'bytes in a name: 257, at most 256'],
      [object(1, '\\"'.repeat(129)), 'bytes in a name: 259, at most 256'],
      [' '.repeat(8e7 + 1), 'the file is too large: the numbers of a network may take 80 MB'],
    ] as const) {
      expect(() => read(text)).toThrow(refusal);
    }
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
    expect(() => read(list(100, '[]'))).toThrow('no weights');
    const marks = { note: '[[[:,{'.repeat(100_000), '"quoted\\': 1 };
    expect(plainNetwork(read({ ...marks, ...SMALL }).network)).toEqual(SMALL);
  });
});
