import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRison, writeRison } from '../../../src/input/rison.ts';

test.each([
  [{ kind: 'moons', samples: 200, noise: 0.1 }, '(kind:moons,samples:200,noise:0.1)'],
  [[2, 8, -1.5e-7, 1e21], '!(2,8,-1.5e-7,1e21)'],
  [{ nesterov: true, batch: null, other: false }, '(nesterov:!t,batch:!n,other:!f)'],
  ['sin(3 x1) + x2^2', "'sin(3+x1)+%2B+x2%5E2'"],
  ["it's 100%!", "'it!'s+100%25!!'"],
  ['', "''"],
  ['12', "'12'"],
  [{}, '()'],
  [[], '!()'],
])('%j is %s', (value, text) => {
  expect(writeRison(value)).toBe(text);
  expect(readRison(text, 'run')).toEqual(value);
});

test('what is written can be read, and stands in an address as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = writeRison(value);
      expect(new URL(`https://example.org/#${text}`).hash.slice(1)).toBe(text);
      // JSON has no −0 here either.
      expect(readRison(text, 'run')).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['(a:1', 'run: received "", expected a comma or a closing bracket at letter 5'],
  ['(a)', 'expected a colon at letter 3'],
  ['!x', 'expected !n, !t, !f or !(…) at letter 2'],
  ["'abc", 'expected a closing quote'],
  ["'%zz'", 'letters escaped by percent signs'],
  ['1 2', 'received " 2", expected the end at letter 2'],
  ['', 'expected a value at letter 1'],
  ['!('.repeat(30), 'expected at most 20 levels'],
])('%s cannot be read', (text, message) => {
  expect(() => readRison(text, 'run')).toThrow(message);
});
