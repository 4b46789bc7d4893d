import type { FullNetwork } from '../model/networks.ts';

/** A network that was read from a file, and what else the file says of it. */
export interface ModelFile {
  readonly network: FullNetwork;
  /** [d] */
  readonly inputs: readonly ModelInput[];
  /** [K] names of the outputs; null if the file has none. */
  readonly outputNames: readonly string[] | null;
  /** The outputs in the file's units are mean + scale · the network's; null if they are the same. */
  readonly outputUnit: ModelUnit | null;
  /** Sentences about what was folded, left out or guessed. */
  readonly notes: readonly string[];
  /** What the file applies to the outputs at the end, which is shown as a readout. */
  readonly ending: 'softmax' | 'logSoftmax' | null;
}

export interface ModelInput {
  /** null if the file has none. */
  readonly name: string | null;
  /** The values for which the network was made, in the network's own units; null if the file does not say. */
  readonly range: readonly [least: number, greatest: number] | null;
  /** The network's input is (value − mean) / scale of a value in the file's units; null if they are the same. */
  readonly unit: ModelUnit | null;
}

/** A value in the file's units is mean + scale · the network's number; scale > 0. */
export interface ModelUnit {
  readonly mean: number;
  readonly scale: number;
}

/** The bytes are no network that can be read; the message says what was found, where, and what can be read. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** Bytes of the numbers of one network in memory: 10⁷ weights in float64. Larger files are refused before anything is allocated. */
export const MODEL_BYTES_MAX = 8e7;
