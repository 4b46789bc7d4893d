import { isFigureLink } from '../../figures/figureUrl.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import { outputBiasOf } from '../../model/outputBias.ts';
import { seedOf } from '../../model/seeds.ts';
import { type Renderer, type RendererProblem, SharedDevice } from '../../screen/renderer.ts';
import { DEFAULT_STATE } from '../../state/defaults.ts';
import { applyPatch } from '../../state/patch.ts';
import { columnsFor, PANELS_MAX, type Sheet, sheetOf } from '../../state/sheet.ts';
import { decodeSheet, encodeSheet } from '../../state/sheetUrl.ts';
import type { State } from '../../state/state.ts';
import { setAttribute, setText } from '../dom/elements.ts';
import { keepTogether } from '../dom/keepTogether.ts';
import {
  listenToDrops,
  PICTURE_SOURCE,
  readPicture,
  readPictureState,
} from '../exporting/droppedPicture.ts';
import { Exporter } from '../exporting/exporter.ts';
import { figureGrid } from '../figures/figureGrid.ts';
import { Figures } from '../figures/figures.ts';
import type { PanelView } from '../panel/panelView.ts';
import { copyLink } from './copyLink.ts';
import { Help } from './help.ts';
import { listenToKeys } from './keys.ts';
import type { Layout } from './layout.ts';
import { createLayout } from './layout.ts';
import { Messages } from './messages.ts';
import { Panels, type Slot } from './panels.ts';
import { createSheetActions, type SheetActions } from './sheetActions.ts';
import type { PanelSlot, ShownPage } from './shownPage.ts';
import { StatusLine } from './status.ts';
import { Toolbar } from './toolbar.ts';
import { UrlSync } from './urlSync.ts';
import { type ReluscopeOptions, readWorkspaceOptions } from './workspaceOptions.ts';

/** In less room than this the controls are closed at first: they would cover the picture. */
const CONTROLS_ROOM_PX = { width: 760, height: 480 };
/** A page no wider than this has its controls as a sheet at the bottom (the style sheets agree). */
const NARROW_PX = 760;

/** The page: panels in a grid, and everything that acts on the active one. */
export class Workspace {
  readonly panels: Panels;
  readonly messages: Messages;
  readonly figures: Figures;
  readonly #layout: Layout;
  readonly #listeners = new AbortController();
  readonly #device: Promise<SharedDevice>;
  readonly #toolbar: Toolbar;
  readonly #status: StatusLine;
  readonly #help: Help;
  readonly #sheetActions: SheetActions;
  readonly #room = new ResizeObserver(() => this.#showRoom());
  #url: UrlSync | null = null;
  /** In the address instead of the panels' states. */
  #address: (() => string) | null = null;
  #inPairs = false;
  #controlsOpen = false;

