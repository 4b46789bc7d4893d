import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { rejectUnknownKeys } from '../../../src/input/plainJson.ts';

const shown = (value: unknown) => new InvalidInputError('x', value, 'a number').received;

test('what was received is shown with the numbers that JSON does not have', () => {
  expect(shown([Number.NaN, 1])).toBe('[NaN,1]');
  expect(shown({ a: [-Infinity, Infinity], b: undefined })).toBe(
    '{"a":[-Infinity,Infinity],"b":undefined}',
  );
  expect(shown([undefined, 3n])).toBe('[undefined,3n]');
  expect(shown(['NaN', null])).toBe('["NaN",null]');
});

test('an object without keys says so', () => {
  expect(() => rejectUnknownKeys({ a: 1 }, [], 'settings', 'the figure neuron')).toThrow(
    'settings.a: received 1, expected no such key (the figure neuron has none)',
  );
});
