import { deepFreeze } from '../input/plainJson.ts';
import { DEFAULT_FIELD } from '../model/fieldValidation.ts';
import { PLANE } from '../view/projection.ts';
import type { State } from './state.ts';

/** What a link or a patch leaves out. Frozen. */
export const DEFAULT_STATE: State = deepFreeze({
  field: DEFAULT_FIELD,
  view: { center: [0, 0], centerLow: [0, 0], halfWidth: 5 },
  projection: PLANE,
  frame: 'square',
  gridSamples: 500,
  quantity: 'value',
  colormap: 'viridis',
  range: { mode: 'auto' },
  norm: { kind: 'auto' },
  contours: { filled: false, lines: false, count: 10 },
  hinges: false,
  boundaries: false,
  shade: false,
  edges: false,
  selection: null,
  data: null,
  dataPoints: true,
  run: null,
  image: 'auto',
  diagram: false,
  learnt: false,
  supersampling: 'auto',
});

/**
 * What a page without a link shows: hinges and levels say at first sight that a network is piecewise affine.
 * A link omits defaults, so these are no defaults. Frozen.
 */
export const FIRST_STATE: State = deepFreeze({
  ...DEFAULT_STATE,
  contours: { ...DEFAULT_STATE.contours, lines: true },
  hinges: true,
});