  /** @throws InvalidInputError for an unknown or wrong option; nothing is mounted. */
  constructor(element: HTMLElement, given: ReluscopeOptions) {
    const options = readWorkspaceOptions(given);
    const start = sheetOf(applyPatch(DEFAULT_STATE, options.state));
    const text = options.url ? UrlSync.initial() : '';
    const linked = text === '' || isFigureLink(text) ? null : decodeSheet(text);
    const layout = createLayout(element);
    this.#layout = layout;
    const { signal } = this.#listeners;
    this.messages = new Messages(layout.toasts, () => this.#cover);
    const exporter = new Exporter({
      messages: this.messages,
      state: () => this.active.state,
      renderer: () => this.active.renderer,
      signal,
    });
    this.#help = new Help(layout.app);
    this.figures = new Figures(this, layout.app);
    this.#sheetActions = createSheetActions(this);
    this.#status = new StatusLine(layout.status);
    const link = options.url ? () => void copyLink(this.#link, this.messages) : null;
    this.#toolbar = new Toolbar(layout.toolbar, this.#actions(), link);
    this.#device = SharedDevice.request();
    // The panels report its absence.
    this.#device.catch(() => undefined);
    const sheet = linked?.sheet ?? start;
    this.panels = new Panels(
      layout.grid,
      {
        messages: this.messages,
        exporter,
        controls: layout.controls,
        openPicture: (file) => void this.#openPicture(file),
        onBox: (armed) => this.#toolbar.showBox(armed),
        onShown: (moving) => this.#writeAddress(moving),
        onReadings: () => this.#showReadings(),
        onProblem: (problem) => this.#showProblem(problem),
        onFailure: (error) => this.#showFailure(error),
        onArranged: () => this.#showArrangement(),
      },
      this.#device,
      sheet,
    );
    this.panels.open(sheet);
    this.#room.observe(layout.app);
    const keyTarget = options.windowKeys
      ? (element.ownerDocument.defaultView ?? window)
      : layout.app;
    listenToKeys(keyTarget, this.#actions(), signal);
    layout.controlsHandle.addEventListener('click', () => this.#toggleControls(), { signal });
    listenToDrops(layout.app, (file) => void this.#openPicture(file), signal);
    if (options.url) this.#url = new UrlSync((link) => this.#openLink(link), signal);
    if (linked?.problem) this.#reportBroken(linked.problem);
    this.openControls(
      element.clientWidth > CONTROLS_ROOM_PX.width &&
        element.clientHeight > CONTROLS_ROOM_PX.height,
    );
    this.#openFigure(text);
  }

  /** The panel that toolbar, controls, keys and scripts act on. */
  get active(): PanelView {
    return this.panels.active;
  }

  get sheet(): Sheet {
    return this.panels.sheet;
  }

  /** Aborted when the page is destroyed. */
  get signal(): AbortSignal {
    return this.#listeners.signal;
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
    this.figures.forget();
    this.show({ ...sheet, heading: null, slots: fieldSlots(sheet) });
    this.panels.activate(this.panels.views[sheet.active]!);
  }

  /** Adds a panel as the last one and makes it active. @throws InvalidInputError beyond 16 panels */
  add(state: State, after: PanelView | null = null): void {
    const { views, common } = this.panels;
    if (views.length >= PANELS_MAX) {
      throw new InvalidInputError('panels', views.length + 1, `at most ${PANELS_MAX} panels`);
    }
    this.#leaveFigure();
    const view = common.linkedViews && views.length > 0 ? this.active.state.view : state.view;
    this.panels.add({ ...state, view }, after);
  }

  /** @throws InvalidInputError if it is the only one */
  remove(view: PanelView): void {
    if (this.panels.views.length <= 1) {
      throw new InvalidInputError('panels', 0, 'at least 1 panel');
    }
    this.#leaveFigure();
    this.panels.remove(view);
  }

  /** Settles when the first full pictures are on screen. @throws GpuError (as a rejection) */
  ready(): Promise<void> {
    return this.panels.ready();
  }

  /** The renderer of the active panel. @throws GpuError (as a rejection) */
  renderer(): Promise<Renderer> {
    return this.panels.renderer();
  }

  async settled(): Promise<void> {
    await this.panels.settled();
    await this.figures.settled();
  }

  destroy(): void {
    this.#listeners.abort();
    this.#room.disconnect();
    this.#url?.destroy();
    this.figures.forget();
    this.panels.destroy();
    this.messages.destroy();
    this.#layout.host.remove();
    this.#device.then((device) => device.destroy()).catch(() => undefined);
  }

  get #cover(): HTMLElement {
    return this.panels.views[0]?.picture ?? this.#layout.grid;
  }

  /** The actions of toolbar and keys, which look up the active panel each time. */
  #actions() {
    const workspace = this;
    return {
      get navigation() {
        return workspace.active.navigation;
      },
      get regions() {
        return workspace.active.regions;
      },
      sheet: this.#sheetActions,
      reseed: () => this.active.reseed(),
      randomSeed: () => this.active.randomSeed(),
      toggleFigures: () => this.figures.toggleMenu(),
      toggleHelp: () => this.#help.toggle(),
      toggleControls: () => this.#toggleControls(),
      focusPicture: () => this.active.focus(),
    };
  }

  #showArrangement(): void {
    const { app, heading } = this.#layout;
    const several = this.#layout.grid.childElementCount > 1 || !heading.hidden;
    app.classList.toggle('several', several);
    app.classList.toggle('figurePage', !heading.hidden);
    app.classList.toggle('fieldless', this.panels.views.length === 0);
    this.#showRoom();
    this.#toolbar.showSheet({ panels: this.panels.views.length, ...this.panels.common });
    this.messages.coverAgain();
  }

  #showRoom(): void {
    const { app } = this.#layout;
    const isNarrow = app.clientWidth <= NARROW_PX;
    app.classList.toggle('compact', isNarrow || app.classList.contains('several'));
    if (app.classList.contains('figurePage')) this.#layFigure();
  }

  #layFigure(): void {
    const { grid } = this.#layout;
    const count = grid.childElementCount;
    const most = columnsFor(count, this.panels.common.columns);
    const { columns, downwards } = figureGrid(count, most, this.#inPairs, grid.clientWidth);
    grid.style.setProperty('--columns', String(columns));
    grid.classList.toggle('downwards', downwards);
  }

  /** Text and numbers of the active panel. */
  #showReadings(): void {
    const { active } = this;
    const { field } = active.state;
    const { number, count } = this.panels.position;
    const [title, details] = active.title;
    const figure = this.figures.number;
    const place = figure === null ? `Panel ${number} of ${count}` : `Figure ${figure}`;
    const isNamed = count > 1 || figure !== null;
    setText(this.#layout.title, keepTogether(isNamed ? place : title));
    // Several panels have their own titles.
    setText(this.#layout.subtitle, keepTogether(isNamed ? '' : details));
    this.#toolbar.showHistory(active.session.canBack, active.session.canForward);
    this.#toolbar.showSeeded(seedOf(field) !== null);
    this.#status.showOutputBias(field.kind === 'mlp' ? outputBiasOf(field) : null);
    if (active.renderer) this.#status.showAdapter(active.renderer.adapter);
    if (active.report) this.#status.showReport(active.report);
  }

  #showProblem(problem: RendererProblem | null): void {
    this.messages.ongoing(problem?.fatal ? null : (problem?.message ?? null));
    if (problem?.fatal) this.messages.fatal('The picture was lost', problem.message);
  }

  /** There will be no picture. */
  #showFailure(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.messages.fatal('WebGPU is not available', message);
  }

