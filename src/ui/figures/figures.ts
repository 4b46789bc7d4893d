import type { Sampler } from '../../exporting/differenceGrid.ts';
import type { DrawnPanel, Figure, FigurePanel, FigureSettings } from '../../figures/figure.ts';
import { FIGURES, findFigure } from '../../figures/figures.ts';
import {
  decodeFigure,
  encodeFigure,
  type FigureLink,
  isFigureLink,
} from '../../figures/figureUrl.ts';
import { atStep, stepControl } from '../../figures/playedSteps.ts';
import { numberOf, readSettings, seedControl, wrapSeed } from '../../figures/settings.ts';
import type { ShownFigure } from '../../figures/shownFigure.ts';
import { paperCaption, screenCaption, wordsOf } from '../../figures/words.ts';
import { drawnPanel, isLearntPanel } from '../../learnt/learntPanels.ts';
import { DEFAULT_STATE } from '../../state/defaults.ts';
import { applyPatch } from '../../state/patch.ts';
import { sameSubject } from '../../state/sameSubject.ts';
import type { Common, Sheet } from '../../state/sheet.ts';
import type { State } from '../../state/state.ts';
import { encodeState } from '../../state/url.ts';
import { equalViews } from '../../view/view.ts';
import { make, setText } from '../dom/elements.ts';
import type { DrawnFiles } from '../exporting/drawnFiles.ts';
import type { Messages } from '../page/messages.ts';
import type { PanelSlot, ShownPage } from '../page/shownPage.ts';
import type { FieldPlace, FigureSnapshot, PanelSnapshot } from '../page/snapshot.ts';
import type { PanelView } from '../panel/panelView.ts';
import type { Motion } from '../panel/session.ts';
import type { Player } from '../training/runButtons.ts';
import { RunGroup } from '../training/runGroup.ts';
import { FigureHeading } from './figureHeading.ts';
import { FigureMenu } from './figureMenu.ts';
import { ForeignViews } from './foreignViews.ts';

/** The open figure. */
interface OpenFigure {
  readonly figure: Figure;
  settings: FigureSettings;
  panels: readonly FigurePanel[];
  readonly heading: FigureHeading;
  readonly caption: HTMLElement;
  /** Of its panels without a field. */
  readonly views: ForeignViews;
  /** The runs of all panels; null if nothing is trained. */
  readonly runs: RunGroup | null;
  /** What the page showed before, and whether the controls were open. */
  readonly before: Sheet;
  readonly hadControls: boolean;
}

/** What figures use of the page, and report to it. */
export interface FiguresHost {
  readonly sheet: Sheet;
  readonly panels: { readonly common: Common; readonly views: readonly PanelView[] };
  readonly controlsOpen: boolean;
  openControls(open: boolean): void;
  readonly messages: Pick<Messages, 'note'>;
  readonly files: DrawnFiles;
  show(page: ShownPage): void;
  open(sheet: Sheet): void;
  /** Samples fields. @throws GpuError (as a rejection) */
  renderer(): Promise<Sampler>;
  /** Saves what is open. @param scale pixels per unit of text */
  savePicture(form: 'png' | 'svg', scale: number): void;
}

/** The figures on the page: the menu and the open figure. */
export class Figures {
  readonly #host: FiguresHost;
  readonly #menu: FigureMenu;
  #open: OpenFigure | null = null;

