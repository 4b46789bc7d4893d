import { shownSheet } from '../../exporting/shownSheet.ts';
import { isFigureLink } from '../../figures/figureUrl.ts';
import type { ShownPanels } from '../../figures/shownFigure.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import { messageOf } from '../../input/messageOf.ts';
import { outputBiasOf } from '../../model/outputBias.ts';
import { isOfSamples } from '../../model/quantities.ts';
import type { CanvasRenderer, RendererProblem } from '../../screen/canvasRenderer.ts';
import { MACHINES, type Machine, type MachineLease } from '../../screen/machines.ts';
import { DEFAULT_STATE } from '../../state/defaults.ts';
import { awaitedModels } from '../../state/linkedModels.ts';
import { applyPatch } from '../../state/patch.ts';
import { type Common, columnsFor, PANELS_MAX, type Sheet, sheetOf } from '../../state/sheet.ts';
import { decodeSheet, encodeSheet } from '../../state/sheetUrl.ts';
import type { State } from '../../state/state.ts';
import { setAttribute, setLine } from '../dom/elements.ts';
import { listenToDrops } from '../dom/files.ts';
import { keepTogether } from '../dom/keepTogether.ts';
import { DrawnFiles } from '../exporting/drawnFiles.ts';
import { Exporter } from '../exporting/exporter.ts';
import { layFigure } from '../figures/figureGrid.ts';
import { Figures } from '../figures/figures.ts';
import type { PanelView } from '../panel/panelView.ts';
import { Arrivals } from './arrivals.ts';
import { Banner } from './banner.ts';
import { Changes } from './changes.ts';
import { copyLink } from './copyLink.ts';
import { Help } from './help.ts';
import { listenToKeys } from './keys.ts';
import { keepKeys } from './keysOfHost.ts';
import type { Layout } from './layout.ts';
import { createLayout } from './layout.ts';
import { Messages } from './messages.ts';
import { createPageActions, type PageActions } from './pageActions.ts';
import { PageRoom } from './pageRoom.ts';
import { Panels, type Slot } from './panels.ts';
import { listenToPointers } from './pointers.ts';
import { listenToPrinting } from './printing.ts';
import { roomOf } from './room.ts';
import type { PanelSlot, ShownPage } from './shownPage.ts';
import { equalSnapshots, type FieldPlace, type Snapshot } from './snapshot.ts';
import { StatusLine } from './status.ts';
import { Steps } from './steps.ts';
import { Toolbar } from './toolbar.ts';
import { UrlSync } from './urlSync.ts';
import { type ReluscopeOptions, readWorkspaceOptions } from './workspaceOptions.ts';

/** On a page that no link has opened, until what it shows changes. */
const HOW_TO_BEGIN = 'Drag to move, scroll or pinch to zoom.';

/** What the page can do without WebGPU. */
const CPU_PICTURES =
  'Until then the CPU draws the pictures at low resolution. ' +
  'Numbers, regions and links are exact; PNG and SVG files need WebGPU.';

/** The page: panels in a grid, and everything that acts on the active one. */
export class Workspace {
  readonly panels: Panels;
  readonly messages: Messages;
  readonly files = new DrawnFiles();
  readonly figures: Figures;
  readonly changes = new Changes(() => this.sheet);
  readonly #layout: Layout;
  readonly #listeners = new AbortController();
  readonly #lease: MachineLease;
  readonly #toolbar: Toolbar;
  readonly #status: StatusLine;
  readonly #exporter: Exporter;
  readonly #arrivals: Arrivals;
  readonly #banner: Banner;
  readonly #actions: PageActions;
  readonly #room: PageRoom;
  #url: UrlSync | null = null;
  /** null while the page starts: how it starts cannot be undone. */
  #steps: Steps<Snapshot> | null = null;
  /** In the address instead of the panels' states. */
  #address: (() => string) | null = null;
  /** Address and title of the browser's page say what is shown. */
  #ownsPage = false;
  #inPairs = false;
  #endHint: () => void = () => undefined;
  #controlsOpen = false;
  #withdrawOffer: () => void = () => undefined;

