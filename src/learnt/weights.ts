import type { ImagesPanel } from '../drawing/vectorPanels.ts';
import { type ImageShape, imageShapeOf } from '../model/imageShape.ts';
import { networkFor } from '../model/resolve.ts';
import { namesOf } from '../scales/names.ts';
import { nameNeuron } from '../state/labels.ts';
import type { State } from '../state/state.ts';
import { classNamesOf } from '../state/stateData.ts';

/** Neurons of a wider layer are left out. */
export const IMAGES_MAX = 64;
const COLORS = ['red', 'green', 'blue'];

export type WeightImages = ImagesPanel['images'];

/**
 * The weights of each neuron of the first layer, of each class if there is no other layer, as images of the inputs' shape; of coloured
 * images one for each colour. null if the inputs are no images.
 */
export function weightImages(state: State): WeightImages | null {
  const { field, image } = state;
  const shape = imageShapeOf(field, image);
  if (shape === null) return null;
  const { layers } = networkFor(field.network);
  const { inputs, outputs, weight } = layers[0]!;
  const { nameClass } = namesOf(field, classNamesOf(state));
  const nameOf = (i: number) =>
    layers.length === 1 ? nameClass(i) : nameNeuron(field.network, 1, i);
  const shown = Math.min(outputs, Math.floor(IMAGES_MAX / shape.channels));
  return Array.from({ length: shown }, (_, i) =>
    imagesOf(weight.subarray(i * inputs, (i + 1) * inputs), shape, nameOf(i)),
  ).flat();
}

function imagesOf(
  weights: Float32Array | Float64Array,
  { width, channels, order }: ImageShape,
  name: string,
): WeightImages {
  if (channels === 1) return [{ name, values: weights, width }];
  const pixels = weights.length / channels;
  return COLORS.map((color, channel) => ({
    name: `${name} ${color}`,
    values: Float64Array.from({ length: pixels }, (_, pixel) => {
      const isFirst = order === 'channelsFirst';
      return weights[isFirst ? channel * pixels + pixel : channels * pixel + channel]!;
    }),
    width,
  }));
}
