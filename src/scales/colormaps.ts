import * as tables from './colormapTables.ts';

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

/** Names for people, with matplotlib's name where ours differs. */
export const COLORMAP_LABELS: Readonly<Record<ColormapName, string>> = {
  viridis: 'viridis',
  plasma: 'plasma',
  inferno: 'inferno',
  magma: 'magma',
  cividis: 'cividis',
  turbo: 'turbo',
  greys: 'greys',
  diverging: 'diverging (coolwarm)',
  cyclic: 'cyclic (twilight)',
  prism: 'prism',
};

/** Colours per table. */
export const COLORMAP_SIZE = 256;

/** Whether the middle of the map represents 0. */
export function isDiverging(name: ColormapName): boolean {
  return name === 'diverging';
}

/**
 * The colours of a map from low to high: [256, RGBA] bytes, alpha 255. The caller owns the array.
 *
 * Entry i is matplotlib's colour at i / 255, rounded to the nearest byte: `gray` for greys,
 * `coolwarm` for diverging, `twilight` for cyclic, and the map of the same name for the others.
 */
export function colormapTable(name: ColormapName): Uint8Array {
  const table = new Uint8Array(4 * COLORMAP_SIZE);
  const colorAt = colorSource(name);
  for (let i = 0; i < COLORMAP_SIZE; i++) table.set([...colorAt(i), 255], 4 * i);
  return table;
}

type Rgb = readonly [number, number, number];

function colorSource(name: ColormapName): (i: number) => Rgb {
  switch (name) {
    case 'viridis':
      return readTable(tables.VIRIDIS);
    case 'plasma':
      return readTable(tables.PLASMA);
    case 'inferno':
      return readTable(tables.INFERNO);
    case 'magma':
      return readTable(tables.MAGMA);
    case 'cividis':
      return readTable(tables.CIVIDIS);
    case 'turbo':
      return readTable(tables.TURBO);
    case 'diverging':
      return readTable(tables.DIVERGING);
    case 'cyclic':
      return readTable(tables.CYCLIC);
    case 'greys':
      return (i) => [i, i, i];
    case 'prism':
      return prismColor;
  }
}

/** The colours of hexadecimal text, RRGGBB each. */
function readTable(text: string): (i: number) => Rgb {
  return (i) => {
    const color = Number.parseInt(text.slice(6 * i, 6 * i + 6), 16);
    return [color >> 16, (color >> 8) & 255, color & 255];
  };
}

/** Source: matplotlib, `_cm.py`, `_prism_red`, `_prism_green`, `_prism_blue`. */
function prismColor(i: number): Rgb {
  const phase = 20.9 * (i / (COLORMAP_SIZE - 1));
  return [
    toByte(0.75 * Math.sin((phase + 0.25) * Math.PI) + 0.67),
    toByte(0.75 * Math.sin((phase - 0.25) * Math.PI) + 0.33),
    toByte(-1.1 * Math.sin(phase * Math.PI)),
  ];
}

function toByte(part: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, part)));
}