  /** @throws InvalidInputError for an unknown or wrong option; nothing is mounted. */
  constructor(element: HTMLElement, given: ReluscopeOptions) {
    const options = readWorkspaceOptions(given);
    const start = sheetOf(applyPatch(DEFAULT_STATE, options.state));
    const text = options.url ? UrlSync.initial() : '';
    const isSheet = text !== '' && !isFigureLink(text) && awaitedModels(text).length === 0;
    const linked = isSheet ? decodeSheet(text) : null;
    const layout = createLayout(element);
    layout.app.classList.toggle('bare', !options.tools);
    layout.app.classList.toggle('scrolled', options.wheel !== 'always');
    this.#layout = layout;
    const { signal } = this.#listeners;
    this.messages = new Messages(layout.toasts, () => this.#cover);
    this.#exporter = new Exporter({
      messages: this.messages,
      files: this.files,
      isPlaying: () => this.figures.runs?.isPlaying || this.panels.arePlaying,
      shown: () => this.shown,
      trained: () => this.panels.trained(),
      state: () => this.active.state,
      place: () => this.active.readPlace,
      renderer: () => this.active.renderer,
      sampler: () => this.renderer(),
      signal,
    });
    this.#arrivals = new Arrivals(this);
    this.#banner = new Banner(layout.banner);
    this.figures = new Figures(this, layout.app);
    this.#actions = createPageActions(this, this.#exporter, new Help(layout.app));
    this.#status = new StatusLine(layout.status);
    const link = options.url ? () => void copyLink(this.#link, this.messages) : null;
    this.#toolbar = new Toolbar(layout.toolbar, this.#actions, link);
    this.#lease = MACHINES.lease();
    const { machine } = this.#lease;
    machine.then((found) => this.#showMachine(found)).catch(() => undefined);
    const sheet = linked?.sheet ?? start;
    this.#room = new PageRoom(layout.app, this);
    this.panels = new Panels(
      layout.grid,
      {
        messages: this.messages,
        files: this.files,
        exporter: this.#exporter,
        controls: layout.controls,
        wheel: options.wheel,
        chooseFiles: (accept) => this.#arrivals.files.choose(accept),
        choosePoints: () => this.#arrivals.files.choosePoints(),
        showModel: (model) => this.#arrivals.showModel(model),
        showAllOutputs: () => this.#actions.sheet.showAllOutputs(),
        onBox: (armed) => this.#toolbar.showBox(armed),
        inWake: (change) => this.changes.inWake(change),
        onShown: (moving) => {
          this.#endHint();
          this.#noticeChange(moving);
        },
        onReadings: () => this.#showReadings(),
        onProblem: (problem) => this.#showProblem(problem),
        onFailure: (error) => this.#showFailure(error),
        onArranged: () => this.#showArrangement(),
      },
      machine,
      sheet,
    );
    this.panels.open(sheet);
    const keyTarget = options.windowKeys
      ? (element.ownerDocument.defaultView ?? window)
      : layout.app;
    listenToKeys(keyTarget, this.#actions, signal);
    if (!options.windowKeys) keepKeys(layout.host, signal);
    layout.figuresButton.addEventListener('click', () => this.figures.toggleMenu(), { signal });
    layout.controlsHandle.addEventListener('click', () => this.#actions.toggleControls(), {
      signal,
    });
    this.#arrivals.followModels(options.keepModels, signal);
    listenToDrops(layout.app, (files) => void this.#arrivals.files.open(files), signal);
    if (options.url) this.#url = new UrlSync((link) => this.#arrivals.openLink(link), signal);
    if (linked?.problem) this.#arrivals.reportBroken(linked.problem);
    this.openControls(roomOf(element.clientWidth, element.clientHeight).controls);
    this.#ownsPage = options.url;
    if (options.url && text === '') this.#endHint = this.messages.hint(HOW_TO_BEGIN);
    if (text !== '' && !isSheet) this.#arrivals.openLink(text);
    this.#steps = this.#startSteps();
    listenToPrinting(layout, () => this.panels.views, signal);
    listenToPointers(layout.app, (isDown) => this.#steps?.hold(isDown), signal);
  }

  /** The panel that toolbar, controls, keys and scripts act on. */
  get active(): PanelView {
    return this.panels.active;
  }

  get sheet(): Sheet {
    return this.panels.sheet;
  }

  /** Everything that is open: the figure, or all panels. */
  get shown(): ShownPanels {
    return this.figures.shown ?? shownSheet(this.sheet);
  }

  /** Saves it in a size that suits it. @param scale pixels per unit of text */
  savePicture(form: 'png' | 'svg', scale: number): void {
    void this.#exporter.savePicture(form, { scale }, 'all');
  }

  /**
   * Shows a page of panels: fields, each with its canvas, axes and colour bar, and elements of the
   * caller's, in the order of the slots. Called again, it keeps the existing panels and gives
   * them the new states.
   *
   * @throws InvalidInputError for a wrong state; nothing changes.
   */
  show(page: ShownPage): void {
    const slots: Slot[] = page.slots.map((slot) =>
      slot.kind === 'element' ? slot : { ...slot, state: applyPatch(DEFAULT_STATE, slot.state) },
    );
    this.#address = page.address ?? null;
    this.#inPairs = page.inPairs ?? false;
    const { heading, caption } = this.#layout;
    for (const [place, content] of [
      [heading, page.heading],
      [caption, page.caption ?? null],
    ] as const) {
      place.hidden = content === null;
      if (place.firstElementChild !== content) place.replaceChildren(...(content ? [content] : []));
    }
    this.panels.arrange(slots, page, page.motion ?? 'still');
  }

  /** Shows a sheet of fields only. */
  open(sheet: Sheet): void {
    const fields = sheet.panels.map((state) => ({ state }));
    this.#openFields(fields, sheet);
    this.panels.activate(this.panels.views[sheet.active]!);
  }

  get canUndo(): boolean {
    return this.#steps?.canUndo ?? false;
  }

  get canRedo(): boolean {
    return this.#steps?.canRedo ?? false;
  }

  /** Shows again what was shown before the last step; without one nothing happens. */
  undo(): void {
    this.#steps?.undo();
  }

  /** Takes back an undo; without one nothing happens. */
  redo(): void {
    this.#steps?.redo();
  }

  /** Shows a message with a button that undoes what was just done; the next step takes it away. */
  offerUndo(text: string): void {
    this.#steps?.flush();
    this.#withdrawOffer = this.messages.offer(text, 'Undo', () => this.undo());
  }

  /** Adds a panel as the last one and makes it active. @throws InvalidInputError beyond 16 panels */
  add(state: State, after: PanelView | null = null): void {
    const { views, common } = this.panels;
    if (views.length >= PANELS_MAX) {
      throw new InvalidInputError('panels', views.length + 1, `at most ${PANELS_MAX} panels`);
    }
    this.leaveFigure();
    const view = common.linkedViews && views.length > 0 ? this.active.state.view : state.view;
    this.panels.add({ ...state, view }, after);
  }

  /** Shows several states in place of a panel: the first in it, which is active, and the others in new panels after it. */
  spread(view: PanelView, states: readonly State[]): void {
    this.leaveFigure();
    const places: FieldPlace[] = this.panels.views.flatMap((other) =>
      other === view
        ? states.map((state, i) => (i === 0 ? { state, id: view.id } : { state }))
        : [{ state: other.state, id: other.id }],
    );
    this.#openFields(places, this.panels.common);
    this.panels.activate(view);
  }

  /** @throws InvalidInputError if it is the only one */
  remove(view: PanelView): void {
    if (this.panels.views.length <= 1) {
      throw new InvalidInputError('panels', 0, 'at least 1 panel');
    }
    this.leaveFigure();
    this.panels.remove(view);
  }

  /** Settles when the first full pictures are on screen. @throws GpuError (as a rejection) */
  ready(): Promise<void> {
    return this.panels.ready();
  }

  /** The renderer of the active panel. @throws GpuError (as a rejection) */
  renderer(): Promise<CanvasRenderer> {
    return this.panels.renderer();
  }

  async settled(): Promise<void> {
    await this.panels.settled();
    await this.figures.settled();
  }

  destroy(): void {
    this.#listeners.abort();
    this.#room.destroy();
    this.#url?.destroy();
    this.#steps?.destroy();
    this.changes.destroy();
    this.figures.forget();
    this.panels.destroy();
    this.messages.destroy();
    this.#layout.host.remove();
    this.#lease.release();
  }

  get #cover(): HTMLElement {
    return this.panels.views[0]?.picture ?? this.#layout.grid;
  }

  #showArrangement(): void {
    const { app, heading } = this.#layout;
    const several = this.#layout.grid.childElementCount > 1 || !heading.hidden;
    app.classList.toggle('several', several);
    app.classList.toggle('figurePage', !heading.hidden);
    app.classList.toggle('fieldless', this.panels.views.length === 0);
    this.#room.show();
    this.#toolbar.showSheet({ panels: this.panels.views.length, ...this.panels.common });
    this.messages.coverAgain();
  }

  /** The panels of a figure, for the room that they have; those of other pages the style sheets lay out. */
  layFigure(): void {
    const { app, grid } = this.#layout;
    if (!app.classList.contains('figurePage')) return;
    const most = columnsFor(grid.childElementCount, this.panels.common.columns);
    layFigure(grid, most, this.#inPairs);
  }

  /** Text and numbers of the active panel. */
  #showReadings(): void {
    const { active } = this;
    const { field, quantity, view, gridSamples } = active.state;
    const { number, count } = this.panels.position;
    const [title, details] = active.title;
    const figure = this.figures.number;
    const place = figure === null ? `Panel ${number} of ${count}` : `Figure ${figure}`;
    // Several panels have their own titles.
    const areNamed = count > 1 || figure !== null;
    setLine(this.#layout.title, keepTogether(areNamed ? place : title));
    setLine(this.#layout.subtitle, keepTogether(areNamed ? '' : details));
    if (this.#ownsPage) document.title = `${this.figures.title ?? title} – Reluscope`;
    this.#toolbar.showUse(this.#actions.use);
    const step = isOfSamples(quantity) ? (2 * view.halfWidth) / (gridSamples - 1) : null;
    this.#status.showStep(step);
    this.#status.showOutputBias(outputBiasOf(field));
    if (active.report) this.#status.showReport(active.report, active.session.moving);
  }

  #showProblem(problem: RendererProblem | null): void {
    this.messages.ongoing(problem?.fatal ? null : (problem?.message ?? null));
    if (problem?.fatal) this.messages.fatal('The picture was lost', problem.message);
  }

  /** There will be no picture. */
  #showFailure(error: unknown): void {
    this.messages.fatal('The picture cannot be drawn', messageOf(error));
  }

  /** Without a GPU pictures are coarse, and the page says why and what to do. */
  #showMachine(machine: Machine): void {
    if (machine.device === null && !this.#listeners.signal.aborted) {
      this.#banner.show('WebGPU is not available', machine.reason.message, CPU_PICTURES);
    }
  }

  #noticeChange(moving: boolean): void {
    this.#url?.write(() => this.#addressText, moving);
    this.#steps?.notice(moving);
    this.changes.notice(moving);
  }

