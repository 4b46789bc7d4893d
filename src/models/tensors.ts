import { ModelFileError } from './modelFile.ts';
import type { Numbers } from './numberTypes.ts';

/** An array of a file, under its name there. */
export interface Tensor {
  readonly name: string;
  /** [] for a single number. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Numbers;
}

/** E.g. "fc1.weight [50, 2]". */
export function printTensor({ name, shape }: Tensor): string {
  return `${printName(name)} [${shape.join(', ')}]`;
}

const TENSORS_SHOWN = 20;

/** Arrays of a file, in words; of many, the first ones. */
export function listTensors(tensors: readonly Tensor[]): string {
  const more = tensors.length > TENSORS_SHOWN ? ' and others' : '';
  return `${tensors.slice(0, TENSORS_SHOWN).map(printTensor).join(', ')}${more}`;
}

const NAME_LENGTH_SHOWN = 80;

/** A name of a file, as it may stand in a message. */
export function printName(name: string): string {
  const shown = name.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?');
  return shown.length > NAME_LENGTH_SHOWN ? `${shown.slice(0, NAME_LENGTH_SHOWN)}…` : shown;
}

const SIDES_MAX = 8;

/**
 * How many numbers an array has, from sides that a file states.
 * @throws ModelFileError unless they are sides whose product is a safe integer.
 */
export function countOf(shape: readonly unknown[], name: string): number {
  let count = 1;
  for (const side of shape) {
    count *= typeof side === 'number' && Number.isInteger(side) && side >= 0 ? side : Number.NaN;
  }
  if (!Number.isSafeInteger(count) || shape.length > SIDES_MAX) {
    throw new ModelFileError(
      `${printName(name)}: its shape is no list of at most ${SIDES_MAX} sizes`,
    );
  }
  return count;
}

/** [rows, columns] to [columns, rows]. */
export function transpose(values: Numbers, rows: number, columns: number): Numbers {
  const result = values.slice();
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      result[column * rows + row] = values[row * columns + column]!;
    }
  }
  return result;
}

/** @throws ModelFileError that names the first number that is NaN or infinite. */
export function requireFinite({ name, values }: Tensor): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new ModelFileError(
      `${printName(name)}: number ${wrong} is ${values[wrong]}, but all numbers must be finite`,
    );
  }
}
