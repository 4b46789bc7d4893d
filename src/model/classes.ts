import type { Field } from './field.ts';
import { winsOf } from './readouts.ts';

/** Whether a field's value is the number of the class that wins. */
export function readsClass({ readout }: Field): boolean {
  return readout.kind === 'class';
}

/** The classes of a field's network: which of all its outputs wins. */
export function classesOf(field: Field): Field {
  return { ...field, readout: { kind: 'class', wins: winsOf(field.readout) } };
}

/**
 * The gap between log-sum-exp and maximum of a field's outputs. softmax gives the greatest one the share e^−gap, at λ = 1.
 */
export function gapOf(field: Field): Field {
  return { ...field, readout: { kind: 'gap', lambda: 1 } };
}
