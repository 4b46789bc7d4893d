import type { PlainData } from './data/plainData.ts';
import type { PngOptions } from './exporting/pngOptions.ts';
import type { PlainNetwork } from './formats/plainNetwork.ts';
import type { Quantity } from './model/field.ts';
import type { TileCounts } from './passes/tileCounts.ts';
import type { PointReading } from './reference/pointReading.ts';
import type { RegionsRequest, RegionsResult } from './regions/regionsRequest.ts';
import type { AnyWords, DataInput, OfAnyKind, RecipeInput } from './state/inputTypes.ts';
import type { FieldPatch, SheetPatch, StatePatch } from './state/patchTypes.ts';
import type { Sheet } from './state/sheet.ts';
import type { State } from './state/state.ts';
import type { TrainOptions } from './trainer/trainOptions.ts';
import type { TrainingResult } from './trainer/trainToEnd.ts';
import type { Models } from './ui/models/modelScripts.ts';
import type { ChangeListener } from './ui/page/changes.ts';

/** A rectangle of the plane to sample, end points included. */
export interface SampleRequest {
  /** The shown field by default; parts that are left out get their defaults. */
  readonly field?: FieldPatch;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly width: number;
  readonly height: number;
  /** 'value' by default. */
  readonly quantity?: Quantity;
  /**
   * With `centerLow` the point to which x and y are relative, as in a view; the origin by default.
   * Values are finally rounded to float64, so in a deep view neighbours may be equal, unless they are `relative`.
   */
  readonly center?: readonly [number, number];
  readonly centerLow?: readonly [number, number];
  /**
   * true for differences from the middle of the grid, which keep their digits in views of any depth; of 'value', 'partial1',
   * 'partial2' and 'gradientNorm'.
   */
  readonly relative?: boolean;
}

/** The options of `set`. */
export interface SetOptions {
  readonly moving?: boolean;
}

/** A long call ends when its signal is aborted; it is rejected with the signal's reason. */
export interface Abortable {
  readonly signal?: AbortSignal;
}

/** [height, width] values, row-major; row r lies at linspace(y0, y1, height)[r]. */
export interface SampleResult {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
  /** With `relative`, what the values are differences from: the quantity in the middle of the grid. */
  readonly base?: number;
}

