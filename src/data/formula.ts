import { compileExpression, type Expression, ExpressionError } from '../input/expression.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { readSigns } from '../input/parseNumber.ts';

/** How the coordinates may be spelled. */
const VARIABLES = { x1: 0, x2: 1, x: 0, y: 1 };

/** @throws InvalidInputError unless it is text; `evaluateFormula` reads it. */
export function readFormula(input: unknown, path: string): string {
  if (typeof input === 'string') return input;
  throw new InvalidInputError(path, input, 'a formula of x1 and x2, e.g. "sin(3 x1) + x2^2"');
}

/**
 * The values [n] of a formula of x1 and x2, e.g. 'sin(3 x1) + x2^2'.
 * @param points [n, 2]
 * @param path the formula's name in messages
 * @throws InvalidInputError if it cannot be read, or a value is not finite
 */
export function evaluateFormula(formula: string, points: Float64Array, path: string): Float64Array {
  const value = compile(formula, path);
  return Float64Array.from({ length: points.length / 2 }, (_, i) => {
    const [x1, x2] = [points[2 * i]!, points[2 * i + 1]!];
    const result = value(x1, x2);
    if (!Number.isFinite(result)) {
      const place = `(${x1.toPrecision(3)}, ${x2.toPrecision(3)})`;
      throw new InvalidInputError(path, formula, `finite values; at ${place} it is ${result}`);
    }
    return result;
  });
}

function compile(formula: string, path: string): Expression {
  try {
    return compileExpression(readSigns(formula), VARIABLES);
  } catch (error) {
    if (error instanceof ExpressionError) throw new InvalidInputError(path, formula, error.message);
    throw error;
  }
}
