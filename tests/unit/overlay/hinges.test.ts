import { expect, it } from 'vitest';
import { hingeLayer } from '../../../src/overlay/hinges.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';

const legend = (network: object) =>
  hingeLayer(applyPatch(DEFAULT_STATE, { hinges: true, field: { network } })).legend.map(
    ({ text }) => text,
  );

it('names the layers whose hinges are drawn: none of a smooth network', () => {
  expect(legend({ widths: [5, 4, 4, 2] })).toEqual(['layer 1', 'layer 2']);
  expect(legend({ widths: [5, 4, 4, 2], activation: 'tanh' })).toEqual([]);
  expect(legend({ widths: [5, 4, 4, 2], activation: ['relu', 'tanh'] })).toEqual([]);
  expect(legend({ widths: [2, 3] })).toEqual(['tie between the largest logits']);
});