/** A mounted Reluscope: what `createReluscope` returns and the page sets as `window.reluscope`. */
export interface Reluscope {
  /**
   * Resolves when the first full picture of every panel is on screen. Rejected with the reason if none will
   * come, and if the Reluscope is destroyed before. An element without a size (it is not displayed,
   * or 0 wide or high) shows nothing: then it resolves without a picture, which follows with the size.
   */
  readonly ready: Promise<void>;
  /** The state of the active panel, a copy in plain JSON. */
  readonly state: State;
  /** The states of all panels, in order; a copy. */
  readonly panels: readonly State[];
  /** Everything that the page shows, in the form that `open` takes; a copy. */
  readonly sheet: Sheet;
  /**
   * Merges a part of a state into that of the active panel.
   * @param options with `moving` it is one of many that follow each other, e.g. of a network that learns: pictures may be coarse until
   *   they end, and all of them are one step to undo
   * @throws InvalidInputError that says what was received and what is expected; nothing changes.
   */
  set(patch: StatePatch, options?: SetOptions): void;
  /**
   * Replaces the panels: `{panels: [patch, …], columns, linkedViews, sharedRange, active}`, each patch
   * a part of a state merged into the default one. By default there are as many columns as suit the
   * number of panels, nothing is linked, and the first panel is active.
   * @throws InvalidInputError that says what was received and what is expected; nothing changes.
   */
  open(sheet: SheetPatch): void;
  /**
   * Adds a panel as the last one and makes it active. If views are linked it takes over theirs.
   * @param patch a part of a state, merged into the default one
   * @returns its position
   * @throws InvalidInputError for a wrong state, or beyond 16 panels; nothing changes.
   */
  addPanel(patch?: StatePatch): number;
  /** Removes a panel. @throws InvalidInputError if it does not exist or is the only one. */
  removePanel(index: number): void;
  /** The figures that `openFigure` can show. */
  readonly figures: readonly { readonly id: string; readonly title: string }[];
  /**
   * Shows a figure; `settings` are values of its controls by name, e.g. {seed: 3}.
   * @throws InvalidInputError that says what was received and what is expected; nothing changes.
   */
  openFigure(id: string, settings?: Readonly<Record<string, number | boolean>>): void;
  /** The id of the figure that is open; null while none is. */
  readonly figure: string | null;
  /** Returns to what the page showed before the figure. */
  closeFigure(): void;
  /**
   * Whether there is a step to undo. All changes of what is shown are steps, by a person or a script; what
   * changes in one task, or in one movement, is one. The last 200 are kept.
   */
  readonly canUndo: boolean;
  /** Whether there is a step to redo: one that was undone, with no other change since. */
  readonly canRedo: boolean;
  /** Shows again what was shown before the last step; does nothing if there is none. */
  undo(): void;
  /** Takes back an undo; does nothing if there is none. */
  redo(): void;
  /** Makes scripts, controls and keys act on this panel. @throws InvalidInputError */
  activate(index: number): void;
  /**
   * Calls the listener whenever something else is shown: what has changed, whether a person or a script changed it, and all that
   * is shown now. Calls for a script's change come before its method returns; those for a person's come with the next picture, once a frame while something moves.
   *
   * @returns a function that ends the calls
   */
  onChange(listener: ChangeListener): () => void;
  /**
   * Resolves when the finest picture of every panel is on screen, except panels without a size, as for
   * `ready`. Rejected if the current state cannot be drawn.
   */
  settled(): Promise<void>;
  /** The parameters of the network of the active panel's field. */
  network(): PlainNetwork;
  /**
   * All that is known of the active panel's field at a point [u₁, u₂] of the plane, in float64: its value and gradient, the
   * point x in ℝᵈ, all K outputs with their gradients and affine maps, which of them wins and by how much, and softmax.
   * @throws InvalidInputError
   */
  at(point: readonly [number, number]): PointReading;
  /**
   * The outputs [K] of the active panel's network at a point x of its input space, [d], in float64.
   * @throws InvalidInputError
   */
  outputs(x: ArrayLike<number>): number[];
  /** Networks from files, which all Reluscopes of the document share. */
  readonly models: Models;
  /** A data set of plain JSON in a variable, whose kind TypeScript does not know; it is checked when it is read. */
  data<const S extends AnyWords<DataInput>>(spec: OfAnyKind<S>): Promise<PlainData>;
  /**
   * A data set, e.g. {kind: 'moons', samples: 200, noise: 0.1, seed: 3}, as x [n][d] and labels y [n] or targets y [n][K]; members that are
   * left out get their defaults. Works without WebGPU.
   * @throws InvalidInputError (as a rejection) that says what was received and what is expected
   */
  data(spec: DataInput): Promise<PlainData>;
  /** Trains by a recipe of plain JSON in a variable, whose kinds TypeScript does not know; it is checked when it is read. */
  train<const R extends AnyWords<RecipeInput>>(
    recipe: OfAnyKind<R>,
    options?: TrainOptions,
  ): Promise<TrainingResult>;
  /**
   * Trains a network in a worker, in float64, as PyTorch does: `recipe` is {data, network, loss, optimizer, schedule, penalty, batch,
   * steps}, of which data and network must be given. With `show` the active panel shows the network while it learns. Works without
   * WebGPU. A run that diverges stops at the step before, and `divergence` says what to try.
   * @throws InvalidInputError (as a rejection)
   */
  train(recipe: RecipeInput, options?: TrainOptions): Promise<TrainingResult>;
  /**
   * Evaluates a grid by the kernels that draw; without WebGPU in float64, as `reference` does.
   * @throws InvalidInputError (as a rejection); RangeError for a size beyond the limit.
   */
  sample(request: SampleRequest & Abortable): Promise<SampleResult>;
  /** The same grid in float64 on the CPU. Works without WebGPU. */
  reference(request: SampleRequest): SampleResult;
  /**
   * Counts the regions of the shown network exactly, in a worker; `window: null` for the whole plane.
   * Works without WebGPU.
   * @throws InvalidInputError (as a rejection); LimitExceededError above 200,000 regions
   */
  regions(request: RegionsRequest & Abortable): Promise<RegionsResult>;
  /**
   * The number of neurons that the kernels evaluate in each tile of the shown network's picture; the
   * others are folded into an affine map there.
   * @throws InvalidInputError (as a rejection) if the field is not a network.
   */
  tiles(): Promise<TileCounts>;
  /**
   * A PNG of what is open, which also restores it: the figure with its caption, or all panels in their arrangement, each
   * with axes, colour bar and title. `width` and `height` are the file's: pixels, or lengths on paper, e.g. '12 cm', at
   * `dpi`; by default they give the panels enough room. With `panel`, a position in `panels`, it shows this panel alone.
   * @throws InvalidInputError (as a rejection)
   */
  toPng(options?: PngOptions): Promise<Blob>;
  /**
   * Likewise an SVG: axes, hinges, contour lines and text are vectors, fields are images in it.
   * @throws InvalidInputError (as a rejection)
   */
  toSvg(options?: PngOptions): Promise<Blob>;
  /**
   * Unmounts it and frees its resources; pending promises are rejected, and drawing ends. Afterwards only
   * `state`, `network`, `at`, `outputs`, `data` and `reference` work.
   */
  destroy(): void;
}
