import type { State } from '../state/state.ts';
import { makeSvg, setAttribute } from '../ui/dom.ts';
import { drawExercise } from '../ui/exercise.ts';
import { PictureGeometry } from '../view/pictureGeometry.ts';

/**
 * How the overlay looks in a picture that stands alone. Attributes, not a style sheet: the page's
 * Content-Security-Policy reaches into the images that it makes, and would block one.
 */
const LOOKS: readonly (readonly [selector: string, attributes: Record<string, string | number>])[] =
  [
    [
      '.threshold polyline',
      { fill: 'none', stroke: '#fff', 'stroke-width': 2, 'stroke-dasharray': '9 6' },
    ],
    [
      '.threshold .casing',
      { stroke: '#000', 'stroke-width': 4, 'stroke-dasharray': 'none', opacity: 0.55 },
    ],
    ['.point text', { 'font-size': 13, 'font-weight': 700 }],
    ['.class1 circle', { fill: '#fff', stroke: '#000', 'stroke-width': 1.5 }],
    ['.class0 circle', { fill: '#1d1f24', stroke: '#fff', 'stroke-width': 1.5 }],
    ['.class0 text', { fill: '#fff' }],
  ];

/** The exercise's points and line over a neuron, as SVG markup for a plot of this size; else ''. */
export function exerciseMarkup(
  { field, view, projection }: State,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  if (field.kind !== 'sigmoid' && field.kind !== 'tanh') return '';
  const geometry = Object.assign(new PictureGeometry(() => projection), { width, height });
  const overlay = makeSvg('g', {}, ...drawExercise(field, view, geometry));
  for (const [selector, attributes] of LOOKS) {
    for (const part of overlay.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) setAttribute(part, name, value);
    }
  }
  return new XMLSerializer().serializeToString(overlay);
}
