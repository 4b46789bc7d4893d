import type { Field } from './field.ts';
import type { Wins } from './readouts.ts';

/** Which output wins in a readout: the greatest, unless it says otherwise. */
export function winsOf({ readout }: Field): Wins {
  return 'wins' in readout ? readout.wins : 'greatest';
}

/** The classes of a field's network: which of all its outputs wins. */
export function classesOf(field: Field): Field {
  return { ...field, readout: { kind: 'class', wins: winsOf(field) } };
}
