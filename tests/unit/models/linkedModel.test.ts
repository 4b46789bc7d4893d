import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../../src/formats/base64url.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import type { Model, ModelFacts } from '../../../src/model/models.ts';
import { createModel } from '../../../src/models/createModel.ts';
import { readLinkedModel, writeLinkedModel } from '../../../src/models/linkedModel.ts';
import { modelId } from '../../../src/models/modelId.ts';
import { packModel, unpackModel } from '../../../src/models/packModel.ts';
import { activationsFor } from '../model/networkFields.ts';
import { modelOfFile } from './modelFields.ts';
import { faultOf } from './mutants.ts';

const NO_FACTS: ModelFacts = {
  name: 'network',
  inputs: [],
  outputNames: null,
  outputUnit: null,
  ending: null,
  notes: [],
};

/** What reads a model gives a sound one, or none, or throws InvalidInputError. */
function expectModelOrRefusal(read: () => Model | null): void {
  let fault: unknown;
  try {
    const model = read();
    fault = model && faultOf(model.network);
  } catch (error) {
    fault = error instanceof InvalidInputError ? null : error;
  }
  expect(fault).toBeNull();
}

const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const number = fc.double({ min: -1e30, max: 1e30, noNaN: true }).map((value) => value + 0);
const unit = fc.record({
  mean: finite,
  scale: fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
});
const input = fc.record({
  name: fc.option(text),
  range: fc.option(
    fc.tuple(finite, finite).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  ),
  unit: fc.option(unit),
});

/** Small networks with everything that a file may say. */
const models: fc.Arbitrary<Model> = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }), fc.boolean())
  .chain(([widths, isSingle]) => {
    const values = (length: number) =>
      fc
        .array(number, { minLength: length, maxLength: length })
        .map((list) => (isSingle ? Float32Array.from(list) : Float64Array.from(list)));
    const layers = widths.slice(1).map((outputs, i) =>
      fc.record({
        inputs: fc.constant(widths[i]!),
        outputs: fc.constant(outputs),
        weight: values(widths[i]! * outputs),
        bias: values(outputs),
        activation:
          i === widths.length - 2 ? fc.constant('identity' as const) : activationsFor(outputs),
      }),
    );
    const facts = fc.record({
      name: text,
      inputs: fc.array(input, { minLength: widths[0]!, maxLength: widths[0]! }),
      outputNames: fc.option(
        fc.array(text, { minLength: widths.at(-1)!, maxLength: widths.at(-1)! }),
      ),
      outputUnit: fc.option(unit),
      ending: fc.constantFrom('softmax' as const, 'logSoftmax' as const, null),
      notes: fc.array(text, { maxLength: 3 }),
    });
    return fc.tuple(fc.tuple(...layers), facts);
  })
  .map(([layers, facts]) => createModel({ layers }, facts));

/** Without the type of arrays, and the sign of zeros. */
const numbersOf = ({ network, ...rest }: Model) => ({
  ...rest,
  layers: network.layers.map((layer) => ({
    ...layer,
    weight: Array.from(layer.weight, (value) => value + 0),
    bias: Array.from(layer.bias, (value) => value + 0),
  })),
});

