import { type PlainData, plainData } from './data/plainData.ts';
import { drawPng, drawSvg, pictureSize } from './exporting/drawPanels.ts';
import { type CheckedPngOptions, type PngOptions, readPngOptions } from './exporting/pngOptions.ts';
import { shownSheet } from './exporting/shownSheet.ts';
import { FIGURES } from './figures/figures.ts';
import { type PlainNetwork, plainNetwork } from './formats/plainNetwork.ts';
import { destroyedError } from './gpu/sharedDevice.ts';
import { InvalidInputError } from './input/invalidInput.ts';
import { readBoolean, readInteger, readObject, rejectUnknownKeys } from './input/plainJson.ts';
import { resolve } from './model/resolve.ts';
import type { TileCounts } from './passes/tileCounts.ts';
import type {
  Abortable,
  Reluscope,
  SampleRequest,
  SampleResult,
  SetOptions,
} from './publicInterface.ts';
import { sampledGrid } from './reference/grid.ts';
import { validateGridRequest } from './reference/gridRequest.ts';
import { type PointReading, readOutputs, readPoint } from './reference/pointReading.ts';
import type { RegionsRequest, RegionsResult } from './regions/regionsRequest.ts';
import { readSignal } from './signals/readSignal.ts';
import { firstOf, untilAborted } from './signals/signals.ts';
import { DEFAULT_STATE } from './state/defaults.ts';
import { applyPatch } from './state/patch.ts';
import { type Sheet, sheetOf, validateSheet } from './state/sheet.ts';
import { checkFitOfRun } from './state/shownRun.ts';
import type { State } from './state/state.ts';
import { prepareRun } from './trainer/prepareRun.ts';
import { readTrainOptions, type TrainOptions } from './trainer/trainOptions.ts';
import { type TrainingResult, trainToEnd } from './trainer/trainToEnd.ts';
import { workerTrainer } from './trainer/workerTrainer.ts';
import { COMPROMISES } from './ui/exporting/exporter.ts';
import { withRegions } from './ui/exporting/withRegions.ts';
import { MODELS } from './ui/models/modelScripts.ts';
import type { ChangeListener } from './ui/page/changes.ts';
import { Workspace } from './ui/page/workspace.ts';
import type { ReluscopeOptions } from './ui/page/workspaceOptions.ts';
import type { PanelView } from './ui/panel/panelView.ts';
import { LiveNetwork } from './ui/training/liveNetwork.ts';

/** A Reluscope in an element: checks what scripts ask for, and has the page do it. */
export class MountedReluscope implements Reluscope {
  readonly ready: Promise<void>;
  readonly models = MODELS;
  readonly #workspace: Workspace;
  /** Aborted by `destroy`. */
  readonly #life = new AbortController();

  constructor(element: HTMLElement, options: ReluscopeOptions) {
    this.#workspace = new Workspace(element, options);
    this.ready = this.#whileMounted(() => this.#workspace.ready());
    // A page that ignores `ready` still shows the message; it needs no second one.
    this.ready.catch(() => undefined);
  }

