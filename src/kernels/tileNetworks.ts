import { MAX_HIDDEN_LAYERS } from '../model/networks.ts';

/** Samples along the edges of a tile; width and height of a leaf in samples. */
export const TILE = 32;
export const LEAF = [16, 8] as const;
export const LEAVES = TILE ** 2 / (LEAF[0] * LEAF[1]);
/** Strips of a tile, each as high as a leaf: the smallest parts that are evaluated by themselves. */
export const STRIPS = TILE / LEAF[1];
/** The maximum numbers of open neurons of a tile's and a leaf's network; multiples of four. */
export const SLOTS = 128;
export const LEAF_SLOTS = 32;
/** Tiles, or leaves, whose rows are stored together. */
export const BLOCK = 16;
/** Quads of a map (see culled.wgsl). */
export const QUADS = quadsFor(SLOTS);
export const LEAF_QUADS = quadsFor(LEAF_SLOTS);
/** Layers for which there is room in the uniform buffer: each of a network's own may be two of clamps; and the output layer. */
export const MAX_LAYERS = 2 * MAX_HIDDEN_LAYERS + 1;

/** The classes of straight-line code: small networks of up to this many neurons. */
export const CLASSES = [2, 4, 8, 16];
export const STRAIGHT = CLASSES[CLASSES.length - 1];

/** Quads of a map that has this many open neurons: its affine part, and four weights in each. */
export function quadsFor(open: number): number {
  return 1 + Math.ceil(open / 4);
}

/** The first quad of a slot in a network, as in culled.wgsl. */
export function rowOf(slot: number): number {
  const block = slot >> 2;
  return 2 * slot + block * (2 * block - 2 + (slot & 3));
}

/** Outputs with which tiles are culled; the common part of several counts as one. */
export const MAX_CULLED_OUTPUTS = 17;

/** Quads of the network of a tile: slots, the maps of outputs, and radii. */
export function tileNetRows(outputs: number): number {
  return rowOf(SLOTS) + outputs * QUADS + SLOTS / 4;
}

/** The same of a leaf. */
export function leafNetRows(outputs: number): number {
  return rowOf(LEAF_SLOTS) + outputs * LEAF_QUADS + LEAF_SLOTS / 4;
}

/** Maps that refine keeps for a leaf: of a tile's slots and its outputs; four more than slots because of padding. */
export function leafMaps(outputs: number): number {
  return SLOTS + 4 * Math.ceil(outputs / 4);
}
