import { InvalidInputError } from '../input/invalidInput.ts';
import { advisory } from './advisory.ts';
import { backpropagation } from './backpropagation.ts';
import { bending } from './bending.ts';
import { digitsNetwork, digitsRegression } from './digits.ts';
import type { Figure } from './figure.ts';
import { gradientOfLse } from './gradientOfLse.ts';
import { learningRate } from './learningRate.ts';
import { logSumExp } from './logSumExp.ts';
import { deepNetwork, outputBias, shallowAgainstDeep, shallowNetwork } from './networks.ts';
import { neuron } from './neuron.ts';
import { numericGradient } from './numericGradient.ts';
import { regionGrowth } from './regionGrowth.ts';
import { reluAgainstAbs } from './reluAgainstAbs.ts';
import { shape } from './shape.ts';
import { softArgmax } from './softArgmax.ts';
import { softmaxVectors } from './softmaxVectors.ts';
import { stableLogSumExp } from './stableLogSumExp.ts';
import { widths } from './widths.ts';

/** Every figure, in the order of the menu. */
export const FIGURES: readonly Figure[] = [
  logSumExp,
  softArgmax,
  gradientOfLse,
  softmaxVectors,
  stableLogSumExp,
  neuron,
  shallowNetwork,
  deepNetwork,
  shallowAgainstDeep,
  outputBias,
  numericGradient,
  reluAgainstAbs,
  regionGrowth,
  backpropagation,
  bending,
  widths,
  learningRate,
  digitsRegression,
  digitsNetwork,
  advisory,
  shape,
];

/** @throws InvalidInputError that lists all figures */
export function findFigure(id: unknown): Figure {
  const found = FIGURES.find((figure) => figure.id === id);
  if (!found) {
    throw new InvalidInputError('figure', id, `one of ${FIGURES.map((f) => f.id).join(', ')}`);
  }
  return found;
}
