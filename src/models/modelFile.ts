import type { ModelFacts } from '../model/models.ts';
import type { FullNetwork } from '../model/networks.ts';

export type { ModelInput, ModelUnit } from '../model/models.ts';

/** A network that was read from a file, and what else the file says of it. */
export interface ModelFile extends Omit<ModelFacts, 'name'> {
  readonly network: FullNetwork;
}

/** The bytes are no network that can be read; the message says what was found, where, and what can be read. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** Bytes of the numbers of one network in memory: 10⁷ weights in float64. Larger files are refused before anything is allocated. */
export const MODEL_BYTES_MAX = 8e7;
