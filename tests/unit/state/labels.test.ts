import { expect, test } from 'vitest';
import { subscript } from '../../../src/scales/format.ts';
import { axisNames, describeField, describeState, nameNeuron } from '../../../src/state/labels.ts';
import { validateState } from '../../../src/state/validate.ts';

const fieldOf = (field: object) => validateState({ field }).field;

test('components count from 1 for people, and logits are z', () => {
  const logits = { count: 12, seed: 4 };
  for (const [field, title] of [
    [{ kind: 'softmax', lambda: 10, component: 0 }, 'softmax₁(λz), λ = 10'],
    [{ kind: 'argmax', component: 11, logits }, 'argmax₁₂(z), K = 12, seed 4'],
    [{ kind: 'max' }, 'max(z)'],
    [{ kind: 'lse', lambda: 100 }, 'log-sum-exp, λ = 100'],
    [{ kind: 'mlp', widths: [2, 20, 1] }, 'ReLU network 2-20-1, seed 0'],
  ] as const) {
    expect(describeField(fieldOf(field))).toBe(title);
  }
  expect(subscript(1023)).toBe('₁₀₂₃');
});

test('axes are named after the logits where these are the coordinates', () => {
  expect(axisNames(fieldOf({ kind: 'lse' }))).toEqual(['z₁', 'z₂']);
  expect(axisNames(fieldOf({ kind: 'max', logits: { count: 4, seed: 0 } }))).toEqual(['x₁', 'x₂']);
  expect(axisNames(fieldOf({ kind: 'sigmoid' }))).toEqual(['x₁', 'x₂']);
  expect(axisNames(fieldOf({ kind: 'mlp' }))).toEqual(['x₁', 'x₂']);
});

test('a whole title says the quantity and the projection', () => {
  const state = validateState({
    field: { kind: 'lse', lambda: 100 },
    quantity: 'partial1',
    projection: { kind: 'logRadial', decades: 1 },
  });
  expect(describeState(state)).toBe('log-sum-exp, λ = 100 · ∂₁f · log-radial, 1 decade');
});

test('names outputs of a diagram by the classes of the data, and nothing else', () => {
  const { network } = validateState({
    field: { network: { kind: 'drawn', widths: [2, 3, 2] } },
  }).field;
  const classNames = ['7', '9'];
  expect([1, 2].map((rank) => nameNeuron(network, rank, 1, classNames))).toEqual(['h₁,₂', '9']);
  expect(nameNeuron(network, 2, 1)).toBe('z₂');
});
