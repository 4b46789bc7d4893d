import type { Model } from '../../model/models.ts';
import type { FrameReport } from '../../picture/frameReport.ts';
import { animationFrame, SCREEN_FRAME_MS } from '../../screen/animationFrame.ts';
import type { CanvasRenderer, RendererProblem } from '../../screen/canvasRenderer.ts';
import { createRenderer } from '../../screen/createRenderer.ts';
import type { Machine } from '../../screen/machines.ts';
import { describeDetails, describeField } from '../../state/labels.ts';
import { sameSubject } from '../../state/sameSubject.ts';
import type { ValueRange } from '../../state/sharedRange.ts';
import type { State } from '../../state/state.ts';
import { PictureGeometry } from '../../view/pictureGeometry.ts';
import { Controls } from '../controls/controls.ts';
import { setAttribute, setText } from '../dom/elements.ts';
import { keepTogether } from '../dom/keepTogether.ts';
import { isSkipped, observeSize } from '../dom/observeSize.ts';
import { pointerPlace } from '../dom/pointerPlace.ts';
import type { ReadPlace } from '../exporting/copiedNumbers.ts';
import type { DrawnFiles } from '../exporting/drawnFiles.ts';
import type { Exporter } from '../exporting/exporter.ts';
import type { Messages } from '../page/messages.ts';
import { Regions } from '../regions/regions.ts';
import type { PanelRun } from '../training/panelRun.ts';
import { PanelTraining } from '../training/panelTraining.ts';
import { showAxes } from './axes.ts';
import { BoxSelection } from './boxSelection.ts';
import { ChosenMark } from './chosenMark.ts';
import { ColorBar } from './colorBar.ts';
import { describePicture } from './describe.ts';
import { Gestures } from './gestures.ts';
import { Navigation } from './navigation.ts';
import { Overlay } from './overlay.ts';
import { PanelControls } from './panelControls.ts';
import { PanelData } from './panelData.ts';
import { PanelEdits } from './panelEdits.ts';
import { createPanelLayout, type PanelLayout } from './panelLayout.ts';
import { PanelPanes } from './panelPanes.ts';
import { PanelUpdates } from './panelUpdates.ts';
import { PointGestures } from './pointGestures.ts';
import { PointsTool } from './pointsTool.ts';
import { isDeep, ProbeReadout } from './probeReadout.ts';
import { Session } from './session.ts';
import { TilesView } from './tilesView.ts';
import type { WheelPolicy } from './wheelPolicy.ts';

/** What a panel uses of the page, and reports to it. */
export interface PanelHost {
  readonly messages: Messages;
  readonly files: DrawnFiles;
  readonly exporter: Exporter;
  /** The container of its controls. */
  readonly controls: HTMLElement;
  readonly wheel: WheelPolicy;
  chooseFiles(accept?: string): void;
  choosePoints(): void;
  showModel(model: Model): void;
  /** Shows each output of the active panel's network in a panel. */
  showAllOutputs(): void;
  /** Called before the state is drawn: the views of other panels may follow. */
  onState(panel: PanelView, state: State, moving: boolean): void;
  /** Returns the state to draw. */
  stateToDraw(state: State): State;
  /** Makes a change in the name of whoever made the last one, from which it follows. */
  inWake(change: () => void): void;
  /** Its text and numbers have changed. */
  onReadings(panel: PanelView): void;
  onReport(panel: PanelView): void;
  onProblem(panel: PanelView, problem: RendererProblem | null): void;
  onBox(armed: boolean): void;
  /** A person has turned to this panel. */
  onTurnedTo(panel: PanelView): void;
}

