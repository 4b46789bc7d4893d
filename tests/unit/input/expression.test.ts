import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileExpression,
  ExpressionError,
  evaluateExpression,
} from '../../../src/input/expression.ts';

describe('evaluateExpression', () => {
  it.each([
    ['1/3', 1 / 3],
    ['-pi/4', -Math.PI / 4],
    ['2π', 2 * Math.PI],
    ['PI', Math.PI],
    ['e^-1', Math.E ** -1],
    ['1e3', 1000],
    ['1e-3*2', 0.002],
    ['-2^2', -4],
    ['2^3^2', 512],
    ['8/4/2', 1],
    ['5 - 3 - 1', 1],
    ['2(1 + 3^2)', 20],
    ['(1)(2)', 2],
    ['((.5))', 0.5],
    ['1/0', Number.POSITIVE_INFINITY],
    ['sqrt(2)/2', Math.SQRT2 / 2],
    ['2SIN(1)', 2 * Math.sin(1)],
    ['max(1, 3, 2) - min(1)', 2],
    ['atan2(1, -1)', (3 * Math.PI) / 4],
    ['relu(-1) + relu(2)', 2],
  ])('%s is %d', (text, value) => {
    expect(evaluateExpression(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '1 2',
    '1e',
    '2e',
    'x',
    '--1',
    '1+',
    '*2',
    '(1',
    '1)',
    '()',
    '()^0',
    '1//2',
    '0x10',
    '1,5',
  ])('%j is none', (text) => {
    expect(evaluateExpression(text)).toBeNaN();
  });

  /** An expression and its value, with as many parentheses as there are operations. */
  const { expression } = fc.letrec<{ expression: { text: string; value: number } }>((tie) => ({
    expression: fc.oneof(
      { depthSize: 'small' },
      fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => ({ text: String(value), value })),
      fc.constant({ text: 'pi', value: Math.PI }),
      fc
        .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
        .map(([a, sign, b]) => ({
          text: `(${a.text} ${sign} ${b.text})`,
          value: {
            '+': a.value + b.value,
            '-': a.value - b.value,
            '*': a.value * b.value,
            '/': a.value / b.value,
          }[sign],
        })),
    ),
  }));

  it('computes as JavaScript does', () => {
    fc.assert(
      fc.property(expression, ({ text, value }) => {
        expect(evaluateExpression(text)).toBe(value);
        // NaN is not its own negative, nor 0.
        expect(evaluateExpression(`-${text}`)).toBe(-value);
      }),
    );
  });

  it('gives NaN for any other text, and never throws', () => {
    const signs = fc.constantFrom(...'12.e+-*/^() πxpi');
    fc.assert(
      fc.property(fc.string({ unit: signs, maxLength: 12 }), (text) => {
        expect(typeof evaluateExpression(text)).toBe('number');
      }),
    );
  });
});

describe('compileExpression', () => {
  const variables = { x1: 0, x2: 1 };

  it.each([
    ['x1 x2', 6],
    ['2x1^2', 8],
    ['-x1(x2 + 1)', -8],
    ['x1/x2', 2 / 3],
    ['X1 - x2', -1],
    ['cos(x1 - x2) x2', 3 * Math.cos(-1)],
  ])('%s is a function of x1 = 2 and x2 = 3', (text, value) => {
    expect(compileExpression(text, variables)(2, 3)).toBe(value);
  });

  it.each([
    ['x3', 'no x3, but numbers and x1, x2, pi, π, e, sin'],
    ['toString', 'no tostring'],
    ['__proto__', 'no _'],
    ['sin', '( instead of the end'],
    ['sin(1, 2)', '1 values of sin instead of 2'],
    ['max()', 'a number, a name or ( instead of )'],
    ['x1 = 2', 'no ='],
    ['1 2', 'an operation instead of 2'],
    ['('.repeat(2000), 'at most 1000 characters'],
  ])('%j is none: %s', (text, message) => {
    const compile = () => compileExpression(text, variables);
    expect(compile).toThrow(ExpressionError);
    expect(compile).toThrow(message);
  });
});
