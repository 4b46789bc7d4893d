import { expect, it } from 'vitest';
import { hingeLayer } from '../../../src/overlay/hinges.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';

const legend = (network: object, readout: object = { kind: 'output', index: 0 }) =>
  hingeLayer(applyPatch(DEFAULT_STATE, { hinges: true, field: { network, readout } })).legend.map(
    ({ text }) => text,
  );

it('names the layers whose hinges are drawn: none of a smooth network', () => {
  expect(legend({ widths: [5, 4, 4, 2] })).toEqual(['layer 1', 'layer 2']);
  expect(legend({ widths: [5, 4, 4, 2], activation: 'tanh' })).toEqual([]);
  expect(legend({ widths: [5, 4, 4, 2], activation: ['relu', 'tanh'] })).toEqual([]);
});

it('names no layer behind the neuron that is shown', () => {
  const names = (layer: number, stage: string) =>
    legend({ widths: [5, 4, 4, 2] }, { kind: 'neuron', layer, index: 0, stage });
  expect(names(0, 'preactivation')).toEqual([]);
  expect(names(0, 'activation')).toEqual(['layer 1']);
  expect(names(1, 'preactivation')).toEqual(['layer 1']);
  expect(names(1, 'activation')).toEqual(['layer 1', 'layer 2']);
});

it('names the lines that an affine network has', () => {
  const names = (readout: object, outputs = 3) => legend({ widths: [2, outputs] }, readout);
  expect(names({ kind: 'class' })).toEqual(['tie between the largest logits']);
  expect(names({ kind: 'lse', lambda: 1 })).toEqual(['tie between the largest logits']);
  expect(names({ kind: 'margin', wins: 'least' })).toEqual(['tie between the smallest logits']);
  expect(names({ kind: 'output', index: 1 })).toEqual([]);
  expect(names({ kind: 'max' }, 1)).toEqual([]);
  expect(names({ kind: 'sigmoid', index: 1 })).toEqual(['w·x + b = 0']);
});
