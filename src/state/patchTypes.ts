import type { Field } from '../model/field.ts';
import type { Shorthand } from '../model/shorthand.ts';
import type { Sheet } from './sheet.ts';
import type { Norm, State } from './state.ts';

/** Any part of a plain object; arrays are whole, and of a length that is checked when they are read. */
export type PartOf<T> = T extends readonly (infer Item)[]
  ? readonly Item[]
  : T extends object
    ? { readonly [K in keyof T]?: PartOf<T[K]> }
    : T;

/** A part of a field, or of a shorthand for one. */
export type FieldPatch = PartOf<Field> | PartOf<Shorthand>;

/** What `set` merges into a state. */
export type StatePatch = PartOf<Omit<State, 'field' | 'norm'>> & {
  readonly field?: FieldPatch;
  /** A word is a kind with its defaults. */
  readonly norm?: Norm['kind'] | PartOf<Norm>;
};

/** What `open` shows: each panel is a part of a state, merged into the default one. */
export type SheetPatch = Partial<Omit<Sheet, 'panels'>> & {
  readonly panels?: readonly StatePatch[];
};
