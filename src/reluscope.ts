import type { PictureSize } from './exporting/picture.ts';
import { drawPng, FIRST_SIZE } from './exporting/picture.ts';
import { type PngOptions, readPngOptions, readSignal } from './exporting/pngOptions.ts';
import { FIGURES } from './figures/figures.ts';
import type { PlainNetwork } from './formats/plainNetwork.ts';
import { plainNetwork } from './formats/plainNetwork.ts';
import { destroyedError } from './gpu/sharedDevice.ts';
import { InvalidInputError } from './input/invalidInput.ts';
import { readInteger } from './input/plainJson.ts';
import type { Field, Quantity } from './model/field.ts';
import { drawNetwork } from './model/network.ts';
import type { TileCounts } from './passes/tileCounts.ts';
import type { FrameReport } from './picture/frameReport.ts';
import { referenceGrid } from './reference/grid.ts';
import { validateGridRequest } from './reference/gridRequest.ts';
import type { RegionCell, RegionsRequest, RegionsResult } from './regions/regionsRequest.ts';
import { firstOf, untilAborted } from './signals/signals.ts';
import { DEFAULT_STATE } from './state/defaults.ts';
import { applyPatch } from './state/patch.ts';
import { type Sheet, validateSheet } from './state/sheet.ts';
import type { State } from './state/state.ts';
import { Workspace } from './ui/page/workspace.ts';
import type { ReluscopeOptions } from './ui/page/workspaceOptions.ts';
import type { PanelView } from './ui/panel/panelView.ts';

export type { PngOptions } from './exporting/pngOptions.ts';
export { InvalidInputError } from './input/invalidInput.ts';
export type { ReluscopeOptions } from './ui/page/workspaceOptions.ts';
export type {
  Field,
  FrameReport,
  PictureSize,
  PlainNetwork,
  Quantity,
  RegionCell,
  RegionsRequest,
  RegionsResult,
  Sheet,
  State,
  TileCounts,
};

/** A rectangle of the plane to be sampled, end points included. */
export interface SampleRequest {
  /** The shown field if there is none. */
  readonly field?: Field;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly width: number;
  readonly height: number;
  /** 'value' if there is none. */
  readonly quantity?: Quantity;
  /**
   * From where x and y count, together with `centerLow`, as those of a view; the origin if there is none.
   * Values are rounded to float64 at last, so that in a deep view neighbours may be equal.
   */
  readonly center?: readonly [number, number];
  readonly centerLow?: readonly [number, number];
}

/** A call that takes its time ends when its signal is aborted; it is rejected with the signal's reason. */
export interface Abortable {
  readonly signal?: AbortSignal;
}

