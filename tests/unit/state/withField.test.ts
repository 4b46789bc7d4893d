import { describe, expect, it } from 'vitest';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { withField } from '../../../src/state/withField.ts';

describe('withField', () => {
  const regions = applyPatch(DEFAULT_STATE, { quantity: 'region' });

  it('shows the value of a smooth network where regions were shown', () => {
    const smooth = withField(regions, { network: { activation: 'tanh' } });
    expect(smooth.quantity).toBe('value');
    expect(smooth.field.network).toMatchObject({ widths: [2, 20, 1], activation: 'tanh' });
  });

  it('keeps every other quantity, and regions of other networks', () => {
    expect(withField(regions, { network: { activation: 'abs' } }).quantity).toBe('region');
    const gradient = applyPatch(DEFAULT_STATE, { quantity: 'gradientNorm' });
    expect(withField(gradient, { network: { activation: 'tanh' } }).quantity).toBe('gradientNorm');
  });

  it('keeps the network, the same object, when only slice or readout change', () => {
    const state = withField(DEFAULT_STATE, { network: { widths: [5, 10, 10, 5] } });
    const slice = { origin: [0, 0, 3, 0, 0], axis1: [1, 0, 0, 0, 0], axis2: [0, 1, 0, 0, 0] };
    const moved = withField(state, { slice });
    const read = withField(moved, { readout: { kind: 'class' } });
    expect(read.field.network).toBe(state.field.network);
    expect(read.field).toMatchObject({ slice, readout: { kind: 'class', wins: 'greatest' } });
  });
});
