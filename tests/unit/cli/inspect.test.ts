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
