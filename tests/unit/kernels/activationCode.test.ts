import { expect, test } from 'vitest';
import { isSmoothKind, parameterOf, smoothSourceOf } from '../../../src/kernels/activationCode.ts';
import {
  ACTIVATION_KINDS,
  DEFAULT_ACTIVATIONS,
  isPiecewiseLinear,
} from '../../../src/model/activations.ts';

test('every smooth activation has code, and no other', () => {
  for (const kind of ACTIVATION_KINDS) {
    expect(isSmoothKind(kind), kind).toBe(!isPiecewiseLinear(DEFAULT_ACTIVATIONS[kind]));
  }
});

test('the code of an activation defines its change, its slope and the change of that', () => {
  for (const kind of ACTIVATION_KINDS.filter(isSmoothKind)) {
    const source = smoothSourceOf(kind);
    for (const name of ['activationChange', 'activationSlope', 'activationSlopeChange']) {
      expect(source.split(`fn ${name}(`), `${kind} ${name}`).toHaveLength(2);
    }
  }
});

test('ELU has its α as parameter, others have none', () => {
  expect(parameterOf({ kind: 'elu', alpha: 0.5 })).toBe(0.5);
  expect(parameterOf('tanh')).toBe(0);
});
