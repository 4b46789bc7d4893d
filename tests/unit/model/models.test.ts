import { afterEach, describe, expect, test } from 'vitest';
import { activationsOf, shapeOf } from '../../../src/model/drawnNetwork.ts';
import { validateField, validateNetwork } from '../../../src/model/fieldValidation.ts';
import { firstField } from '../../../src/model/firstField.ts';
import {
  factsOf,
  findModel,
  listenToModels,
  listModel,
  listModels,
  replaceModel,
  unlistModel,
} from '../../../src/model/models.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { forward } from '../../../src/reference/pointReading.ts';
import { modelOfFile, sourceOfFile } from '../models/modelFields.ts';

afterEach(() => {
  unlistModel(...listModels().map(({ id }) => id));
});

describe('a model as the network of a field', () => {
  test('has the shape, the activations and the values of its file', () => {
    const network = sourceOfFile('elu.npz');
    expect(shapeOf(network)).toEqual({ inputs: 3, hidden: [5, 5, 5], outputs: 2 });
    expect(activationsOf(network)).toEqual(Array(3).fill({ kind: 'elu', alpha: 1 }));
    const field = validateField({ network, readout: { kind: 'output', index: 1 } });
    const model = findModel(network.id)!;
    expect(resolve(field).network).toBe(model.network);
    // The first two inputs vary; float64 sums are taken in the same order.
    const expected = forward(model.network, [0.5, -0.25, 0])[1]!;
    expect(Math.abs(createEvaluator(field).value(0.5, -0.25) - expected)).toBeLessThanOrEqual(
      1e-14,
    );
  });

  test('is refused with what to do if it is not on the list', () => {
    const id = '0'.repeat(32);
    expect(() => validateNetwork({ kind: 'model', id }, 'network')).toThrow(
      `network.id: received "${id}", expected the id of a network that was opened or added here`,
    );
    expect(() => validateNetwork({ kind: 'model' }, 'network')).toThrow('received undefined');
    expect(() => validateNetwork({ kind: 'model', id, seed: 1 }, 'network')).toThrow(
      'network.seed',
    );
  });

  test('outlives its removal from the list where a state has it', () => {
    const network = sourceOfFile('small.npz');
    const field = validateField({ network });
    unlistModel(network.id);
    expect(listModels()).toEqual([]);
    expect(() => validateField({ network: { ...network } })).toThrow('open its file first');
    expect(shapeOf(field.network).inputs).toBe(2);
    expect(createEvaluator(validateField(field)).value(0.5, 0.5)).not.toBeNaN();
    expect(factsOf(field.network)?.name).toBe('small');
  });
});

describe('the list of models', () => {
  test('has a network once, whatever file it came from, under its last name', () => {
    const first = modelOfFile('small.npz');
    const second = modelOfFile('small_columns.json');
    expect(second.id).toBe(first.id);
    listModel(first);
    listModel(second);
    expect(listModels()).toEqual([second]);
  });

  test('calls back after each change until that is ended', () => {
    let calls = 0;
    const end = listenToModels(() => {
      calls += 1;
    });
    const model = modelOfFile('small.npz');
    listModel(model);
    unlistModel(model.id);
    end();
    listModel(model);
    expect(calls).toBe(2);
  });

  test('keeps the place of a model that is replaced', () => {
    const [a, b, c] = ['small.npz', 'elu.npz', 'twelve.safetensors'].map(modelOfFile);
    listModel(a!, b!);
    replaceModel(a!, c!);
    expect(listModels().map(({ facts }) => facts.name)).toEqual(['twelve', 'elu']);
  });
});

describe('the first field of a model', () => {
  test('shows its softmax if the file ends in one, else its first output', () => {
    const plain = firstField(modelOfFile('elu.npz')).field;
    expect(plain.readout).toEqual({ kind: 'output', index: 0 });
    expect(plain.slice?.origin).toHaveLength(3);
    const { readout } = firstField(modelOfFile('onnx/ending_softmax.onnx')).field;
    expect(readout).toEqual({ kind: 'softmax', index: 0, lambda: 1 });
  });

  test('shows the ranges of a file that has them', () => {
    const { field, view } = firstField(modelOfFile('small.nnet'));
    const { inputs } = modelOfFile('small.nnet').facts;
    expect(field.slice).toBeNull();
    const [x, y] = inputs.map(({ range }) => range!);
    expect(view.center).toEqual([x, y].map(([least, greatest]) => least + (greatest - least) / 2));
    expect(view.halfWidth).toBe(
      Math.max(...[x, y].map(([least, greatest]) => (greatest - least) / 2)),
    );
  });
});