  get state(): State {
    return structuredClone(this.#workspace.active.state);
  }

  set(patch: unknown, options: SetOptions = {}): void {
    const given = readObject(options, 'options');
    rejectUnknownKeys(given, ['moving'], 'options', 'set');
    const moving = readBoolean(given.moving ?? false, 'options.moving');
    this.#asScript(() => {
      const { session } = this.#workspace.active;
      const before = session.state;
      const state = applyPatch(before, patch);
      // A person sees what does not fit, and goes on; a script has to know.
      if (state.run && state.run.recipe !== before.run?.recipe) checkFitOfRun(state.run);
      session.change(state, moving ? 'moving' : 'still');
    }, moving);
  }

  get panels(): readonly State[] {
    return this.sheet.panels;
  }

  get sheet(): Sheet {
    return structuredClone(this.#workspace.sheet);
  }

  open(sheet: unknown): void {
    this.#asScript(() => this.#workspace.open(validateSheet(sheet)));
  }

  addPanel(patch: unknown = {}): number {
    this.#asScript(() => this.#workspace.add(applyPatch(DEFAULT_STATE, patch)));
    return this.#workspace.sheet.active;
  }

  removePanel(index: number): void {
    this.#asScript(() => this.#workspace.remove(this.#panelAt(index)));
  }

  activate(index: number): void {
    this.#asScript(() => this.#workspace.panels.activate(this.#panelAt(index)));
  }

  onChange(listener: ChangeListener): () => void {
    this.#assertMounted();
    if (typeof listener !== 'function') {
      throw new InvalidInputError('listener', listener, 'a function');
    }
    return this.#workspace.changes.listen(listener);
  }

  get figures(): readonly { readonly id: string; readonly title: string }[] {
    return FIGURES.map(({ id, title }) => ({ id, title }));
  }

  openFigure(id: string, settings: unknown = {}): void {
    this.#asScript(() => this.#workspace.figures.open(id, settings));
  }

  get figure(): string | null {
    return this.#workspace.figures.id;
  }

  closeFigure(): void {
    this.#asScript(() => this.#workspace.figures.close());
  }

  get canUndo(): boolean {
    return this.#workspace.canUndo;
  }

  get canRedo(): boolean {
    return this.#workspace.canRedo;
  }

  undo(): void {
    this.#asScript(() => this.#workspace.undo());
  }

  redo(): void {
    this.#asScript(() => this.#workspace.redo());
  }

  async settled(): Promise<void> {
    await this.#whileMounted(() => this.#workspace.settled());
  }

  network(): PlainNetwork {
    return plainNetwork(resolve(this.#workspace.active.state.field).network);
  }

  at(point: readonly [number, number]): PointReading {
    return readPoint(this.#workspace.active.state.field, point);
  }

  outputs(x: ArrayLike<number>): number[] {
    return readOutputs(this.#workspace.active.state.field, x);
  }

  data(spec: unknown): Promise<PlainData> {
    return plainData(spec);
  }

  async train(recipe: unknown, options: TrainOptions = {}): Promise<TrainingResult> {
    const { onStep, show, signal: own } = readTrainOptions(options, ['onStep', 'show', 'signal']);
    const panel = this.#workspace.active;
    return this.#whileMounted(async (signal) => {
      const start = await prepareRun(recipe);
      const asScript = (change: () => void) => this.#asScript(change, true);
      const live = show ? new LiveNetwork(panel, start.recipe.loss, asScript) : null;
      try {
        return await trainToEnd(await workerTrainer(start), start, {
          signal,
          onStep: async (progress) => {
            await onStep?.(progress);
            await live?.show(progress.network);
          },
        });
      } finally {
        live?.end();
      }
    }, own);
  }

  async sample(given: SampleRequest & Abortable): Promise<SampleResult> {
    const [request, own] = takeSignal(given);
    const panel = this.#workspace.active;
    // A mistake is named at once.
    const checked = this.#complete(request);
    return this.#whileMounted(async (signal) => {
      let full = checked;
      if (isOnItsWay(panel)) {
        await panel.training.run.caughtUp();
        full = this.#complete(request, panel);
      }
      const renderer = await this.#workspace.renderer();
      return renderer.sample(full, signal);
    }, own);
  }

  reference(request: SampleRequest): SampleResult {
    return sampledGrid(this.#complete(request));
  }

  async regions(given: RegionsRequest & Abortable): Promise<RegionsResult> {
    const [request, own] = takeSignal(given);
    const panel = this.#workspace.active;
    return this.#whileMounted(async (signal) => {
      if (isOnItsWay(panel)) await panel.training.run.caughtUp();
      return panel.regions.enumerate(request, signal);
    }, own);
  }

  async tiles(): Promise<TileCounts> {
    return this.#whileMounted(async () => {
      const { state } = this.#workspace.active;
      const renderer = await this.#workspace.renderer();
      return renderer.tiles(state);
    });
  }

  async toPng(options: PngOptions = {}): Promise<Blob> {
    return this.#draw(drawPng, readPngOptions(options, 'toPng'));
  }

  async toSvg(options: PngOptions = {}): Promise<Blob> {
    return this.#draw(drawSvg, readPngOptions(options, 'toSvg'));
  }

  destroy(): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort(destroyedError());
    this.#workspace.destroy();
  }

  #draw(
    draw: typeof drawPng | typeof drawSvg,
    { size, panel, onProgress, signal: own }: CheckedPngOptions,
  ): Promise<Blob> {
    return this.#whileMounted(async (signal) => {
      const workspace = this.#workspace;
      await workspace.panels.trained();
      const shown =
        panel === undefined ? workspace.shown : shownSheet(sheetOf(this.#panelAt(panel).state));
      const sampler = () => workspace.renderer();
      const drawn = await workspace.files.during(() =>
        withRegions(signal, async (regions) => {
          const sources = { sampler, ...regions };
          return draw(shown, pictureSize(shown, size), sources, onProgress, signal);
        }),
      );
      for (const kind of drawn.compromises) workspace.messages.warn(COMPROMISES[kind]);
      return drawn.file;
    }, own);
  }

  #panelAt(index: unknown): PanelView {
    const { views } = this.#workspace.panels;
    return views[readInteger(index, 'panel', 0, views.length - 1)]!;
  }

  #assertMounted(): void {
    this.#life.signal.throwIfAborted();
  }

  #asScript(change: () => void, moving = false): void {
    this.#assertMounted();
    this.#workspace.changes.inScript(change, moving);
  }

  /** Waits for work until it is aborted or the Reluscope is destroyed; the signal passes either on to the work. */
  async #whileMounted<T>(work: (signal: AbortSignal) => Promise<T>, own?: AbortSignal): Promise<T> {
    const { signal, forget } = firstOf([this.#life.signal, own]);
    signal.throwIfAborted();
    try {
      return await untilAborted(work(signal), signal);
    } finally {
      forget();
    }
  }

  #complete(request: SampleRequest, panel = this.#workspace.active) {
    const isObject = typeof request === 'object' && request !== null;
    return validateGridRequest(isObject ? { field: panel.state.field, ...request } : request);
  }
}

/** Whether a panel has not yet the network of its run's step, which comes by itself. */
function isOnItsWay({ training: { run }, state }: PanelView): boolean {
  return !run.isPlaying && !run.isThere(state);
}

/** Separates a request from its signal, if it has one. @throws InvalidInputError if that is not a signal */
function takeSignal<T>(given: T & Abortable): [request: T, signal: AbortSignal | undefined] {
  // The reader of the request rejects anything but an object.
  if (typeof given !== 'object' || given === null || !('signal' in given)) {
    return [given, undefined];
  }
  const { signal, ...request } = given;
  return [request as T, readSignal(signal, 'signal')];
}
