import { expect, test } from 'vitest';
import { validateNetwork } from '../../../src/model/fieldValidation.ts';
import { firstField } from '../../../src/model/firstField.ts';
import { networkFor } from '../../../src/model/resolve.ts';
import { createModel } from '../../../src/models/createModel.ts';
import { modelOfFile } from '../models/modelFields.ts';

const { facts } = modelOfFile('small.npz');

test.each([
  [[2, 32, 32, 1], undefined],
  [[2, 32, 33, 1], false],
  [[2, 1], undefined],
])('the network %j is first shown with hinges: %s', (widths, expected) => {
  const network = networkFor(validateNetwork({ kind: 'drawn', widths }, 'network'));
  const inputs = Array.from({ length: 2 }, () => facts.inputs[0]!);
  expect(firstField(createModel(network, { ...facts, inputs })).hinges).toBe(expected);
});
