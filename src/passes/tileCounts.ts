/** How many neurons the kernels keep in each tile of a picture; the others are an affine map there. */
export interface TileCounts {
  /** Samples that a tile is wide and high. */
  readonly tileSize: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  /** [rows, columns], row-major, row 0 lowest. */
  readonly openNeurons: Uint32Array;
  /** Samples of the picture. */
  readonly width: number;
  readonly height: number;
}
