import { animationFrame } from '../../screen/animationFrame.ts';
import type { CanvasRenderer, RendererProblem } from '../../screen/canvasRenderer.ts';
import type { Machine } from '../../screen/machines.ts';
import { destroyedError } from '../../screen/renderer.ts';
import { equalStates } from '../../state/equalStates.ts';
import {
  sharesRange,
  uniteRanges,
  type ValueRange,
  withSharedRange,
} from '../../state/sharedRange.ts';
import { type Common, columnsFor, type Sheet } from '../../state/sheet.ts';
import type { State } from '../../state/state.ts';
import { setAttribute } from '../dom/elements.ts';
import { scrollInto } from '../dom/scrollInto.ts';
import { ForeignSlot } from '../panel/panelLayout.ts';
import { type PanelHost, PanelView } from '../panel/panelView.ts';
import type { Motion } from '../panel/session.ts';
import type { RunLead } from '../training/panelTraining.ts';

/** What the panels use of the page, and report to it. */
export interface PanelsPage
  extends Pick<
    PanelHost,
    | 'messages'
    | 'files'
    | 'exporter'
    | 'controls'
    | 'wheel'
    | 'chooseFiles'
    | 'choosePoints'
    | 'showModel'
    | 'showAllOutputs'
    | 'inWake'
    | 'onBox'
  > {
  /** Something in the sheet has changed. */
  onShown(moving: boolean): void;
  /** Text and numbers of the active panel have changed, or another panel is active. */
  onReadings(): void;
  onProblem(problem: RendererProblem | null): void;
  onFailure(error: unknown): void;
  /** Panels were added or removed. */
  onArranged(): void;
}

/** One place of the grid: a field, or a foreign element. */
export type Slot =
  | {
      readonly kind: 'field';
      readonly title: string | null;
      readonly state: State;
      /** Of the panel that takes the state if it exists; by default the next one that has no other. */
      readonly id?: symbol | undefined;
      /** What leads its training run; by default the panel itself. */
      readonly lead?: RunLead | null;
    }
  | { readonly kind: 'element'; readonly title: string | null; readonly element: HTMLElement };

/** The panels of the page on one machine: their places, what they share, and which one is active. */
export class Panels {
  readonly #grid: HTMLElement;
  readonly #page: PanelsPage;
  readonly #machine: Promise<Machine>;
  /** In the order of the grid. */
  #places: (PanelView | ForeignSlot)[] = [];
  #active: PanelView;
  #common: Common;
  readonly #renderers = new Map<PanelView, Promise<CanvasRenderer>>();
  readonly #problems = new Map<PanelView, RendererProblem>();
  /** Of all panels that take part; null while there is none. */
  #range: ValueRange | null = null;
  /** While other panels' views follow, or all get new ones, their changes are not followed. */
  #following = false;
  #laidOut: Promise<void> = Promise.resolve();
  /** Whether the active panel has controls. */
  #areFurnished = false;
  readonly #furnished: Promise<void>;
  #destroyed = false;

  /** Starts with the first panel of a sheet, which `open` then shows. */
  constructor(grid: HTMLElement, page: PanelsPage, machine: Promise<Machine>, sheet: Sheet) {
    this.#grid = grid;
    this.#page = page;
    this.#machine = machine;
    this.#common = sheet;
    this.#active = this.#create(sheet.panels[0]!);
    this.#furnished = this.#furnish();
  }

  /** The panels that show fields, in order; none if all places hold foreign elements. */
  get views(): readonly PanelView[] {
    return this.#places.filter((place) => place instanceof PanelView);
  }

  /** The panel that toolbar, controls and keys act on; hidden if no place shows a field. */
  get active(): PanelView {
    return this.#active;
  }