/** [height, width] values, row-major; row r lies at linspace(y0, y1, height)[r]. */
export interface SampleResult {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** A mounted Reluscope: what `createReluscope` returns and the page sets as `window.reluscope`. */
export interface Reluscope {
  /**
   * Settles when the first full picture of every panel is on screen; rejected with the reason without
   * WebGPU, and when the Reluscope is destroyed before. An element that has no size (it is not displayed,
   * or 0 wide or high) shows nothing: then it settles without a picture, which comes with the size.
   */
  readonly ready: Promise<void>;
  /** The state of the active panel, a copy in plain JSON. */
  readonly state: State;
  /** The states of all panels, in order; a copy. */
  readonly panels: readonly State[];
  /** All that the page shows, in the form that `open` takes; a copy. */
  readonly sheet: Sheet;
  /**
   * Merges a part of a state into that of the active panel.
   * @throws InvalidInputError that names what was received and what is expected; nothing changes.
   */
  set(patch: unknown): void;
  /**
   * Shows panels in place of those that are there: `{panels: [patch, …], columns, linkedViews,
   * sharedRange, active}`, each patch a part of a state merged into the default one. What is left out
   * takes its default: as many columns as suit the number of panels, nothing linked, the first active.
   * @throws InvalidInputError that names what was received and what is expected; nothing changes.
   */
  open(sheet: unknown): void;
  /**
   * Adds a panel as the last one and makes it active. Where views are linked it takes theirs.
   * @param patch a part of a state, merged into the default one
   * @returns its position
   * @throws InvalidInputError for a wrong state, or beyond 16 panels; nothing changes.
   */
  addPanel(patch?: unknown): number;
  /** Takes a panel away. @throws InvalidInputError for a panel that is not there, or the last one. */
  removePanel(index: number): void;
  /** The figures that `openFigure` can show. */
  readonly figures: readonly { readonly id: string; readonly title: string }[];
  /**
   * Shows a figure; `settings` are values of its controls by name, such as {seed: 3}.
   * @throws InvalidInputError that names what was received and what is expected; nothing changes.
   */
  openFigure(id: string, settings?: unknown): void;
  /** Goes back to what the page showed before the figure. */
  closeFigure(): void;
  /** From now on scripts, controls and keys act on this panel. @throws InvalidInputError */
  activate(index: number): void;
  /**
   * Resolves when the finest picture of every panel is on screen; panels without a size are not waited for,
   * as for `ready`. Rejected if the current state cannot be drawn.
   */
  settled(): Promise<void>;
  /** @throws InvalidInputError if the field is no network. */
  network(): PlainNetwork;
  /**
   * Evaluates a grid by the very kernels that draw.
   * @throws InvalidInputError (as a rejection); RangeError for a size beyond what can be had.
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
   * How many neurons the kernels keep as neurons in each tile of the shown network's picture; the
   * others are part of an affine map there.
   * @throws InvalidInputError (as a rejection) if the field is no network.
   */
  tiles(): Promise<TileCounts>;
  /**
   * What is open as a PNG, which holds it: the figure with its caption and all panels, in a size that
   * gives them room if the options do not say; else the active panel's picture with axes, colour bar
   * and title, 800 × 600 units at 2 pixels each.
   * @throws InvalidInputError (as a rejection); RangeError for a size beyond what can be drawn.
   */
  toPng(options?: PngOptions): Promise<Blob>;
  /**
   * Takes everything down and away; what is waited for is rejected, and drawing ends. After it only `state`,
   * `network` and `reference` work.
   */
  destroy(): void;
}

/**
 * Mounts a Reluscope in an element, which it fills; give the element a size.
 *
 * Without WebGPU the page says so, `ready` is rejected, and what needs no GPU still works.
 * @throws InvalidInputError if `element` is none, an option is unknown or wrong, or `options.state` is
 */
export function createReluscope(element: HTMLElement, options: ReluscopeOptions = {}): Reluscope {
  // What document.querySelector did not find comes as null.
  if ((element as Node | null)?.nodeType !== Node.ELEMENT_NODE) {
    throw new InvalidInputError('element', element, 'an element of the page');
  }
  return new MountedReluscope(element, options);
}

class MountedReluscope implements Reluscope {
  readonly ready: Promise<void>;
  readonly #workspace: Workspace;
  /** Aborted when it is destroyed. */
  readonly #life = new AbortController();

  constructor(element: HTMLElement, options: ReluscopeOptions) {
    this.#workspace = new Workspace(element, options);
    this.ready = this.#whileMounted(() => this.#workspace.ready());
    // A page that does not look at `ready` still shows the message; it needs no second one.
    this.ready.catch(() => undefined);
  }

