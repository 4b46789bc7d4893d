import { shapeOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import type { NetworkSource } from '../model/networks.ts';
import { READOUTS, type Readout, type ReadoutKind } from '../model/readouts.ts';

/** Which readouts a network has, and the way from one to the next. */

/** Why a network has no readout of a kind that says something, as the end of a sentence; null if it has. */
export function reasonAgainstReadout(kind: ReadoutKind, network: NetworkSource): string | null {
  const { hidden, outputs } = shapeOf(network);
  if (kind === 'neuron') return hidden.length > 0 ? null : 'there is no hidden layer';
  return READOUTS[kind].ofOne || outputs > 1 ? null : 'there is a single output';
}

/** How many readouts of its kind there are, e.g. one softmax for each output; 1 if it reads all outputs. */
export function readoutCount({ network, readout }: Field): number {
  const { hidden, outputs } = shapeOf(network);
  if (readout.kind === 'neuron') return hidden[readout.layer]!;
  return 'index' in readout ? outputs : 1;
}

/**
 * The readout of the next output, or neuron of its layer, or the one before; after the last comes the first. From a readout
 * of all outputs the next one is the first output, and the one before is the last.
 *
 * @returns null if there is no other
 */
export function stepReadout(field: Field, step: 1 | -1): Readout | null {
  const { network, readout } = field;
  if (!('index' in readout)) {
    const { outputs } = shapeOf(network);
    return outputs > 1 ? { kind: 'output', index: step > 0 ? 0 : outputs - 1 } : null;
  }
  const count = readoutCount(field);
  if (count === 1) return null;
  return { ...readout, index: (readout.index + step + count) % count };
}

/** The readout of each output: of its kind if that reads one of them, e.g. each softmax, or else the outputs themselves. */
export function readoutsOfAll({ network, readout }: Field): readonly Readout[] {
  const isOfOne = 'index' in readout && readout.kind !== 'neuron';
  const base: Readout = isOfOne ? readout : { kind: 'output', index: 0 };
  return Array.from({ length: shapeOf(network).outputs }, (_, index) => ({ ...base, index }));
}