  /** The number of the active panel among all places, from 1, and the number of places. */
  get position(): { readonly number: number; readonly count: number } {
    return { number: this.#places.indexOf(this.#active) + 1, count: this.#places.length };
  }

  get common(): Common {
    return this.#common;
  }

  /** How many columns there is room for, at most as many as are wanted. */
  get columnsShown(): number {
    return getComputedStyle(this.#grid).gridTemplateColumns.split(' ').length;
  }

  /** The panels that show fields, as plain JSON. */
  get sheet(): Sheet {
    const { columns, linkedViews, sharedRange } = this.#common;
    const views = this.views.length > 0 ? this.views : [this.#active];
    const panels = views.map(({ state }) => state);
    return { panels, columns, linkedViews, sharedRange, active: views.indexOf(this.#active) };
  }

  open(sheet: Sheet): void {
    const slots = sheet.panels.map((state) => ({ kind: 'field', title: null, state }) as const);
    this.arrange(slots, sheet, 'still');
    this.activate(this.views[sheet.active]!);
  }

  /**
   * Fills the grid again. Existing panels take the new states, so that a slider over several
   * pictures moves them instead of starting over; those that show the same already draw nothing.
   */
  arrange(slots: readonly Slot[], common: Common, motion: Motion): void {
    const { columns, linkedViews, sharedRange } = common;
    this.#common = { columns, linkedViews, sharedRange };
    const views = [...this.#renderers.keys()];
    const idOf = (slot: Slot) => (slot.kind === 'field' ? slot.id : undefined);
    const chosen = new Map(slots.map((slot) => [slot, views.find(({ id }) => id === idOf(slot))]));
    const free = views.filter((view) => ![...chosen.values()].includes(view));
    this.#following = true;
    const foreign = this.#places.filter((place) => place instanceof ForeignSlot);
    this.#places = slots.map((slot) => {
      if (slot.kind === 'element') {
        // An element that stays in place keeps its focus.
        const kept = foreign.find(({ content }) => content === slot.element);
        const place = kept ?? new ForeignSlot(slot.element);
        place.giveTitle(slot.title);
        return place;
      }
      const view = chosen.get(slot) ?? free.shift() ?? this.#create(slot.state);
      if (!equalStates(view.state, slot.state)) view.session.change(slot.state, motion);
      view.giveTitle(slot.title);
      view.training.lead = slot.lead ?? null;
      return view;
    });
    this.#following = false;
    const [first = this.#active] = this.views;
    // If no field is shown, the active panel stays hidden until the next sheet.
    for (const left of free) if (left !== first) this.#destroy(left);
    if (!this.#renderers.has(this.#active)) this.#active = first;
    this.#lay();
    this.#activate(this.#active);
    this.#page.onShown(motion === 'moving');
  }

  /** Adds a panel after the given one, or as the last, and makes it active. */
  add(state: State, after: PanelView | null = null): PanelView {
    // Whoever has pressed a key on a picture goes on with keys on the new one.
    const hadFocus = this.#grid.querySelector('canvas.canvas:focus') !== null;
    const view = this.#create(state);
    const index = after ? this.#places.indexOf(after) + 1 : this.#places.length;
    this.#places.splice(index, 0, view);
    this.#lay();
    this.activate(view);
    const sheet = this.#grid.parentElement;
    if (sheet) scrollInto(sheet, view.element);
    if (hadFocus) view.focus();
    return view;
  }

  /** Removes a panel; if it was active, the next or the last one becomes active. */
  remove(view: PanelView): void {
    const index = this.views.indexOf(view);
    this.#places.splice(this.#places.indexOf(view), 1);
    const next = this.views[Math.min(index, this.views.length - 1)];
    if (view === this.#active && next) {
      const hadFocus = view.element.matches(':focus-within');
      this.activate(next);
      if (hadFocus) next.focus();
    }
    this.#destroy(view);
    this.#lay();
  }

  activate(view: PanelView): void {
    this.#activate(view);
    this.#page.onShown(false);
  }

  /** Changes the common settings; linked views become that of the active panel. */
  setCommon(change: Partial<Common>): void {
    this.#common = { ...this.#common, ...change };
    if (change.linkedViews) this.#lead(this.#active, false);
    this.#lay();
    this.#page.onShown(false);
  }

  /** Resolves when every panel shows the finest picture of its state. */
  async settled(): Promise<void> {
    for (;;) {
      await this.#laidOut;
      if (this.#destroyed) throw destroyedError();
      await this.trained();
      for (const { session } of this.views) session.flush();
      await Promise.all(this.views.map(({ data }) => data.fetching));
      const awaited = this.#pictures();
      await this.#waitForAll((renderer) => renderer.settled());
      // A shared range, or room for one more panel, makes some of them draw again.
      const pictures = this.#pictures();
      if (pictures.length === awaited.length && pictures.every((part, i) => part === awaited[i])) {
        for (const view of this.views) view.flushReadings();
        return;
      }
    }
  }

  /** Whether a panel's training goes on by itself. */
  get arePlaying(): boolean {
    return this.views.some(({ training }) => training.run.isPlaying);
  }

  /** Settles when each panel that learns has the network of its step; those that play have it always. */
  async trained(): Promise<void> {
    const runs = this.views.map(({ training }) => training.run);
    await Promise.all(runs.map((run) => (run.isPlaying ? null : run.caughtUp())));
  }

  /** What there is to draw: equal members mean the same pictures. */
  #pictures(): readonly unknown[] {
    const seen = this.views.filter(({ hasRoom }) => hasRoom);
    return seen.flatMap((view) => [view, view.renderer?.changes]);
  }

  /** Settles when all current panels have a picture; without panels, when it is known what would draw. */
  async ready(): Promise<void> {
    await this.#machine;
    if (this.#destroyed) throw destroyedError();
    await this.#waitForAll(({ firstPicture }) => firstPicture);
    await this.#furnished;
  }

  /** Makes controls once the page has its first frame: they are half of its elements, and no picture needs them. */
  async #furnish(): Promise<void> {
    await animationFrame();
    // After that frame.
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#destroyed) return;
    this.#areFurnished = true;
    this.#active.furnish();
  }

  /**
   * Waits for all panels that have room for a picture; panels that are removed meanwhile do not
   * matter.
   */
  async #waitForAll(wait: (renderer: CanvasRenderer) => Promise<void>): Promise<void> {
    const seen = this.views.filter(({ hasRoom }) => hasRoom);
    const waits = seen.map(async (view) => {
      try {
        await wait(await this.#renderers.get(view)!);
      } catch (error) {
        if (this.#renderers.has(view) || this.#destroyed) throw error;
      }
    });
    await Promise.all(waits);
  }

  /** The renderer of the active panel. @throws GpuError (as a rejection) */
  renderer(): Promise<CanvasRenderer> {
    return this.#renderers.get(this.#active)!;
  }

  destroy(): void {
    this.#destroyed = true;
    for (const view of [...this.#renderers.keys()]) this.#destroy(view);
  }

  #create(state: State): PanelView {
    const page = this.#page;
    const view = new PanelView(state, {
      ...page,
      onState: (changed, next, moving) => {
        this.#follow(changed, next, moving);
        page.onShown(moving);
      },
      stateToDraw: (next) => withSharedRange(next, this.#range),
      onReadings: (changed) => {
        if (changed === this.#active) page.onReadings();
      },
      onReport: () => this.#shareRange(),
      onProblem: (concerned, problem) => this.#takeProblem(concerned, problem),
      onBox: (armed) => page.onBox(armed),
      onTurnedTo: (turnedTo) => {
        if (turnedTo !== this.#active) this.activate(turnedTo);
      },
    });
    const renderer = view.start(this.#machine);
    this.#renderers.set(view, renderer);
    renderer.catch((error) => {
      if (this.#renderers.has(view)) page.onFailure(error);
    });
    return view;
  }

  #activate(view: PanelView): void {
    const before = this.#active;
    this.#active = view;
    if (before !== view) before.setActive(false);
    view.setActive(true);
    if (this.#areFurnished) view.furnish();
    if (before !== view && this.#renderers.has(before)) view.takeOverFolders(before);
  }

  #destroy(view: PanelView): void {
    this.#renderers.delete(view);
    this.#takeProblem(view, null);
    view.destroy();
  }

  /** Puts the places into the grid, in as many columns as fit. */
  #lay(): void {
    const grid = this.#grid;
    const places = this.#places.map(({ element }) => element);
    for (const old of [...grid.children]) if (!places.includes(old as HTMLElement)) old.remove();
    // Elements that stay in place keep their focus.
    places.forEach((place, i) => {
      if (grid.children[i] !== place) grid.insertBefore(place, grid.children[i] ?? null);
      setAttribute(place, 'aria-label', `Panel ${i + 1}`);
    });
    this.#places.forEach((place, i) => {
      if (place instanceof PanelView) place.training.number = places.length > 1 ? i + 1 : null;
    });
    const columns = columnsFor(places.length, this.#common.columns);
    grid.style.setProperty('--columns', String(columns));
    this.#laidOut = animationFrame().then(animationFrame);
    this.#shareRange();
    this.#page.onArranged();
  }

  #follow(changed: PanelView, state: State, moving: boolean): void {
    if (this.#following || !this.#common.linkedViews) return;
    if (this.views.some((view) => view !== changed && view.state.view !== state.view)) {
      this.#lead(changed, moving);
    }
  }

  /** Gives the view of one panel to all others. */
  #lead(leader: PanelView, moving: boolean): void {
    const { view } = leader.state;
    this.#following = true;
    for (const { session } of this.views) {
      if (session.state.view !== view) session.changeView(view, moving ? 'moving' : 'still');
    }
    this.#following = false;
  }

  /** Gives all panels that take part one range, and redraws those that have another one. */
  #shareRange(): void {
    const { views } = this;
    const range = this.#common.sharedRange ? uniteRanges(views) : null;
    if (range?.min === this.#range?.min && range?.max === this.#range?.max) return;
    this.#range = range;
    for (const view of views) {
      // A moving panel takes the new range with its next picture.
      if (sharesRange(view.state) && !view.session.moving) view.redraw();
    }
  }

  #takeProblem(view: PanelView, problem: RendererProblem | null): void {
    if (problem) this.#problems.set(view, problem);
    else this.#problems.delete(view);
    const [first = null] = this.#problems.values();
    this.#page.onProblem(first);
  }
}
