import type { State } from '../state/state.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { dataPointsLayer } from './dataPoints.ts';
import { directionLayer } from './direction.ts';
import { exerciseLayer } from './exercise.ts';
import { hingeLayer } from './hinges.ts';
import { imagesLayer } from './images.ts';
import type { Layer } from './layer.ts';
import { ringsLayer } from './rings.ts';

/** Lowest first. */
const LAYERS: readonly ((state: State, geometry: PictureGeometry) => Layer)[] = [
  ringsLayer,
  exerciseLayer,
  dataPointsLayer,
  hingeLayer,
  directionLayer,
  imagesLayer,
];

/** The whole overlay of a state's picture: one layer, composed of those of each purpose. */
export function layerOf(state: State, geometry: PictureGeometry): Layer {
  const layers = LAYERS.map((make) => make(state, geometry));
  return {
    marks: layers.flatMap(({ marks }) => marks),
    legend: layers.flatMap(({ legend }) => legend),
  };
}