  get state(): State {
    return structuredClone(this.#workspace.active.state);
  }

  set(patch: unknown): void {
    this.#assertMounted();
    const { session } = this.#workspace.active;
    session.change(applyPatch(session.state, patch), 'still');
  }

  get panels(): readonly State[] {
    return this.sheet.panels;
  }

  get sheet(): Sheet {
    return structuredClone(this.#workspace.sheet);
  }

  open(sheet: unknown): void {
    this.#assertMounted();
    this.#workspace.open(validateSheet(sheet));
  }

  addPanel(patch: unknown = {}): number {
    this.#assertMounted();
    this.#workspace.add(applyPatch(DEFAULT_STATE, patch));
    return this.#workspace.sheet.active;
  }

  removePanel(index: number): void {
    this.#assertMounted();
    this.#workspace.remove(this.#panelAt(index));
  }

  activate(index: number): void {
    this.#assertMounted();
    this.#workspace.panels.activate(this.#panelAt(index));
  }

  get figures(): readonly { readonly id: string; readonly title: string }[] {
    return FIGURES.map(({ id, title }) => ({ id, title }));
  }

  openFigure(id: string, settings: unknown = {}): void {
    this.#assertMounted();
    this.#workspace.figures.open(id, settings);
  }

  closeFigure(): void {
    this.#assertMounted();
    this.#workspace.figures.close();
  }

  async settled(): Promise<void> {
    await this.#whileMounted(() => this.#workspace.settled());
  }

  network(): PlainNetwork {
    const { field } = this.#workspace.active.state;
    if (field.kind !== 'mlp') throw new InvalidInputError('field.kind', field.kind, "'mlp'");
    return plainNetwork(drawNetwork(field));
  }

  async sample(given: SampleRequest & Abortable): Promise<SampleResult> {
    const [request, own] = takeSignal(given);
    const full = this.#complete(request);
    return this.#whileMounted(async (signal) => {
      const renderer = await this.#workspace.renderer();
      const { width, height, values } = await renderer.sample(full, signal);
      return { width, height, values };
    }, own);
  }

  reference(request: SampleRequest): SampleResult {
    const full = this.#complete(request);
    return { width: full.width, height: full.height, values: referenceGrid(full) };
  }

  async regions(given: RegionsRequest & Abortable): Promise<RegionsResult> {
    const [request, own] = takeSignal(given);
    return this.#whileMounted(
      (signal) => this.#workspace.active.regions.enumerate(request, signal),
      own,
    );
  }

  async tiles(): Promise<TileCounts> {
    return this.#whileMounted(async () => {
      const { state } = this.#workspace.active;
      const renderer = await this.#workspace.renderer();
      return renderer.tiles(state);
    });
  }

  async toPng(options: PngOptions = {}): Promise<Blob> {
    const { size, onProgress, signal: own } = readPngOptions(options);
    return this.#whileMounted((signal) => {
      const { figures, active } = this.#workspace;
      if (figures.shown) return figures.drawPng(size, onProgress, signal);
      return drawPng(active.state, { ...FIRST_SIZE, ...size }, onProgress, signal);
    }, own);
  }

  destroy(): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort(destroyedError());
    this.#workspace.destroy();
  }

  #panelAt(index: number): PanelView {
    const { views } = this.#workspace.panels;
    return views[readInteger(index, 'panel', 0, views.length - 1)]!;
  }

  #assertMounted(): void {
    this.#life.signal.throwIfAborted();
  }

  /** Waits for work until it is given up, or the Reluscope is destroyed; its signal says so to the work. */
  async #whileMounted<T>(work: (signal: AbortSignal) => Promise<T>, own?: AbortSignal): Promise<T> {
    const { signal, forget } = firstOf([this.#life.signal, own]);
    signal.throwIfAborted();
    try {
      return await untilAborted(work(signal), signal);
    } finally {
      forget();
    }
  }

  #complete(request: SampleRequest) {
    const isObject = typeof request === 'object' && request !== null;
    return validateGridRequest(
      isObject ? { field: this.#workspace.active.state.field, ...request } : request,
    );
  }
}

/** A request apart from the signal that may be in it. @throws InvalidInputError if that is none */
function takeSignal<T>(given: T & Abortable): [request: T, signal: AbortSignal | undefined] {
  // What is not an object is refused by whoever reads the request.
  if (typeof given !== 'object' || given === null || given.signal === undefined) {
    return [given, undefined];
  }
  const { signal, ...request } = given;
  return [request as T, readSignal(signal, 'signal')];
}
