/** The number of neurons that the kernels evaluate in each tile of a picture; the others are folded into an affine map. */
export interface TileCounts {
  /** Width and height of a tile in samples. */
  readonly tileSize: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  /** [rows, columns], row-major, row 0 lowest. */
  readonly openNeurons: Uint32Array;
  /** Samples of the picture. */
  readonly width: number;
  readonly height: number;
}