  constructor(host: FiguresHost, menuParent: HTMLElement) {
    this.#host = host;
    this.#menu = new FigureMenu(menuParent, (figure) => {
      this.open(figure.id);
      this.#open?.heading.focus();
    });
  }

  toggleMenu(): void {
    this.#menu.toggle(this.#open?.figure ?? null);
  }

  /** Shows a figure. @throws InvalidInputError for an unknown id or a wrong setting; nothing changes. */
  open(id: unknown, settings: unknown = {}): void {
    const figure = findFigure(id);
    this.#show({ figure, settings: readSettings(figure, settings), changed: new Map() });
  }

  /**
   * Shows the figure of a link or a picture.
   *
   * @returns whether it is meant to be a figure's, and a sentence about what is wrong with it
   */
  openLink(text: string, source?: string): { isFigure: boolean; problem: string | null } {
    if (!isFigureLink(text)) return { isFigure: false, problem: null };
    const { link, problem } = decodeFigure(text, source);
    if (link) this.#show(link);
    return { isFigure: true, problem };
  }

  /** Whether a figure is open whose panels are drawn from one seed. */
  get isSeeded(): boolean {
    return this.#open !== null && seedControl(this.#open.figure) !== null;
  }

  /** Draws the panels from another seed, found from the present one. */
  reseed(next: (seed: number) => number): void {
    const open = this.#open;
    const control = open && seedControl(open.figure);
    if (!control) return;
    const seed = wrapSeed(control, next(numberOf(open.settings, control.name)));
    this.#change(control.name, seed, 'still');
  }

  /** The runs of all its panels, which go on together; null if there are none. */
  get runs(): Player | null {
    return this.#open?.runs ?? null;
  }

  /** Returns to what the page showed before the figure. */
  close(): void {
    if (this.#open) this.#host.open(this.#open.before);
  }

  /** The page shows something else now. */
  forget(): void {
    if (!this.#open) return;
    this.#open.runs?.pause();
    this.#open.views.destroy();
    this.#host.openControls(this.#open.hadControls);
    this.#open = null;
  }

  /** What undo restores of the open figure; null while there is none. */
  get snapshot(): FigureSnapshot | null {
    const open = this.#open;
    return open && { figure: open.figure, settings: open.settings, before: open.before };
  }

  /** Shows a figure as it was, with these field panels; controls of the open one keep their focus. */
  restore(snapshot: FigureSnapshot, fields: readonly PanelSnapshot[], common: Common): void {
    const { figure, settings, before } = snapshot;
    if (this.#open?.figure !== figure) this.#open = this.#create(figure, settings, before);
    const open = this.#open;
    open.runs?.pause();
    open.settings = settings;
    open.panels = figure.panels(settings);
    const positions = fieldPositions(open.panels);
    const shown = new Map(positions.map((position, k) => [position, fields[k]!]));
    this.#arrange(open, shown, common, 'still');
  }

  /** The title of the open figure; null while there is none. */
  get title(): string | null {
    return this.#open && wordsOf(this.#open.figure, this.#open.settings).title;
  }

  /** The open figure's id; null while none is open. */
  get id(): string | null {
    return this.#open?.figure.id ?? null;
  }

  /** The open figure's number in the menu, from 1; null while none is open. */
  get number(): number | null {
    return this.#open && FIGURES.indexOf(this.#open.figure) + 1;
  }

  /** The open figure; null while there is none. */
  get shown(): ShownFigure | null {
    const open = this.#open;
    if (!open) return null;
    const { columns, sharedRange } = this.#host.panels.common;
    const { figure, settings } = open;
    const { title, formula } = wordsOf(figure, settings);
    const caption = paperCaption(figure, settings);
    return {
      figure,
      name: figure.id,
      around: { title, question: figure.question, formula, caption },
      columns: columns ?? figure.columns(settings),
      inPairs: figure.inPairs ?? false,
      sharedRange,
      panels: open.panels.map((panel) => this.#drawn(open, panel)),
      titles: this.#titles(open),
      states: this.#states(open),
      link: this.#link(open),
    };
  }

  /** Resolves when what the GPU samples for the figure is on screen. */
  async settled(): Promise<void> {
    await this.#open?.views.settled();
  }

  #show({ figure, settings, changed }: FigureLink): void {
    const before = this.#open?.before ?? this.#host.sheet;
    this.#open = this.#create(figure, settings, before);
    const { linkedViews, sharedRange } = figure;
    const columns = figure.columns(settings);
    const common = { linkedViews, sharedRange, columns };
    const shown = new Map([...changed].map(([i, state]) => [i, { state }]));
    this.#arrange(this.#open, shown, common, 'still');
  }

  /** A figure to show next, instead of the open one. */
  #create(figure: Figure, settings: FigureSettings, before: Sheet): OpenFigure {
    this.forget();
    const hadControls = this.#host.controlsOpen;
    // The panels need the room; figures have their own controls.
    this.#host.openControls(false);
    const runs = this.#groupRuns(figure);
    const heading = new FigureHeading(figure, settings, {
      player: runs,
      change: (name, value, motion) => this.#change(name, value, motion),
      save: (form, scale) => this.#host.savePicture(form, scale),
      close: () => this.close(),
    });
    const caption = make('p', { class: 'figureCaption' });
    const panels = figure.panels(settings);
    const views = new ForeignViews(() => this.#host.renderer());
    return { figure, settings, panels, heading, caption, views, runs, before, hadControls };
  }

  #groupRuns(figure: Figure): RunGroup | null {
    const control = stepControl(figure);
    if (control === null) return null;
    const { name, max: last } = control;
    const figures = this;
    return new RunGroup({
      last,
      get members() {
        const { views } = figures.#host.panels;
        return views.map(({ session, training: { run } }) => ({ session, run }));
      },
      get step() {
        return numberOf(figures.#open!.settings, name);
      },
      goTo: (step, motion) => this.#change(name, step, motion),
      nextFrame: () => Promise.all(this.#host.panels.views.map((view) => view.nextFrame())),
      isDrawingFile: () => this.#host.files.any,
      onChange: () => this.#open?.heading.show(this.#open.settings),
    });
  }

  /** Changes a control; what a person did to a panel stays unless the control concerns it. */
  #change(name: string, value: number | boolean, motion: Motion): void {
    const open = this.#open;
    if (!open) return;
    const { figure, panels: before } = open;
    const shown = this.#states(open);
    const { common } = this.#host.panels;
    const isUsual = common.columns === figure.columns(open.settings);
    open.settings = { ...open.settings, [name]: value };
    open.panels = figure.panels(open.settings);
    const kept = new Map<number, FieldPlace>();
    const isSameShape = before.length === open.panels.length;
    for (const [i, state] of isSameShape ? shown : []) {
      const [old, next] = [stateOf(before[i]), stateOf(open.panels[i])];
      if (!old || !next) continue;
      const moved = atStep(state, old, next);
      if (encodeState(old) === encodeState(next)) kept.set(i, { state });
      else if (moved) kept.set(i, { state: moved });
      else if (equalViews(old.view, next.view))
        kept.set(i, { state: { ...next, view: state.view } });
    }
    const columns = isUsual ? figure.columns(open.settings) : common.columns;
    this.#arrange(open, kept, { ...common, columns }, motion);
  }

  #arrange(
    open: OpenFigure,
    fields: ReadonlyMap<number, FieldPlace>,
    common: Common,
    motion: Motion,
  ): void {
    const { figure, settings, heading, caption, panels, views } = open;
    heading.show(settings);
    setText(caption, screenCaption(wordsOf(figure, settings)));
    const slots = panels.map((panel, i): PanelSlot => {
      if (panel.kind !== 'field') return { kind: 'element', ...views.place(panel, i) };
      const field = fields.get(i);
      // The title describes the figure's own field.
      const isOwn = !field || sameSubject(field.state, stateOf(panel)!);
      const title = isOwn ? panel.title : null;
      return { kind: 'field', title, state: panel.state, lead: open.runs, ...field };
    });
    this.#host.show({
      ...common,
      inPairs: figure.inPairs ?? false,
      heading: heading.element,
      caption,
      slots,
      motion,
      address: () => this.#link(open),
    });
    const explain = (text: string) => this.#host.messages.note(text);
    views.follow(panels, (position) => this.#viewAt(open, position), explain);
  }

  /** The panel that shows the field at a position among all. */
  #viewAt({ panels }: OpenFigure, position: number): PanelView {
    return this.#host.panels.views[fieldPositions(panels).indexOf(position)]!;
  }

  /** The panel as it is now, whatever it follows. */
  #drawn(open: OpenFigure, panel: FigurePanel): DrawnPanel {
    if (!isLearntPanel(panel)) return panel;
    const { state, training } = this.#viewAt(open, panel.of);
    return drawnPanel(panel, state, training.readings(state));
  }

  #titles({ panels }: OpenFigure): string[] {
    const ofFields = this.#host.panels.views.map(({ title }) => title.filter(Boolean));
    return panels.map(({ kind, title }) =>
      kind === 'field' ? ofFields.shift()!.join(' · ') : title,
    );
  }

  /** What the field panels show, by their position among all. */
  #states({ panels }: OpenFigure): Map<number, State> {
    const { views } = this.#host.panels;
    return new Map(fieldPositions(panels).map((position, k) => [position, views[k]!.state]));
  }

  #link(open: OpenFigure): string {
    const { figure, settings, panels } = open;
    const changed = [...this.#states(open)].filter(([i, state]) => {
      return encodeState(state) !== encodeState(stateOf(panels[i])!);
    });
    return encodeFigure({ figure, settings, changed: new Map(changed) });
  }
}

/** The positions of the panels that show fields, among all. */
function fieldPositions(panels: readonly FigurePanel[]): number[] {
  return panels.flatMap(({ kind }, i) => (kind === 'field' ? [i] : []));
}

function stateOf(panel: FigurePanel | undefined): State | null {
  return panel?.kind === 'field' ? applyPatch(DEFAULT_STATE, panel.state) : null;
}
