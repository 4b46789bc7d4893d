/** Colour maps by name; 'diverging' is centred at 0 by a symmetric range, 'cyclic' is for directions. */
export const COLORMAP_NAMES = [
  'viridis',
  'plasma',
  'inferno',
  'magma',
  'cividis',
  'turbo',
  'greys',
  'diverging',
  'cyclic',
  'prism',
] as const;

export type ColormapName = (typeof COLORMAP_NAMES)[number];
