import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../../src/formats/npy.ts';
import { plainNetwork } from '../../../src/formats/plainNetwork.ts';
import { groupModelFiles, readModelFile } from '../../../src/models/readModelFile.ts';
import { forward } from '../../../src/reference/pointReading.ts';
import { EXPECTED, modelBytes, namedFile, refusalOf, textFile } from './files.ts';

const GUESSED = expect.stringContaining('taken to be ReLU');

describe('files of NumPy, safetensors and others', () => {
  for (const { file, widths, values } of EXPECTED.filter(({ refuse }) => refuse === undefined)) {
    test(`${file} gives the outputs that NumPy computes`, () => {
      const { network, inputs } = readModelFile([namedFile(file)]);
      expect(plainNetwork(network).widths).toEqual(widths);
      expect(inputs).toHaveLength(widths![0]!);
      for (const { x, y } of values!) {
        const outputs = forward(network, x);
        // Both are float64; sums may be taken in another order.
        outputs.forEach((output, i) => {
          expect(Math.abs(output - y[i]!)).toBeLessThanOrEqual(
            1e-13 * Math.max(1, Math.abs(y[i]!)),
          );
        });
      }
    });
  }

  test('all spellings of one network are the same network', () => {
    const spellings = EXPECTED.filter(({ spelling }) => spelling);
    expect(spellings.length).toBeGreaterThan(8);
    const networks = spellings.map(({ file }) =>
      plainNetwork(readModelFile([namedFile(file)]).network),
    );
    for (const network of networks) expect(network).toEqual(networks[0]);
  });
});

describe('which reader reads a file', () => {
  test('its content decides, not its name', () => {
    const bytes = modelBytes('small.safetensors');
    const model = readModelFile([{ name: 'weights.npz', bytes }]);
    expect(plainNetwork(model.network).widths).toEqual([2, 2, 1]);
  });

  test('what is known but can run code is refused, with lines of Python', () => {
    for (const { file, refuse } of EXPECTED.filter((expected) => expected.refuse !== undefined)) {
      const message = refusalOf(namedFile(file));
      expect(message).toContain(refuse);
      expect(message).toContain(`${file}: `);
      expect(message.split('\n')).toHaveLength(4);
      expect(message).toContain(`"${file}"`);
    }
  });

  test('pickles of every protocol and old files of PyTorch are recognised', () => {
    for (const start of [
      '\x80\x02}',
      '\x80\x05\x95',
      '(dp0\n',
      '(lp0\n',
      ']q\0',
      'cnumpy\narray\n',
    ]) {
      const bytes = Uint8Array.from(start, (c) => c.charCodeAt(0));
      expect(refusalOf({ name: 'a.pkl', bytes })).toContain('pickle.load');
    }
    const old = '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.';
    const bytes = Uint8Array.from(old, (c) => c.charCodeAt(0));
    expect(refusalOf({ name: 'a.pth', bytes })).toContain('torch.load("a.pth"');
  });

  test('a program of torch.export is recognised', () => {
    const bytes = zipSync({
      'net/archive_format': strToU8('pt2'),
      'net/data/weights/w': strToU8(''),
    });
    expect(refusalOf({ name: 'net.pt2', bytes })).toContain('torch.export.load("net.pt2")');
  });

  test('a safetensors file whose length begins as a pickle does is read', () => {
    const bytes = modelBytes('small.safetensors');
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const padding = 0x280 - length;
    const padded = new Uint8Array(bytes.length + padding);
    padded.set(bytes.subarray(0, 8 + length));
    padded.fill(0x20, 8 + length, 8 + length + padding);
    padded.set(bytes.subarray(8 + length), 8 + length + padding);
    padded.set([0x80, 0x02], 0);
    expect(readModelFile([{ name: 'a', bytes: padded }]).network.layers).toHaveLength(2);
  });

  test('what is unknown is refused with what can be read', () => {
    for (const [text, found] of [
      ['', 'the file is empty'],
      ['GIF89a', 'it begins with "GIF89a"'],
      ['\0\0\u0001', 'it begins with the bytes 00 00 01'],
      ['\n<!DOCTYPE html>\n<html>', 'this is a web page or XML, not the file that it may name'],
      ['version https://git-lfs.github.com/spec/v1\n', 'git lfs pull fetches it'],
    ] as const) {
      expect(refusalOf(textFile(text, 'a.gif'))).toMatch(
        new RegExp(`^a\\.gif: no known format: .*${found}; can be read: npz, `),
      );
    }
    const zipped = { name: 'a.onnx', bytes: Uint8Array.of(0x1f, 0x8b, 8, 0) };
    expect(refusalOf(zipped)).toContain('compressed by gzip; decompress it first');
    expect(refusalOf()).toContain('no known format');
  });

  test('a second file is refused where one is a network by itself', () => {
    const other = textFile('GIF89a', 'a.gif');
    expect(refusalOf(other, namedFile('small.npz'))).toContain('a.gif came with it');
    expect(refusalOf(namedFile('small.npz'), namedFile('small.nnet'))).toBe(
      'small.npz, small.nnet: each is a network; one can be read at a time',
    );
  });

  test('ONNX may have its data in another file, in either order', () => {
    const file = (name: string) => ({ name, bytes: modelBytes(`onnx/${name}`) });
    const files = [file('external.onnx'), file('external_weights.bin')];
    const { network } = readModelFile(files);
    expect(readModelFile(files.toReversed()).network).toEqual(network);
    expect(readModelFile(files, { activations: 'tanh' }).notes.at(-1)).toContain('were not used');
  });

  test('files of single arrays are read together', () => {
    const array = (values: readonly number[], shape: readonly number[]) =>
      encodeNpy(Float32Array.from(values), shape);
    const { network } = readModelFile([
      { name: 'b1.npy', bytes: array([5, 6, 7], [3]) },
      { name: 'W1.npy', bytes: array([1, 2, 3], [3, 1]) },
    ]);
    expect(forward(network, [2])).toEqual([7, 10, 13]);
  });
});

