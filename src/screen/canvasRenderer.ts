import type { GpuProblemKind } from '../gpu/errors.ts';
import type { RegionCount } from '../passes/countRegions.ts';
import type { TileCounts } from '../passes/tileCounts.ts';
import type { CutFacets } from '../picture/facetPictures.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import type { GridRequest, SampledGrid } from '../reference/grid.ts';
import type { State } from '../state/state.ts';

export interface RendererProblem {
  readonly kind: GpuProblemKind;
  readonly message: string;
  /** True if no picture will come any more. */
  readonly fatal: boolean;
}

export interface RendererOptions {
  /** @param state what the picture shows */
  onReport(report: FrameReport, state: State): void;
  /** null: the problem is solved. */
  onProblem(problem: RendererProblem | null): void;
  /** Without it kernels evaluate all networks. */
  readonly cutFacets?: CutFacets;
}

/** Keeps a state on a canvas, whatever draws it. */
export interface CanvasRenderer {
  /** What draws. */
  readonly adapter: { readonly name: string; readonly software: boolean };
  /** Whether kernels draw, whose tiles can be shown. */
  readonly hasTiles: boolean;
  /** Pipelines compiled so far on this device: a reseed or a zoom adds none. */
  readonly compiledPipelines: number;
  /** Settles when the first full picture is on screen; rejected if none will come. */
  readonly firstPicture: Promise<void>;
  /** How often the picture to be drawn has changed: what was waited for before is another one. */
  readonly changes: number;
  /** Settles when the screen shows the finest picture of the current state. */
  settled(): Promise<void>;
  /** The next frames show this state; `moving` during a gesture or while a slider moves. */
  setState(state: State, moving: boolean): void;
  /** Moves the picture on the canvas at once to where it is in the newest state. @returns false if that changes nothing */
  follow(): boolean;
  /** Resolves when the canvas has a picture of the newest state, coarse or fine, or none will come. */
  drawn(): Promise<void>;
  /**
   * Size of the canvas in device pixels.
   * @param pxPerUnit device pixels per CSS pixel, in which lines have their widths
   */
  resize(widthPx: number, heightPx: number, pxPerUnit?: number): void;
  /** Puts the last picture on the canvas again, so that the canvas can be read in this task. */
  showAgain(): void;
  /** Evaluates a grid. @throws RangeError if it does not fit into memory; the signal's reason */
  sample(request: GridRequest, signal?: AbortSignal): Promise<SampledGrid>;
  /** Counts the distinct regions among the samples of the full picture of a state. */
  countRegions(state: State): Promise<RegionCount>;
  /**
   * The number of neurons that the kernels evaluate in each tile of the full picture of a state.
   * @throws InvalidInputError (as a rejection) if the field is not a network; GpuError without kernels
   */
  tiles(state: State): Promise<TileCounts>;
  destroy(): void;
}
