import { InvalidInputError } from '../input/invalidInput.ts';
import { readBoolean, readObject, rejectUnknownKeys } from '../input/plainJson.ts';
import { readSignal } from '../signals/readSignal.ts';
import type { TrainingProgress } from './trainToEnd.ts';

/** The options of `train`. */
export interface TrainOptions {
  /** Called after some of the steps, at most about thirty times a second, and after the last one; the run waits for what it returns. */
  readonly onStep?: (progress: TrainingProgress) => void | Promise<void>;
  /** Shows the network in the active panel while it learns; a page has this, Node has not. */
  readonly show?: boolean;
  /** Ends the run, which is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * @param keys those that there are
 * @throws InvalidInputError that names an unknown or wrong option
 */
export function readTrainOptions(
  input: unknown,
  keys: readonly (keyof TrainOptions)[],
): TrainOptions {
  const given = readObject(input, 'options', `an object {${keys.join(', ')}}`);
  rejectUnknownKeys(given, keys, 'options', 'train');
  const { onStep, show = false } = given;
  if (onStep !== undefined && typeof onStep !== 'function') {
    throw new InvalidInputError('options.onStep', onStep, 'a function');
  }
  return {
    onStep: onStep as TrainOptions['onStep'],
    show: readBoolean(show, 'options.show'),
    signal: readSignal(given.signal, 'options.signal'),
  };
}
