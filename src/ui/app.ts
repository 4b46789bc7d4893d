import type { FrameReport } from '../frameReport.ts';
import type { MlpField } from '../model/field.ts';
import { InvalidInputError } from '../model/field.ts';
import { drawNetwork } from '../model/network.ts';
import type { Renderer, RendererProblem } from '../renderer.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import { applyPatch } from '../state/patch.ts';
import type { State } from '../state/state.ts';
import { showAxes } from './axes.ts';
import { BoxSelection } from './boxSelection.ts';
import { ColorBar } from './colorBar.ts';
import { Controls } from './controls/controls.ts';
import { nextSeed, randomSeed, seedOf, withSeed } from './controls/fieldDrafts.ts';
import { describePicture } from './describe.ts';
import { setAttribute, setText } from './dom.ts';
import { listenToDrops, readPicture } from './exporting/droppedPicture.ts';
import { Exporter } from './exporting/exporter.ts';
import { Gestures } from './gestures.ts';
import { Help } from './help.ts';
import { listenToKeys } from './keys.ts';
import { describeDetails, describeField } from './labels.ts';
import type { Layout } from './layout.ts';
import { createLayout } from './layout.ts';
import { Messages } from './messages.ts';
import { Navigation } from './navigation.ts';
import { isSeeded, Overlay } from './overlay.ts';
import { observeSize, PictureGeometry } from './pictureGeometry.ts';
import { ProbeReadout } from './probeReadout.ts';
import { Regions } from './regions/regions.ts';
import type { Motion } from './session.ts';
import { Session } from './session.ts';
import { StatusLine } from './status.ts';
import { Throttle } from './throttle.ts';
import { Toolbar } from './toolbar.ts';
import { UrlSync } from './urlSync.ts';

export interface AppOptions {
  readonly state?: unknown;
  readonly url?: boolean;
  readonly windowKeys?: boolean;
}

/** In less room than this the panel begins closed: it would cover the picture. */
const PANEL_ROOM_PX = { width: 760, height: 480 };

/**
 * While something moves, the axes follow with every picture, and the numbers less often. Where no
 * picture comes, they follow by themselves, after so long.
 */
const SCALES_MS = 100;
const READINGS_MS = 150;

/** Puts the parts of the interface together: every change goes to the session, and from it to all. */
export class App {
  readonly session: Session;
  /** Exact regions of the shown network. */
  readonly regions: Regions;
  readonly #layout: Layout;
  readonly #geometry = new PictureGeometry();
  readonly #listeners = new AbortController();
  readonly #navigation: Navigation;
  readonly #messages: Messages;
  readonly #toolbar: Toolbar;
  readonly #controls: Controls;
  readonly #colorBar: ColorBar;
  readonly #status: StatusLine;
  readonly #overlay: Overlay;
  readonly #probe: ProbeReadout;
  readonly #help: Help;
  readonly #url: UrlSync | null;
  readonly #stopObserving: () => void;
  readonly #scales = new Throttle(SCALES_MS, () => this.#showScales());
  readonly #readings = new Throttle(READINGS_MS, () => this.#showReadings());
  #renderer: Renderer | null = null;
  #report: FrameReport | null = null;
  #sizePx: readonly [number, number] | null = null;
  #panelOpen = false;

