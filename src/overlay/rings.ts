import { axisNames } from '../state/labels.ts';
import type { State } from '../state/state.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { polarAxes } from '../view/polarAxes.ts';
import { type Layer, NO_LAYER } from './layer.ts';
import type { Attributes, Mark } from './marks.ts';

/** From a ring to the baseline of its label, so that the label lies beside the ring. */
const LABEL_DROP = 4;
/** Light on dark, so that they are visible on any colours. */
const CASING: Attributes = {
  fill: 'none',
  stroke: '#000000',
  'stroke-opacity': 0.3,
  'stroke-width': 2.2,
};
const RING: Attributes = {
  fill: 'none',
  stroke: '#ffffff',
  'stroke-opacity': 0.6,
  'stroke-width': 0.9,
};
const CENTER: Attributes = { fill: '#ffffff', stroke: '#000000' };
const TEXT: Attributes = { fill: '#ffffff', 'font-size': 13 };
const HALO: Attributes = {
  stroke: '#000000',
  'stroke-opacity': 0.8,
  'stroke-width': 3.5,
  'stroke-linejoin': 'round',
};

/** Rings at powers of ten and spokes over a log-radial picture, instead of axes. */
export function ringsLayer(
  { field, view, projection }: State,
  { width, height }: PictureGeometry,
): Layer {
  if (projection.kind !== 'logRadial') return NO_LAYER;
  const { center, rings, spokes, names } = polarAxes(view, projection.decades, width, height);
  const circles = rings.map(({ radius }) => ({ center, radius }));
  const words = [
    ...rings.flatMap(({ label, labelAt }) => (labelAt ? [{ text: label, at: labelAt }] : [])),
    ...names.map((at, axis) => ({ text: axisNames(field)[axis]!, at })),
  ];
  return {
    marks: [
      { kind: 'net', circles, lines: spokes, look: 'casing', style: CASING },
      { kind: 'net', circles, lines: spokes, look: 'ring', style: RING },
      { kind: 'circle', center, radius: 2.5, look: 'center', style: CENTER },
      ...words.map(
        ({ text, at: [x, y] }): Mark => ({
          kind: 'text',
          text,
          at: [x, y + LABEL_DROP],
          anchor: 'middle',
          halo: HALO,
          look: 'ringLabel',
          style: TEXT,
        }),
      ),
    ],
    legend: [],
  };
}
