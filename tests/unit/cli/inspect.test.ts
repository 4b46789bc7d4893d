import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inspect } from '../../../src/cli/inspect.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../reference/models/${name}`, import.meta.url));

test.each(['small.npz', 'small_fortran.npz', 'small.safetensors', 'small_layers.json'])(
  '%s is the same network of two inputs, two neurons and an output',
  (name) => {
    const text = inspect([pathOf(name)]);
    expect(text).toMatch(/^network {6}2-2-1$/m);
    expect(text).toMatch(/^parameters {3}9$/m);
    // Two lines that cross.
    expect(text).toMatch(/^regions {6}4 in the plane; 4 linear ones$/m);
  },
);

const THREE = pathOf('onnx/act_max.onnx');

test.each([
  ['1,3', /in the plane where x1 and x3 vary and x2 = /],
  ['x3, x1; x2=0.5', /where x3 and x1 vary/],
  ['{"origin": [0, 0, 1], "axis1": [1, 1, 0], "axis2": [0, 0, 1]}', /in the plane through 0, 0, 1/],
])('counts the plane %s', (slice, says) => {
  expect(inspect([THREE], slice)).toMatch(says);
});

test.each([
  ['1', 'slice: received "1", expected two inputs that vary'],
  ['1,1', 'expected two inputs that vary'],
  ['1,9', 'slice: received "9", expected an input from 1 to 3'],
  ['1,2;1=0', 'slice: received "1=0", expected an input that neither varies nor has a value'],
  ['1,2;3=0;3=1', 'slice: received "3=1", expected an input that neither varies nor has a value'],
  ['1,2;3', 'slice: received "3", expected INPUT=VALUE, e.g. 3=0.5'],
  ['{"origin": [0]}', 'slice.origin: received'],
  ['{', 'cannot parse slice'],
])('the slice %s is refused', (slice, says) => {
  expect(() => inspect([THREE], slice)).toThrow(UsageError);
  expect(() => inspect([THREE], slice)).toThrow(says);
});

test('a smooth network has no regions, and the text says why', () => {
  expect(inspect([pathOf('elu.npz')])).toMatch(/^regions {6}none: an activation is smooth$/m);
});

test.each([
  ['torch.pt', /torch\.pt.*run code|pickle/s],
  ['nothing.npz', /ENOENT.*nothing\.npz/],
])('%s is refused in the words of the command line', (name, says) => {
  expect(() => inspect([pathOf(name)])).toThrow(UsageError);
  expect(() => inspect([pathOf(name)])).toThrow(says);
});