describe('the packed form of a model', () => {
  test('gives back the model', () => {
    fc.assert(
      fc.property(models, (model) => {
        expect(numbersOf(unpackModel(packModel(model)))).toEqual(numbersOf(model));
      }),
    );
  });

  test('gives only models or InvalidInputError if bytes are damaged', () => {
    const bytes = packModel(modelOfFile('small.nnet'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const damaged = bytes.slice(0, length % 7 === 0 ? length : bytes.length);
          for (const [at, byte] of changes) if (at < damaged.length) damaged[at] = byte;
          expectModelOrRefusal(() => unpackModel(damaged));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('allocates nothing for a header that promises more than there is', () => {
    const layers = [[4096, 256, 'identity']];
    const header = strToU8(JSON.stringify({ version: 1, numbers: 'f8', layers, facts: NO_FACTS }));
    const bytes = new Uint8Array(4 + header.length + 8);
    new DataView(bytes.buffer).setUint32(0, header.length, true);
    bytes.set(header, 4);
    expect(() => unpackModel(bytes)).toThrow(
      'model: received "8 bytes of weights", expected 8390656 bytes of weights',
    );
  });
});

describe('the id of a network', () => {
  test('is that of its numbers, whatever their type and spelling', () => {
    const ids = ['small.npz', 'small_fortran.npz', 'small_half.safetensors', 'small.nnet'].map(
      (file) => modelOfFile(file).id,
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  test('does not distinguish zeros, and distinguishes everything else', () => {
    const of = (weight: number, bias: number, activation: 'relu' | 'abs' = 'relu') => {
      const one = { inputs: 1, outputs: 1 };
      const values = { weight: Float64Array.of(weight), bias: Float64Array.of(bias) };
      return modelId({ layers: [{ ...one, ...values, activation }] });
    };
    expect(of(-0, 1)).toBe(of(0, 1));
    const different = [of(0, 1), of(1, 0), of(1, 1), of(1, 1 + 2 ** -52), of(1, 1, 'abs')];
    expect(new Set(different).size).toBe(different.length);
  });

  test('is written down, since links hold it', () => {
    // sha256sum of '[[1,1,"identity"]]' and the bytes of 1.0 and 0.0.
    const layer = { inputs: 1, outputs: 1, weight: Float32Array.of(1), bias: Float32Array.of(0) };
    expect(modelId({ layers: [{ ...layer, activation: 'identity' }] })).toBe(
      'dd19fe41fe4d496c4ac26ec70fe522ad',
    );
  });
});

describe('what is too large to be shown', () => {
  const layer = (inputs: number, outputs: number) => ({
    ...{ inputs, outputs, activation: 'identity' as const },
    weight: new Float32Array(inputs * outputs),
    bias: new Float32Array(outputs),
  });
  test.each([
    [[layer(4097, 1)], '4097 inputs', 'at most 4096 inputs'],
    [[layer(1, 257)], '257 outputs', 'at most 256 outputs'],
    [[layer(1, 4097), layer(4097, 1)], '4097 neurons in a hidden layer', 'at most 4096 neurons'],
    [[layer(4000, 2501), layer(2501, 1)], '10006501 weights', 'at most 10000000 weights'],
    [Array.from({ length: 18 }, () => layer(1, 1)), '17 hidden layers', 'at most 16'],
  ])('is refused with its size', (layers, received, expected) => {
    const create = () => createModel({ layers }, { ...NO_FACTS, name: 'big' });
    expect(create).toThrow(`big: received "${received}", expected ${expected}`);
  });

  test('is a weight beyond float32, too', () => {
    const huge = { ...layer(1, 1), weight: Float64Array.of(1e39) };
    expect(() => createModel({ layers: [huge] }, NO_FACTS)).toThrow('received 1e+39');
  });
});

describe('a model in a link', () => {
  test('is in the link itself if it is small, with everything that the file says', () => {
    const model = modelOfFile('small.nnet');
    const linked = writeLinkedModel(model);
    expect(linked).toMatch(/^[0-9a-f]{32}~[\w-]+$/);
    expect(linked.length).toBeLessThan(1000);
    const read = readLinkedModel(linked, 'model');
    expect(numbersOf(read.model!)).toEqual(numbersOf(model));
  });

  test('is named if it is large', () => {
    const weight = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i));
    const layers = [
      { inputs: 1000, outputs: 4, weight, bias: new Float32Array(4), activation: 'relu' as const },
    ];
    const inputs = Array.from({ length: 1000 }, () => ({ name: null, range: null, unit: null }));
    const model = createModel({ layers }, { ...NO_FACTS, inputs, name: 'a~b&c' });
    expect(writeLinkedModel(model)).toBe(`${model.id}~~a~b%26c`);
    expect(readLinkedModel(`${model.id}~~a~b&c`, 'model').model).toBeNull();
  });

  test('must be the network that its id names', () => {
    const [, bytes] = writeLinkedModel(modelOfFile('small.npz')).split('~');
    expect(() => readLinkedModel(`${'0'.repeat(32)}~${bytes}`, 'model')).toThrow(
      'model: received "a network with the id',
    );
  });

  test('is refused if it would become large', () => {
    const bomb = toBase64url(deflateSync(new Uint8Array(1e6)));
    expect(() => readLinkedModel(`${'0'.repeat(32)}~${bomb}`, 'model')).toThrow(
      'the network has more than 131072 bytes',
    );
    const long = toBase64url(new Uint8Array(7000));
    expect(() => readLinkedModel(`${'0'.repeat(32)}~${long}`, 'model')).toThrow('7000 bytes');
  });

  test('gives only models or InvalidInputError if it is damaged', () => {
    const linked = writeLinkedModel(modelOfFile('elu.npz'));
    const [id, text] = linked.split('~');
    const bytes = fromBase64url(text!)!;
    const damages = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .tuple(fc.nat(linked.length), fc.string({ maxLength: 3 }))
        .map(([at, part]) => linked.slice(0, at) + part + linked.slice(at + part.length)),
      fc
        .tuple(fc.nat(bytes.length - 1), fc.nat(255))
        .map(([at, byte]) => `${id}~${toBase64url(bytes.with(at, byte))}`),
    );
    fc.assert(
      fc.property(damages, (damaged) => {
        expectModelOrRefusal(() => readLinkedModel(damaged, 'model').model);
      }),
      { numRuns: 500 },
    );
  });
});
