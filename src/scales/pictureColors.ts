import { readsClass } from '../model/classes.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { Field, Quantity } from '../model/field.ts';
import { type ColormapName, isDiverging } from './colormaps.ts';
import { nameClass } from './names.ts';
import type { Norm, ShownNorm } from './norms.ts';

/** How values are mapped to the ends of the colour map. */
export type Range =
  | { readonly mode: 'auto' }
  | { readonly mode: 'symmetric' }
  | { readonly mode: 'fixed'; readonly min: number; readonly max: number };

/** Contours at "nice" levels: colours in steps, lines, or both. */
export interface Contours {
  /** Colours in steps (filled contours) instead of continuous. */
  readonly filled: boolean;
  /** Lines at the levels. */
  readonly lines: boolean;
  /** The approximate number of levels, 2 to 64; the nice step determines it. */
  readonly count: number;
}

/** The part of a state that its colours depend on. */
export interface ColorState {
  readonly field: Field;
  readonly quantity: Quantity;
  readonly colormap: ColormapName;
  readonly range: Range;
  readonly norm: Norm;
  readonly contours: Contours;
  readonly projection: { readonly kind: 'plane' | 'logRadial' };
}

/** What the colours of a picture come from. */
export interface PictureColors {
  /** null for regions and classes, which have no colour map. */
  readonly colormap: ColormapName | null;
  /** The names of the classes that the picture shows, each in its own colour; null if it shows something else. */
  readonly classes: readonly string[] | null;
  /** null for regions and classes, which are not numbers. */
  readonly range: Range | null;
  readonly norm: ShownNorm;
  readonly contours: Contours;
  /** Whether the values are angles, which the colour bar numbers in parts of π. */
  readonly isAngle: boolean;
  /** Why the picture does not use the state's colour map, range, norm and contours, as a sentence; null if it does. */
  readonly reason: string | null;
}

const NO_CONTOURS: Contours = { filled: false, lines: false, count: 2 };
const LINEAR: ShownNorm = { kind: 'linear' };

/** The quantities with colours of their own; all others have the colours of the state. */
const OWN_COLORS: Readonly<Partial<Record<Quantity, PictureColors>>> = {
  gradientDirection: {
    // A direction has no ends, so it needs a map without ends.
    colormap: 'cyclic',
    classes: null,
    range: { mode: 'fixed', min: -Math.PI, max: Math.PI },
    norm: LINEAR,
    contours: NO_CONTOURS,
    isAngle: true,
    reason:
      'Directions always use the cyclic map from −π to π, with a linear norm and without contours.',
  },
  region: {
    colormap: null,
    classes: null,
    range: null,
    norm: LINEAR,
    contours: NO_CONTOURS,
    isAngle: false,
    reason: 'Each region has its own colour: colour map, range, norm and contours do not apply.',
  },
};

/** The colour map, range, norm and contours of a state's picture, its colour bar and its files. */
export function pictureColors(state: ColorState): PictureColors {
  const { quantity, colormap, range, contours } = state;
  const own = OWN_COLORS[quantity];
  if (own) return own;
  if (showsClasses(state)) return classColors(state);
  const norm = shownNorm(state);
  return { colormap, classes: null, range, norm, contours, isAngle: false, reason: null };
}

/** Whether the values are the classes that win. */
function showsClasses({ field, quantity }: ColorState): boolean {
  return quantity === 'value' && readsClass(field);
}

function classColors({ field }: ColorState): PictureColors {
  const { outputs } = shapeOf(field.network);
  return {
    colormap: null,
    classes: Array.from({ length: outputs }, (_, k) => nameClass(field.network, k)),
    range: null,
    norm: LINEAR,
    contours: NO_CONTOURS,
    isAngle: false,
    reason: 'Each class has its own colour: colour map, range, norm and contours do not apply.',
  };
}

/** Values of several decades of distance: in a linear norm the inner ones have one colour. */
function shownNorm({ norm, quantity, projection }: ColorState): ShownNorm {
  if (norm.kind !== 'auto') return norm;
  const isOfDecades = quantity === 'value' && projection.kind === 'logRadial';
  return isOfDecades ? { kind: 'equalized' } : LINEAR;
}

/** A diverging map has its middle at 0 unless its ends are fixed by hand. */
export function isSymmetric({ range, colormap }: PictureColors): boolean {
  if (range?.mode === 'auto') return colormap !== null && isDiverging(colormap);
  return range?.mode === 'symmetric';
}
