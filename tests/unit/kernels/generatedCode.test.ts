import { expect, test } from 'vitest';
import { composeCulled } from '../../../src/kernels/composeCulled.ts';
import { composeEvaluate } from '../../../src/kernels/composeEvaluate.ts';
import { mlpCode } from '../../../src/kernels/mlp.ts';
import { logitCode } from '../../../src/kernels/softmax.ts';
import { QUANTITIES } from '../../../src/model/field.ts';

// Generated code is read here as a person would review it: a change of a generator shows as a diff.

function entryPointOf(source: string): string {
  return source.slice(source.indexOf('@compute'));
}

test('value and gradient of a network 2-2-1', () => {
  const code = mlpCode([2, 2, 1], 'relu');
  expect(entryPointOf(composeEvaluate(code, 'valueAndGradient'))).toMatchSnapshot();
});

test('value of lse over two logits', () => {
  const code = logitCode('lse', 2, 'logits');
  expect(entryPointOf(composeEvaluate(code, 'value'))).toMatchSnapshot();
});

test('every line to fill in is filled in', () => {
  const mlp = mlpCode([2, 3, 2, 1], 'abs');
  for (const output of [...QUANTITIES, 'hinge', 'valueAndGradient'] as const) {
    expect(composeEvaluate(mlp, output)).not.toMatch(/^\s*\/\/#/m);
  }
  for (const output of ['value', 'gradientNorm', 'valueAndGradient'] as const) {
    expect(composeCulled('relu', output)).not.toMatch(/^\s*\/\/#/m);
  }
});
