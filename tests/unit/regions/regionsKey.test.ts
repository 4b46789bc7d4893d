import { expect, test } from 'vitest';
import { regionsKey } from '../../../src/regions/regionsKey.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';

const network = { kind: 'drawn', widths: [3, 4, 3], activation: 'relu', seed: 1 };
const first = applyPatch(DEFAULT_STATE, { field: { network, readout: { kind: 'lse' } } });
const keyAfter = (field: object) => regionsKey(applyPatch(first, { field }).field);

test('another λ or another output has the same regions', () => {
  const key = regionsKey(first.field);
  expect(keyAfter({ readout: { kind: 'lse', lambda: 10 } })).toBe(key);
  expect(keyAfter({ readout: { kind: 'output', index: 2 } })).toBe(key);
});

test('another seed, slice or winner has others', () => {
  const slice = { origin: [0, 0, 1], axis1: [1, 0, 0], axis2: [0, 1, 0] };
  const keys = [
    regionsKey(first.field),
    keyAfter({ network: { ...network, seed: 2 } }),
    keyAfter({ slice }),
    keyAfter({ readout: { kind: 'class', wins: 'least' } }),
  ];
  expect(new Set(keys).size).toBe(4);
});