describe('activations', () => {
  const file = [namedFile('small.npz')];

  test('are taken to be ReLU where the file does not name them, and a note says so', () => {
    expect(readModelFile(file).notes).toEqual([GUESSED]);
    expect(readModelFile([namedFile('small_inputs_first.npz')]).notes).toEqual([]);
  });

  test('are those that the person gives, one for all or a list', () => {
    for (const activations of ['tanh', ['tanh']] as const) {
      const { network, notes } = readModelFile(file, { activations });
      expect(network.layers.map(({ activation }) => activation)).toEqual(['tanh', 'identity']);
      expect(notes).toEqual([]);
    }
    const given = () => readModelFile(file, { activations: ['tanh', 'relu'] });
    expect(given).toThrow('activations.length: received 2, expected 1: one for each hidden layer');
  });

  test('that a file names are kept', () => {
    const { network, notes } = readModelFile([namedFile('elu.npz')], { activations: 'tanh' });
    expect(network.layers[0]!.activation).toEqual({ kind: 'elu', alpha: 1 });
    expect(notes).toEqual(['The file names its activations; those given were not used.']);
  });

  test('after the last layer become a layer of their own', () => {
    const layer = { weight: [[1], [-2]], bias: [0, 0] };
    const read = (activation: string) =>
      readModelFile([textFile(JSON.stringify({ layers: [{ ...layer, activation }] }))]);
    const { network, ending } = read('relu');
    expect(forward(network, [3])).toEqual([3, 0]);
    expect(network.layers.at(-1)!.activation).toBe('identity');
    expect(ending).toBeNull();
    expect(read('softmax').ending).toBe('softmax');
    expect(forward(read('softmax').network, [3])).toEqual([3, -6]);
  });

  test('after very many outputs are refused before a layer is made for them', () => {
    const weight = Array.from({ length: 10_000 }, () => [1]);
    const layers = [{ weight, bias: weight.flat(), activation: 'relu' }];
    expect(refusalOf(textFile(JSON.stringify({ layers })))).toContain(
      'the output layer is too large',
    );
  });
});

describe('files that come together', () => {
  const groups = (...files: string[]) =>
    groupModelFiles(files.map(namedFile)).map((group) => group.map(({ name }) => name));

  test('are a network each, but weights go to the networks that have them elsewhere', () => {
    expect(groups('small.npz', 'elu.npz')).toEqual([['small.npz'], ['elu.npz']]);
    const [model, weights] = ['onnx/external.onnx', 'onnx/external_weights.bin'];
    expect(groups(weights, 'small.npz', model)).toEqual([['small.npz'], [model, weights]]);
    expect(groups(weights, 'small.npz')).toEqual([[weights], ['small.npz']]);
    // A pickle is no data: it is refused by itself.
    expect(groups(model, 'pickle.pkl')).toEqual([[model], ['pickle.pkl']]);
  });

  test('are one network if they are single arrays', () => {
    const arrays = ['W1.npy', 'b1.npy'].map((name) => ({
      name,
      bytes: encodeNpy(new Float64Array(2), [2]),
    }));
    expect(groupModelFiles([arrays[0]!, namedFile('elu.npz'), arrays[1]!])).toEqual([
      arrays,
      [namedFile('elu.npz')],
    ]);
  });
});
