import { deepFreeze } from '../input/plainJson.ts';
import { DEFAULT_FIELDS } from '../model/fieldValidation.ts';
import { PLANE } from '../view/projection.ts';
import type { State } from './state.ts';

/** What a page without a link shows. Frozen. */
export const DEFAULT_STATE: State = deepFreeze({
  field: DEFAULT_FIELDS.mlp,
  view: { center: [0, 0], centerLow: [0, 0], halfWidth: 5 },
  projection: PLANE,
  frame: 'square',
  gridSamples: 500,
  quantity: 'value',
  colormap: 'viridis',
  range: { mode: 'auto' },
  contours: { filled: false, lines: false, count: 10 },
  hinges: false,
  edges: false,
  selection: null,
  points: 'none',
  supersampling: 'auto',
});
