import { MODEL_BYTES_MAX, ModelFileError } from '../modelFile.ts';

/** Weights and biases of one network. */
const WEIGHTS_MAX = MODEL_BYTES_MAX / 8;
/** Constants, decoded or computed, that one file may need. */
const CONSTANTS_MAX = 2 * WEIGHTS_MAX;
/** Multiplications and moved numbers that reading one file may take: about a second. */
const STEPS_MAX = 10 * WEIGHTS_MAX;

/**
 * What reading one file may still take. Everything is asked for before it is allocated or computed, so that a file
 * of a few bytes cannot claim more than a large honest one. Constants, layers and one copy of a layer are four times
 * MODEL_BYTES_MAX.
 */
export class Budget {
  #weights = WEIGHTS_MAX;
  #constants = CONSTANTS_MAX;
  #steps = STEPS_MAX;

  /** @throws ModelFileError likewise below. */
  takeWeights(count: number): void {
    this.#weights -= count;
    this.#check(this.#weights, 'the network would have', WEIGHTS_MAX, 'weights');
    this.takeSteps(count);
  }

  takeConstants(count: number): void {
    this.#constants -= count;
    this.#check(this.#constants, 'its constants have', CONSTANTS_MAX, 'numbers');
    this.takeSteps(count);
  }

  takeSteps(count: number): void {
    this.#steps -= count;
    this.#check(this.#steps, 'multiplying it out would take', STEPS_MAX, 'steps');
  }

  #check(left: number, what: string, limit: number, unit: string): void {
    if (!(left >= 0)) {
      throw new ModelFileError(`The file is too large: ${what} more than ${limit} ${unit}.`);
    }
  }
}