/** One panel: a canvas with axes and colour bar, its state, and everything that changes it. */
export class PanelView {
  /** Distinguishes it from all other panels, also after it is gone. */
  readonly id = Symbol('panel');
  readonly session: Session;
  readonly edits: PanelEdits;
  /** The data set over its picture. */
  readonly data: PanelData;
  /** Beside its picture. */
  readonly panes: PanelPanes;
  /** Exact regions of the shown network. */
  readonly regions: Regions;
  /** Its network while it learns. */
  readonly training: PanelTraining;
  /** What the kernels cull. */
  readonly tiles: TilesView;
  readonly navigation: Navigation;
  /** Edits the points of the data set. */
  readonly points: PointsTool;
  readonly #host: PanelHost;
  readonly #layout: PanelLayout = createPanelLayout();
  readonly #controls: PanelControls;
  readonly #geometry = new PictureGeometry(() => this.session.state.projection);
  readonly #listeners = new AbortController();
  readonly #followers = new Set<() => void>();
  readonly #colorBar: ColorBar;
  readonly #overlay: Overlay;
  readonly #probe: ProbeReadout;
  readonly #chosenMark: ChosenMark;
  readonly #stopObserving: () => void;
  readonly #updates = new PanelUpdates(
    () => this.#showScales(),
    () => this.#showReadings(),
  );
  #renderer: CanvasRenderer | null = null;
  /** The last picture, with its state. */
  #picture: { readonly report: FrameReport; readonly state: State } | null = null;
  #values: ValueRange | null = null;
  /** Of the canvas, and its pixels per CSS pixel. */
  #sizePx: readonly [widthPx: number, heightPx: number, pxPerUnit: number] | null = null;
  /** Replaces the description of the field, as long as it shows the same. */
  #given: { readonly title: string; readonly state: State } | null = null;

  constructor(state: State, host: PanelHost) {
    this.#host = host;
    const layout = this.#layout;
    const { signal } = this.#listeners;
    this.#controls = new PanelControls(host.controls, (element) => this.#makeControls(element));
    this.session = new Session(state, {
      draw: (next, moving) => {
        this.#controls.follow(next);
        this.training.follow(next, moving);
        host.onState(this, next, moving);
        this.#renderer?.setState(host.stateToDraw(next), moving);
        // A picture of the network that learns is under way: what a person does is seen before the next one.
        if (this.session.held && this.#renderer?.follow()) this.#updates.scales.runNow();
      },
      show: (_, moving) => this.#updates.follow(this.session, moving),
    });
    this.edits = new PanelEdits(this.session, host.messages, () => this.#controls.show(this.state));
    this.data = new PanelData({
      session: this.session,
      messages: host.messages,
      edit: (patch, motion) => this.edits.edit(patch, motion),
      onFetched: () => {
        this.#updates.scales.runNow();
        // Its classes have names now.
        this.#updates.readings.request();
      },
    });
    this.panes = new PanelPanes(this, layout, this.#geometry, host.messages);
    this.training = new PanelTraining({
      panel: layout.panel,
      bar: layout.training,
      session: this.session,
      messages: host.messages,
      nextFrame: () => this.nextFrame(),
      files: host.files,
      onChange: () => this.#tellFollowers(),
      inWake: (change) => host.inWake(change),
    });
    this.training.follow(state, false);
    // Before the picture has a size.
    this.#showFrame();
    const placeOf = (event: MouseEvent) => pointerPlace(event, layout.canvas, layout.overlay);
    const box = new BoxSelection(layout.picture, (armed) => host.onBox(armed));
    this.navigation = new Navigation(this.session, this.#geometry, box);
    this.points = new PointsTool({
      session: this.session,
      geometry: this.#geometry,
      edit: (patch, motion) => this.edits.edit(patch, motion),
      explain: (reason) => host.messages.note(reason),
      onChange: () => {
        layout.picture.classList.toggle('pointing', this.points.on);
        this.#showChosen();
        this.#controls.show(this.state);
      },
    });
    this.#probe = new ProbeReadout(layout.picture, this.#geometry);
    this.#chosenMark = new ChosenMark(layout.picture);
    layout.picture.append(layout.notes);
    this.regions = new Regions({
      messages: host.messages,
      geometry: this.#geometry,
      notes: layout.notes,
      canvas: layout.canvas,
      placeOf,
      session: this.session,
      renderer: () => this.#renderer,
    });
    this.tiles = new TilesView({
      picture: layout.picture,
      canvas: layout.canvas,
      renderer: () => this.#renderer,
      state: () => this.state,
    });
    this.#colorBar = new ColorBar(layout.colorBar);
    this.#overlay = new Overlay(layout.overlay, layout.notes);
    new PointGestures(layout.canvas, this.points, this.navigation, placeOf, signal);
    new Gestures(
      layout.canvas,
      this.navigation,
      placeOf,
      (at, pinned) => this.#probe.pointAt(at, pinned),
      host.wheel,
      signal,
    );
    this.#followFocus(signal);
    for (const event of ['pointerdown', 'focusin'] as const) {
      layout.panel.addEventListener(event, () => host.onTurnedTo(this), { signal, capture: true });
    }
    this.#stopObserving = observeSize(layout.canvas, (width, height, widthPx, heightPx) => {
      this.#resize(width, height, [widthPx, heightPx, widthPx / width]);
    });
  }

  get element(): HTMLElement {
    return this.#layout.panel;
  }

  get picture(): HTMLElement {
    return this.#layout.picture;
  }

  get canvas(): HTMLCanvasElement {
    return this.#layout.canvas;
  }

  /** False if the page does not display it, or gives it no size: then there is no picture. */
  get hasRoom(): boolean {
    const { clientWidth, clientHeight } = this.canvas;
    return (
      clientWidth > 0 && clientHeight > 0 && (this.#sizePx !== null || !isSkipped(this.canvas))
    );
  }

  get state(): State {
    return this.session.state;
  }

  /** null while there is none. */
  get renderer(): CanvasRenderer | null {
    return this.#renderer;
  }

  /** Of the last picture; null before the first. */
  get report(): FrameReport | null {
    return this.#picture?.report ?? null;
  }

  /**
   * The minimum and maximum in view, for a shared range. A first coarse picture of
   * something at rest does not count: its values would change while it becomes finer.
   */
  get values(): ValueRange | null {
    return this.#values;
  }

  /** Calls back whenever what has a place in the plane, or its training run, has changed. @returns ends it */
  follow(listener: () => void): () => void {
    this.#followers.add(listener);
    return () => this.#followers.delete(listener);
  }

  /** What it shows, in words: a title, and details beside it. */
  get title(): readonly [string, string] {
    const { state } = this;
    const given = this.#given;
    const title = given && sameSubject(given.state, state) ? given.title : null;
    return title === null ? [describeField(state.field), describeDetails(state)] : [title, ''];
  }

  /** The point that the card of a selected region is about, or else the probe. */
  get readPlace(): ReadPlace {
    const { view } = this.state;
    const point = this.regions.selectedPoint;
    return point ? { point, isDeep: isDeep(point, view.halfWidth) } : this.#probe.placeIn(view);
  }

  /** Gives the panel a title until its field changes; null removes it. */
  giveTitle(title: string | null): void {
    this.#given = title === null ? null : { title, state: this.state };
    this.#showTitle();
  }

  /** Draws the panel's pictures from now on. @throws GpuError */
  async start(machine: Promise<Machine>): Promise<CanvasRenderer> {
    const renderer = await createRenderer(
      this.canvas,
      {
        onReport: (report, drawn) => this.#showReport(report, drawn),
        onProblem: (problem) => this.#host.onProblem(this, problem),
        cutFacets: this.regions.cutFacets,
      },
      await machine,
    );
    if (this.#listeners.signal.aborted) renderer.destroy();
    this.#renderer = renderer;
    if (this.#sizePx) renderer.resize(...this.#sizePx);
    this.redraw();
    return renderer;
  }

  /** Draws the state again, at rest, with the page's current settings. */
  redraw(): void {
    this.#renderer?.setState(this.#host.stateToDraw(this.state), false);
  }

  /** Puts the last picture on the canvas again, so that it can be read in this task. */
  showAgain(): void {
    this.#renderer?.showAgain();
  }

  /** Resolves when the newest state is on the screen, and there may be another one. */
  async nextFrame(): Promise<void> {
    const began = performance.now();
    await this.#renderer?.drawn();
    // A picture that took longer than a frame has given the page its turn.
    if (performance.now() - began < SCREEN_FRAME_MS) await animationFrame();
  }

  /** Shows text and numbers now if they wait for their turn. */
  flushReadings(): void {
    this.#updates.readings.flush();
  }

  /** Does something with its training run. @returns false if there is none */
  train(act: (run: PanelRun) => void): boolean {
    if (this.state.run === null) return false;
    act(this.training.run);
    return true;
  }

  focus(): void {
    this.canvas.focus({ focusVisible: false } as FocusOptions);
  }

  /** Shows or hides what belongs to the active panel only. */
  setActive(active: boolean): void {
    if (!active) this.navigation.box.arm(false);
    this.#controls.isSeen = active;
    this.element.classList.toggle('active', active);
    setAttribute(this.element, 'aria-current', String(active));
    if (active) this.#updates.readings.runNow();
  }

  /** Makes its controls if there are none. */
  furnish(): void {
    this.#controls.furnish();
  }

  /** Opens the folders of the controls that were open in the previous panel. */
  takeOverFolders(before: PanelView): void {
    this.#controls.takeOverFolders(before.#controls);
  }

  destroy(): void {
    this.#listeners.abort();
    this.#stopObserving();
    this.#updates.cancel();
    this.session.destroy();
    this.#probe.destroy();
    this.regions.destroy();
    this.panes.destroy();
    this.training.destroy();
    this.#controls.destroy();
    this.#renderer?.destroy();
    this.element.remove();
  }

  #makeControls(container: HTMLElement): Controls {
    const { edits, navigation, points, regions, tiles, training } = this;
    const { exporter, chooseFiles, choosePoints, showModel, showAllOutputs } = this.#host;
    return new Controls(container, this.state, {
      navigation,
      points,
      openData: () => this.data.choose(),
      regions,
      tiles,
      training,
      adapter: () => this.#renderer?.adapter ?? null,
      exporter,
      chooseFiles,
      choosePoints,
      showModel,
      edit: (patch, motion) => edits.edit(patch, motion),
      editField: (part, motion) => edits.editField(part, motion),
      stepOutput: (step) => edits.stepOutput(step),
      showAllOutputs,
      setCenter: (axis, value) => edits.setCenter(axis, value),
    });
  }

  #showReport(report: FrameReport, drawn: State): void {
    this.#picture = { report, state: drawn };
    if (report.stage !== 'moving' || this.session.moving) this.#values = report.statistics;
    // Changed now, they reach the screen together with the next picture: one repaint, not two.
    if (report.stage === 'moving') this.#updates.scales.runNow();
    // This picture may be the last one for many seconds.
    if (!this.session.moving) this.#updates.readings.request();
    this.regions.showReport(report);
    this.tiles.showReport(report);
    this.#host.onReport(this);
  }

  /** Everything that has a place in the plane. */
  #showScales(): void {
    if (this.#sizePx === null) return;
    const { state } = this;
    this.data.fetch(state.data);
    this.#showFrame();
    showAxes(this.#layout.axisX, this.#layout.axisY, state, this.#geometry);
    this.#overlay.show(state, this.#geometry);
    this.#showChosen();
    this.regions.showScales(state);
    this.panes.show(state, this.session.moving);
    if (this.session.moving) this.#updates.readings.runIfDue();
    this.#tellFollowers();
  }

  #tellFollowers(): void {
    for (const follower of this.#followers) follower();
  }

  #showChosen(): void {
    this.#chosenMark.show(this.points.chosen, this.state.view.halfWidth);
  }

  #showFrame(): void {
    this.#layout.plot.classList.toggle('square', this.state.frame === 'square');
    this.training.showAtRest();
    this.panes.makeRoom(this.state);
  }

  /** Text and numbers. */
  #showReadings(): void {
    const { state } = this;
    const picture = this.#picture;
    this.#showTitle();
    this.training.show();
    this.#controls.updateIfSeen(state);
    this.#probe.show(state);
    if (this.#sizePx !== null) this.regions.show(state);
    if (picture && this.#sizePx !== null) {
      // Numbers of the picture, which may be older than the state.
      this.#colorBar.show(picture.state, picture.report);
      this.#controls.showReport(picture.report);
      this.#overlay.showConstant(picture.state, picture.report.constant);
    }
    if (!this.session.moving) this.#describe();
    this.#host.onReadings(this);
  }

  #showTitle(): void {
    const [title, details] = this.title;
    setText(this.#layout.title, keepTogether(title));
    setText(this.#layout.subtitle, keepTogether(details));
  }

  #describe(): void {
    const { field, view, quantity } = this.state;
    const drawn = this.#picture?.state;
    const isShown = drawn?.field === field && drawn.view === view && drawn.quantity === quantity;
    const report = isShown ? this.report : null;
    const text = describePicture(this.state, report, this.#geometry);
    setAttribute(this.canvas, 'aria-label', text);
  }

  #resize(width: number, height: number, sizePx: readonly [number, number, number]): void {
    this.#geometry.width = width;
    this.#geometry.height = height;
    this.#sizePx = sizePx;
    this.#renderer?.resize(...sizePx);
    this.#updates.scales.runNow();
    this.#updates.readings.runNow();
  }

  /** The keyboard's probe is in the middle, and visible only to people who use the keyboard. */
  #followFocus(signal: AbortSignal): void {
    const { canvas } = this;
    const follow = () => this.#probe.useKeyboard(canvas.matches(':focus-visible'));
    canvas.addEventListener('focus', follow, { signal });
    canvas.addEventListener('blur', follow, { signal });
    canvas.addEventListener('keydown', follow, { signal });
  }
}
