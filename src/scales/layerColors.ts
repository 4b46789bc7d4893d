import { hslColor } from './hsl.ts';

/**
 * The colour of a layer's hinges as [r, g, b] bytes; layers count from 1. Hues of neighbouring layers
 * are far apart: they differ by the golden angle.
 */
export function layerColor(layer: number): [number, number, number] {
  return hslColor((14 + 137.508 * (layer - 1)) % 360, 0.9, 0.58);
}