  #writeAddress(moving: boolean): void {
    this.#url?.write(() => this.#addressText, moving);
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

  /** Shows what is wrong with a link, and leaves it in the address, where a person can correct it. */
  #reportBroken(problem: string): void {
    this.messages.warn(problem);
    this.#url?.keep(this.#addressText);
  }

  #openLink(text: string): void {
    if (this.#openFigure(text)) return;
    const { sheet, problem } = decodeSheet(text);
    this.open(sheet);
    if (problem) this.#reportBroken(problem);
  }

  #openFigure(text: string): boolean {
    const { isFigure, problem } = this.figures.openLink(text);
    if (problem) this.#reportBroken(problem);
    return isFigure;
  }

  async #openPicture(file: File): Promise<void> {
    try {
      const text = await readPicture(file);
      const { isFigure, problem } = this.figures.openLink(text, PICTURE_SOURCE);
      if (problem) this.messages.warn(problem);
      if (isFigure) return;
      this.active.session.change(readPictureState(text), 'still');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.messages.warn(`${file.name}: ${reason}`);
    }
  }

  /** Turns the fields of a figure into an ordinary page, to which panels can be added. */
  #leaveFigure(): void {
    if (this.figures.shown) this.open(this.sheet);
  }

  #toggleControls(): void {
    this.openControls(!this.#controlsOpen);
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

function fieldSlots({ panels }: Sheet): PanelSlot[] {
  return panels.map((state) => ({ kind: 'field', title: null, state }));
}
