import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ACTIVATIONS, validateActivation } from '../../../src/model/activations.ts';
import { activationsOf } from '../../../src/model/drawnNetwork.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { factsOf, listModels } from '../../../src/model/models.ts';
import type { ModelSource } from '../../../src/model/networks.ts';
import {
  type ActivationParameter,
  activationPatch,
  parametersOf,
  withParameter,
} from '../../../src/state/activationChoices.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { forgetModels, sourceOfFile } from '../models/modelFields.ts';

beforeEach(forgetModels);

describe('the parameters of an activation', () => {
  it('are set one by one, and the activation stays valid', () => {
    const activation = fc.constantFrom(...Object.values(DEFAULT_ACTIVATIONS));
    fc.assert(
      fc.property(activation, fc.integer({ min: -100, max: 100 }), (one, value) => {
        for (const name of Object.keys(parametersOf(one)) as ActivationParameter[]) {
          const set = withParameter(one, name, value);
          expect(parametersOf(set)[name]).toBe(value);
          expect(validateActivation(set, 'activation', 3)).toEqual(set);
        }
      }),
    );
  });

  it('are those that sliders show', () => {
    expect(parametersOf('relu')).toEqual({});
    expect(parametersOf({ kind: 'prelu', slopes: [0.1] })).toEqual({ slope: 0.1 });
    expect(parametersOf({ kind: 'prelu', slopes: [0.1, 0.2] })).toEqual({});
    const clamp = { kind: 'hardtanh', min: -1, max: 1 } as const;
    expect(parametersOf(clamp)).toEqual({ min: -1, max: 1 });
    expect(withParameter(clamp, 'min', 3)).toEqual({ kind: 'hardtanh', min: 3, max: 4 });
    expect(withParameter(clamp, 'max', 0.5)).toEqual({ kind: 'hardtanh', min: -1, max: 0.5 });
  });
});

describe('activationPatch', () => {
  it('makes another model of a model, in its place on the list', () => {
    const before = applyPatch(DEFAULT_STATE, { field: { network: sourceOfFile('small.npz') } });
    const network = activationPatch(before.field.network, null, 'tanh');
    const after = applyPatch(before, { field: { network } });
    expect(activationsOf(after.field.network)).toEqual(['tanh']);
    expect(activationsOf(before.field.network)).toEqual(['relu']);
    const names = listModels().map(({ id }) => id);
    expect(names).toEqual([(after.field.network as ModelSource).id]);
    expect(factsOf(after.field.network)?.notes.join()).toContain('they were chosen here');
  });

  const layer = (inputs: number) => ({
    weight: [Array.from({ length: inputs }, () => 1), Array.from({ length: inputs }, () => 2)],
  });
  const networks = [
    { kind: 'drawn', widths: [3, 2, 2, 2], seed: 1 },
    { kind: 'explicit', layers: [layer(3), layer(2), layer(2)] },
  ];

  it.each(networks)('changes one layer or all of a network: $kind', (network) => {
    const state = applyPatch(DEFAULT_STATE, { field: { network } });
    const edit = (from: typeof state, at: number | null) =>
      applyPatch(from, { field: { network: activationPatch(from.field.network, at, 'tanh') } });
    const one = edit(state, 1);
    expect(activationsOf(one.field.network)).toEqual(['relu', 'tanh']);
    const all = edit(one, null);
    expect(activationsOf(all.field.network)).toEqual(['tanh', 'tanh']);
    expect(validateField(all.field)).toEqual(all.field);
  });
});
