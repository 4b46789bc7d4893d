import { expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import {
  requireHinges,
  requireRegions,
  validateField,
} from '../../../src/model/fieldValidation.ts';
import { validateGridRequest } from '../../../src/reference/gridRequest.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { decodeState } from '../../../src/state/url.ts';

/** What a person reads who gives a wrong field: what was received, and what is expected. */

const network = { kind: 'drawn', widths: [3, 4, 2], activation: 'relu' };
const slice = { origin: [0, 0, 0], axis1: [1, 0, 0], axis2: [0, 1, 0] };
const explicit = (layers: readonly object[]) => ({ kind: 'explicit', layers });
const million = explicit([
  { weight: Array.from({ length: 250 }, () => new Array(4000).fill(1)) },
  { weight: [new Array(250).fill(1)] },
]);

const SMOOTH = { network: { ...network, widths: [2, 4, 2], activation: 'tanh' } };
const SQUARE = { x: [0, 1], y: [0, 1], width: 2, height: 2 };

const BAD: [string, object, string][] = [
  [
    'a slice of a wrong length',
    { network, slice: { ...slice, origin: [0, 0] } },
    'field.slice.origin: received [0,0], expected 3 numbers, one for each input',
  ],
  [
    'an axis of a wrong length',
    { network, slice: { ...slice, axis2: [0, 1, 0, 0] } },
    'field.slice.axis2: received [0,1,0,0], expected 3 numbers, one for each input',
  ],
  [
    'parallel axes',
    { network, slice: { ...slice, axis2: [-3, 0, 0] } },
    'field.slice.axis2: received [-3,0,0], expected an axis that is not parallel to axis1',
  ],
  [
    'an axis of zeros',
    { network, slice: { ...slice, axis1: [0, 0, 0] } },
    'field.slice.axis1: received [0,0,0], expected a vector that is not 0',
  ],
  [
    'an index beyond K',
    { network, readout: { kind: 'output', index: 2 } },
    'field.readout.index: received 2, expected an integer from 0 to 1',
  ],
  [
    'a component beyond K',
    { network, readout: { kind: 'softmax', index: 7 } },
    'field.readout.index: received 7, expected an integer from 0 to 1',
  ],
  [
    'a layer that is not there',
    { network, readout: { kind: 'neuron', layer: 1 } },
    'field.readout.layer: received 1, expected 0',
  ],
  [
    'a neuron beyond its layer',
    { network, readout: { kind: 'neuron', index: 4 } },
    'field.readout.index: received 4, expected an integer from 0 to 3',
  ],
  [
    'too many inputs',
    { network: { ...network, widths: [4097, 4, 2] } },
    'field.network.widths[0]: received 4097, expected an integer from 1 to 4096',
  ],
  [
    'too many neurons',
    { network: { ...network, widths: [3, 4097, 2] } },
    'field.network.widths[1]: received 4097, expected an integer from 1 to 4096',
  ],
  [
    'too many weights behind the first layer',
    { network: { ...network, widths: [3, 1100, 1100, 2] } },
    'field.network.widths: received "1212200 weights behind the first layer", expected at most 1200000 weights behind the first layer',
  ],
  [
    'too many weights',
    { network: { ...network, widths: [4096, 3000, 2] } },
    'field.network.widths: received "12294000 weights", expected at most 10000000 weights',
  ],
  [
    'too many outputs',
    { network: { ...network, widths: [3, 4, 257] } },
    'field.network.widths[2]: received 257, expected an integer from 1 to 256',
  ],
  [
    'too many layers',
    { network: { ...network, widths: new Array(19).fill(2) } },
    'field.network.widths: received [2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2], expected [inputs, …hidden, outputs] with at most 16 hidden layers',
  ],
  [
    'NaN among weights',
    { network: explicit([{ weight: [[1, Number.NaN]] }]) },
    'field.network.layers[0].weight[0][1]: received NaN, expected a number from -3.4028234663852886e+38 to 3.4028234663852886e+38',
  ],
  [
    'an infinite bias',
    { network: explicit([{ weight: [[1, 2]], bias: [Infinity] }]) },
    'field.network.layers[0].bias[0]: received Infinity, expected a number from -3.4028234663852886e+38 to 3.4028234663852886e+38',
  ],
  [
    'rows of several lengths',
    { network: explicit([{ weight: [[1, 2], [3]] }]) },
    'field.network.layers[0].weight[1]: received [3], expected 2 numbers, one for each input',
  ],
  [
    'a million weights',
    { network: million },
    'field.network.layers: received "1000501 weights and biases", expected at most 100000 weights and biases in JSON',
  ],
];

it.each(BAD)('%s', (_, field, message) => {
  for (const read of [() => validateField(field), () => applyPatch(DEFAULT_STATE, { field })]) {
    expect(read).toThrow(InvalidInputError);
    expect(read).toThrow(message);
  }
});

it('a million weights in a link', () => {
  const row = new Array(251).fill('1').join(',');
  const layers = `relu:${new Array(4000).fill(row).join(';')}`;
  const { state, problem } = decodeState(`v=2&network=explicit&layers=${layers}`);
  expect(state).toEqual(DEFAULT_STATE);
  expect(problem).toBe(
    'The link is broken: layers: received "1004000 weights and biases", expected at most 100000 weights and biases in JSON. The rest is kept.',
  );
});

it.each([
  ['a state', () => applyPatch(DEFAULT_STATE, { field: SMOOTH, quantity: 'region' })],
  ['a grid', () => validateGridRequest({ ...SQUARE, field: SMOOTH, quantity: 'region' })],
  ['hinges', () => requireHinges(validateField(SMOOTH))],
  ['exact regions', () => requireRegions(validateField(SMOOTH))],
])('%s of the regions of a smooth network', (_, read) => {
  expect(read).toThrow(InvalidInputError);
  expect(read).toThrow('smooth');
});