  constructor(element: HTMLElement, options: AppOptions) {
    const start = applyPatch(DEFAULT_STATE, options.state ?? {});
    const linked = options.url ? UrlSync.initial() : null;
    const layout = createLayout(element);
    this.#layout = layout;
    const { signal } = this.#listeners;

    this.session = new Session(linked?.state ?? start, {
      draw: (state, moving) => this.#renderer?.setState(state, moving),
      show: (state, moving) => this.#show(state, moving),
    });
    this.#messages = new Messages(layout.toasts, layout.picture);
    const box = new BoxSelection(layout.picture, (armed) => this.#toolbar.showBox(armed));
    this.#navigation = new Navigation(this.session, this.#geometry, box);
    this.#probe = new ProbeReadout(layout.picture, this.#geometry);
    this.#help = new Help(layout.app);
    const exporter = new Exporter({
      messages: this.#messages,
      state: () => this.session.state,
      renderer: () => this.#renderer,
    });
    this.regions = new Regions({
      messages: this.#messages,
      geometry: this.#geometry,
      picture: layout.picture,
      canvas: layout.canvas,
      session: this.session,
      renderer: () => this.#renderer,
    });
    const actions = {
      navigation: this.#navigation,
      exporter,
      regions: this.regions,
      openPicture: (file: File) => void this.#openPicture(file),
      reseed: () => this.#reseed(nextSeed),
      randomSeed: () => this.#reseed(randomSeed),
      toggleHelp: () => this.#help.toggle(),
      togglePanel: () => this.#openPanel(!this.#panelOpen),
      focusPicture: () => layout.canvas.focus({ focusVisible: false } as FocusOptions),
      edit: (patch: object, motion: Motion) => this.#edit(patch, motion),
      setCenter: (axis: 0 | 1, value: number) => this.#setCenter(axis, value),
    };
    this.#toolbar = new Toolbar(layout.toolbar, actions);
    this.#controls = new Controls(layout.panelBody, this.session.state, actions);
    this.#colorBar = new ColorBar(layout.colorBar);
    this.#status = new StatusLine(layout.status);
    this.#overlay = new Overlay(layout.overlay, layout.picture);
    new Gestures(
      layout.canvas,
      this.#navigation,
      (at, pinned) => this.#probe.pointAt(at, pinned),
      signal,
    );
    listenToKeys(options.windowKeys ? window : layout.app, actions, signal);
    layout.panelHandle.addEventListener('click', actions.togglePanel, { signal });
    listenToDrops(layout.app, actions.openPicture, signal);
    this.#followFocus(signal);
    this.#url = options.url
      ? new UrlSync((state, problem) => this.#takeLinked(state, problem), signal)
      : null;
    if (linked?.problem) this.#messages.warn(linked.problem);
    this.#openPanel(
      element.clientWidth > PANEL_ROOM_PX.width && element.clientHeight > PANEL_ROOM_PX.height,
    );
    this.#stopObserving = observeSize(layout.canvas, (width, height, widthPx, heightPx) => {
      this.#resize(width, height, [widthPx, heightPx]);
    });
  }

  get canvas(): HTMLCanvasElement {
    return this.#layout.canvas;
  }

  /** From now on this renderer draws the picture. */
  useRenderer(renderer: Renderer): void {
    this.#renderer = renderer;
    if (this.#sizePx) renderer.resize(...this.#sizePx);
    renderer.setState(this.session.state, false);
    this.#status.showAdapter(renderer.adapter);
  }

  showReport(report: FrameReport): void {
    this.#report = report;
    if (report.stage === 'moving') {
      // Changed now, they reach the screen together with the next picture: one repaint, not two.
      this.#scales.runNow();
      this.#readings.runIfDue();
    } else {
      this.#readings.runNow();
    }
    if (report.settled) this.#describe();
    this.regions.showReport(report);
  }

  showProblem(problem: RendererProblem | null): void {
    if (problem?.fatal) {
      this.#messages.ongoing(null);
      this.#messages.fatal('The picture is gone', problem.message);
      return;
    }
    this.#messages.ongoing(problem?.message ?? null);
    if (!problem && this.#renderer) this.#status.showAdapter(this.#renderer.adapter);
  }

  /** There will be no picture. */
  showFailure(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#messages.fatal('No picture without WebGPU', message);
  }

  destroy(): void {
    this.#listeners.abort();
    this.#stopObserving();
    this.#scales.cancel();
    this.#readings.cancel();
    this.session.destroy();
    this.#url?.destroy();
    this.#probe.destroy();
    this.regions.destroy();
    this.#messages.destroy();
    this.#controls.destroy();
    this.#layout.host.remove();
  }

  #show(state: State, moving: boolean): void {
    this.#url?.write(state);
    if (moving) {
      this.#scales.request();
      this.#readings.request();
    } else {
      this.#showAll();
    }
  }

  #showAll(): void {
    this.#scales.runNow();
    this.#readings.runNow();
    this.#describe();
  }

  /** What has its place in the plane. */
  #showScales(): void {
    if (this.#sizePx === null) return;
    const { state } = this.session;
    showAxes(this.#layout.axisX, this.#layout.axisY, state.view, this.#geometry);
    this.#overlay.show(state, this.#geometry);
    this.regions.showScales(state);
  }

  /** Words and numbers. */
  #showReadings(): void {
    const { state } = this.session;
    const { field, view } = state;
    setText(this.#layout.title, describeField(field));
    setText(this.#layout.subtitle, describeDetails(state));
    this.#controls.show(state);
    this.#toolbar.showHistory(this.session.canBack, this.session.canForward);
    this.#toolbar.showSeeded(isSeeded(field));
    this.#status.showOutputBias(field.kind === 'mlp' ? outputBiasOf(field) : null);
    this.#probe.show(field, view);
    if (this.#sizePx !== null) this.regions.show(state);
    if (!this.#report || this.#sizePx === null) return;
    this.#status.showReport(this.#report);
    this.#colorBar.show(state, this.#report);
    this.#controls.showReport(this.#report);
    this.#overlay.showConstant(field, this.#report.constant);
  }

  #describe(): void {
    const text = describePicture(this.session.state, this.#report, this.#geometry);
    setAttribute(this.canvas, 'aria-label', text);
  }

  #resize(width: number, height: number, sizePx: readonly [number, number]): void {
    this.#geometry.width = width;
    this.#geometry.height = height;
    this.#sizePx = sizePx;
    this.#renderer?.resize(...sizePx);
    this.#showAll();
  }

  #edit(patch: object, motion: Motion): void {
    try {
      this.session.change(applyPatch(this.session.state, patch), motion);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      this.#messages.warn(error.message);
      this.#controls.show(this.session.state);
    }
  }

  #setCenter(axis: 0 | 1, value: number): void {
    const { view } = this.session.state;
    const center = axis === 0 ? [value, view.center[1]] : [view.center[0], value];
    const centerLow = axis === 0 ? [0, view.centerLow[1]] : [view.centerLow[0], 0];
    this.#edit({ view: { center, centerLow } }, 'still');
  }

  #reseed(next: (seed: number) => number): void {
    const { field } = this.session.state;
    const seed = seedOf(field);
    const drawn = seed === null ? null : withSeed(field, next(seed));
    if (drawn) this.#edit({ field: drawn }, 'still');
    else this.#messages.note('This field is not drawn from a seed.');
  }

  #takeLinked(state: State, problem: string | null): void {
    this.session.change(state, 'still');
    if (problem) this.#messages.warn(problem);
  }

  async #openPicture(file: File): Promise<void> {
    try {
      this.session.change(await readPicture(file), 'still');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#messages.warn(`${file.name}: ${reason}`);
    }
  }

  #openPanel(open: boolean): void {
    this.#panelOpen = open;
    this.#layout.app.classList.toggle('withPanel', open);
    this.#layout.panelBody.inert = !open;
    setAttribute(this.#layout.panelHandle, 'aria-expanded', String(open));
    this.#toolbar.showPanel(open);
  }

  /** The keyboard's probe is in the middle, and seen only by those who use the keyboard. */
  #followFocus(signal: AbortSignal): void {
    const { canvas } = this;
    const follow = () => this.#probe.useKeyboard(canvas.matches(':focus-visible'));
    canvas.addEventListener('focus', follow, { signal });
    canvas.addEventListener('blur', follow, { signal });
    canvas.addEventListener('keydown', follow, { signal });
  }
}

let lastDraw: { key: string; bias: number } | null = null;

/** The bias of the output layer, drawn or set; a wide network is drawn once for it, not per frame. */
function outputBiasOf(field: MlpField): number {
  if (field.outputBias !== null) return Math.fround(field.outputBias);
  const key = `${field.widths.join('-')} ${field.seed}`;
  if (lastDraw?.key !== key) lastDraw = { key, bias: drawNetwork(field).layers.at(-1)!.bias[0]! };
  return lastDraw.bias;
}