  #startSteps(): Steps<Snapshot> {
    return new Steps({
      shown: () => this.#snapshot(),
      equal: equalSnapshots,
      restore: (snapshot) => this.#restore(snapshot),
      onChange: () => {
        this.#withdrawOffer();
        this.#toolbar.showSteps(this.canUndo, this.canRedo);
      },
    });
  }

  #snapshot(): Snapshot {
    const { views, common } = this.panels;
    return {
      ...common,
      panels: views.map(({ id, state }) => ({ id, state })),
      active: views.indexOf(this.active),
      figure: this.figures.snapshot,
    };
  }

  #restore({ panels, active, figure, ...common }: Snapshot): void {
    const { sheet } = this.#layout;
    const hadFocus = sheet.matches(':focus-within');
    if (figure) this.figures.restore(figure, panels, common);
    else this.#openFields(panels, common);
    const view = this.panels.views[active];
    if (view) this.panels.activate(view);
    // The element in focus may be gone.
    if (hadFocus && !sheet.matches(':focus-within')) this.active.focus();
  }

  #openFields(fields: readonly FieldPlace[], common: Common): void {
    this.figures.forget();
    const slots = fields.map(
      ({ state, id }): PanelSlot => ({ kind: 'field', title: null, state, id }),
    );
    this.show({ ...common, heading: null, slots });
  }

  /** The link that encodes everything shown. */
  get #addressText(): string {
    return this.#address?.() ?? encodeSheet(this.sheet);
  }

  /** The address of this page, whose fragment holds everything shown. */
  get #link(): string {
    const { origin, pathname, search } = window.location;
    return `${origin}${pathname}${search}#${this.#addressText}`;
  }

  /** Leaves a link in the address as it is, where a person can correct it. */
  keepAddress(): void {
    this.#url?.keep(this.#addressText);
  }

  /** Turns the fields of a figure into an ordinary page, to which panels can be added. */
  leaveFigure(): void {
    if (this.figures.shown) this.open(this.sheet);
  }

  get controlsOpen(): boolean {
    return this.#controlsOpen;
  }

  openControls(open: boolean): void {
    this.#controlsOpen = open;
    this.#layout.app.classList.toggle('withControls', open);
    this.#layout.controls.inert = !open;
    setAttribute(this.#layout.controlsHandle, 'aria-expanded', String(open));
    this.#toolbar.showControls(open);
  }
}
