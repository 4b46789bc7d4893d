import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { prepareField } from '../../../src/kernels/prepareField.ts';
import {
  DEFAULT_DRAWN,
  validateField,
  validateNetwork,
} from '../../../src/model/fieldValidation.ts';
import { MAX_EXPLICIT_PARAMETERS } from '../../../src/model/networks.ts';
import {
  countParameters,
  isEditable,
  parameterAt,
  withParameter,
} from '../../../src/model/parameters.ts';
import { networkFor, resolve } from '../../../src/model/resolve.ts';

const BIAS = { layer: 0, output: 3, input: null };
const WEIGHT = { layer: 1, output: 0, input: 7 };

test('a drawn network becomes an explicit one that differs in one number', () => {
  const before = networkFor(DEFAULT_DRAWN);
  for (const place of [BIAS, WEIGHT]) {
    const edited = withParameter(DEFAULT_DRAWN, place, 0.125);
    const after = networkFor(edited);
    expect(parameterAt(after, place)).toBe(0.125);
    expect(parameterAt(before, place)).not.toBe(0.125);
    const changed = after.layers.flatMap(({ weight, bias, activation }, l) => {
      const old = before.layers[l]!;
      expect(activation).toEqual(old.activation);
      const pairs = [...weight, ...bias].map((value, i) => [
        value,
        [...old.weight, ...old.bias][i],
      ]);
      return pairs.filter(([value, known]) => value !== known);
    });
    expect(changed).toEqual([[0.125, parameterAt(before, place)]]);
  }
});

test('a further edit shares what it does not change, and is valid as it is', () => {
  const first = withParameter(DEFAULT_DRAWN, BIAS, 1);
  const second = withParameter(first, BIAS, 2);
  expect(second.layers[1]).toBe(first.layers[1]);
  expect(second.layers[0]!.weight).toBe(first.layers[0]!.weight);
  expect(first.layers[0]!.bias[3]).toBe(1);
  expect(validateNetwork(second, 'network')).toBe(second);
  expect(Object.isFrozen(second.layers[0]!.bias)).toBe(true);
  const third = withParameter(second, WEIGHT, 3);
  expect(third.layers[0]).toBe(second.layers[0]);
});

test('it has the kernel of the drawn one, so that an edit writes buffers only', () => {
  for (const widths of [
    [2, 20, 1],
    [2, 40, 40, 3],
  ]) {
    for (const activation of ['relu', 'tanh'] as const) {
      const network = { kind: 'drawn', widths, activation, seed: 1 };
      const field = validateField({ network });
      const edited = withParameter(field.network, { layer: 0, output: 0, input: 1 }, 0.3);
      const [drawn, explicit] = [field, { ...field, network: edited }].map((one) =>
        prepareField(resolve(one)),
      );
      expect(explicit!.key).toBe(drawn!.key);
    }
  }
});

test('a network with too many parameters for JSON is left alone, with the reason', () => {
  const network = validateNetwork({ kind: 'drawn', widths: [784, 128, 10] }, 'network');
  expect(isEditable(networkFor(network))).toBe(false);
  expect(countParameters(networkFor(network))).toBeGreaterThan(MAX_EXPLICIT_PARAMETERS);
  expect(() => withParameter(network, BIAS, 1)).toThrow(
    /101770 weights and biases.* at most 100000 of them/,
  );
});

test('values that kernels cannot hold are refused', () => {
  for (const value of [Number.NaN, Infinity, 1e39]) {
    expect(() => withParameter(DEFAULT_DRAWN, BIAS, value)).toThrow(InvalidInputError);
  }
  expect(withParameter(DEFAULT_DRAWN, BIAS, 3e38).layers[0]!.bias[3]).toBe(3e38);
});
