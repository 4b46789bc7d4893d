import type { Sampler } from '../../exporting/differenceGrid.ts';
import { drawFigurePng, figureSize } from '../../exporting/drawFigure.ts';
import type { PictureSize } from '../../exporting/picture.ts';
import type { Figure, FigurePanel, FigureSettings } from '../../figures/figure.ts';
import { isVectorPanel } from '../../figures/figure.ts';
import { FIGURES, findFigure } from '../../figures/figures.ts';
import {
  decodeFigure,
  encodeFigure,
  type FigureLink,
  isFigureLink,
} from '../../figures/figureUrl.ts';
import { readSettings } from '../../figures/settings.ts';
import type { ShownFigure } from '../../figures/shownFigure.ts';
import { paperCaption, screenCaption, wordsOf } from '../../figures/words.ts';
import type { OnProgress } from '../../offscreen/encodePicture.ts';
import { DEFAULT_STATE } from '../../state/defaults.ts';
import { applyPatch } from '../../state/patch.ts';
import type { Sheet } from '../../state/sheet.ts';
import type { State } from '../../state/state.ts';
import { encodeState } from '../../state/url.ts';
import { equalViews } from '../../view/view.ts';
import { make, setText } from '../dom/elements.ts';
import type { Messages } from '../page/messages.ts';
import type { Common } from '../page/panels.ts';
import type { PanelSlot, ShownPage } from '../page/shownPage.ts';
import type { PanelView } from '../panel/panelView.ts';
import type { Motion } from '../panel/session.ts';
import { DifferenceView } from './differenceView.ts';
import { FigureHeading } from './figureHeading.ts';
import { FigureMenu } from './figureMenu.ts';
import { saveFigure } from './saveFigure.ts';
import { VectorView } from './vectorView.ts';

type ForeignView = VectorView | DifferenceView;

/** The open figure. */
interface OpenFigure {
  readonly figure: Figure;
  settings: FigureSettings;
  panels: readonly FigurePanel[];
  readonly heading: FigureHeading;
  readonly caption: HTMLElement;
  /** The views of panels without a field, by their position. */
  readonly views: Map<number, ForeignView>;
  /** What the page showed before, and whether the controls were open. */
  readonly before: Sheet;
  readonly hadControls: boolean;
}

/** What figures use of the page, and report to it. */
export interface FiguresHost {
  readonly messages: Messages;
  readonly sheet: Sheet;
  readonly panels: { readonly common: Common; readonly views: readonly PanelView[] };
  readonly controlsOpen: boolean;
  openControls(open: boolean): void;
  show(page: ShownPage): void;
  open(sheet: Sheet): void;
  /** Samples fields. @throws GpuError (as a rejection) */
  renderer(): Promise<Sampler>;
  /** Aborted when the page is destroyed. */
  readonly signal: AbortSignal;
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

  /** Returns to what the page showed before the figure. */
  close(): void {
    if (this.#open) this.#host.open(this.#open.before);
  }

  /** The page shows something else now. */
  forget(): void {
    if (!this.#open) return;
    for (const view of this.#open.views.values()) view.destroy();
    this.#host.openControls(this.#open.hadControls);
    this.#open = null;
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
    const { title, formula } = wordsOf(open.figure, open.settings);
    return {
      figure: open.figure,
      title,
      formula,
      caption: paperCaption(open.figure, open.settings),
      columns: columns ?? open.figure.columns(open.settings),
      inPairs: open.figure.inPairs ?? false,
      sharedRange,
      panels: open.panels,
      titles: this.#titles(open),
      states: this.#states(open),
      link: this.#link(open),
    };
  }

  /** The open figure as a PNG that holds its link. @throws InvalidInputError; GpuError (as rejections) */
  async drawPng(
    size: Partial<PictureSize>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Blob> {
    const { shown } = this;
    if (!shown) throw new Error('No figure is open.');
    const sampler = () => this.#host.renderer();
    return drawFigurePng(shown, figureSize(shown, size), sampler, onProgress, signal);
  }

  /** Resolves when what the GPU samples for the figure is on screen. */
  async settled(): Promise<void> {
    const views = [...(this.#open?.views.values() ?? [])];
    await Promise.all(
      views.map((view) => (view instanceof DifferenceView ? view.settled() : null)),
    );
  }

  #show({ figure, settings, changed }: FigureLink): void {
    const before = this.#open?.before ?? this.#host.sheet;
    this.forget();
    const hadControls = this.#host.controlsOpen;
    // The panels need the room; figures have their own controls.
    this.#host.openControls(false);
    const heading = new FigureHeading(figure, settings, {
      change: (name, value, motion) => this.#change(name, value, motion),
      save: (form, scale) => void this.#save(form, scale),
      close: () => this.close(),
    });
    const caption = make('p', { class: 'figureCaption' });
    const panels = figure.panels(settings);
    this.#open = {
      figure,
      settings,
      panels,
      heading,
      caption,
      views: new Map(),
      before,
      hadControls,
    };
    const { linkedViews, sharedRange } = figure;
    const columns = figure.columns(settings);
    this.#arrange(this.#open, changed, { linkedViews, sharedRange, columns }, 'still');
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
    const states = new Map<number, State>();
    const isSameShape = before.length === open.panels.length;
    for (const [i, state] of isSameShape ? shown : []) {
      const [old, next] = [stateOf(before[i]), stateOf(open.panels[i])];
      if (!old || !next) continue;
      if (encodeState(old) === encodeState(next)) states.set(i, state);
      else if (equalViews(old.view, next.view)) states.set(i, { ...next, view: state.view });
    }
    const columns = isUsual ? figure.columns(open.settings) : common.columns;
    this.#arrange(open, states, { ...common, columns }, motion);
  }

  #arrange(
    open: OpenFigure,
    states: ReadonlyMap<number, State>,
    common: Common,
    motion: Motion,
  ): void {
    const { heading, caption, panels } = open;
    const words = wordsOf(open.figure, open.settings);
    heading.show(words);
    setText(caption, screenCaption(words));
    const slots = panels.map((panel, i): PanelSlot => {
      if (panel.kind !== 'field') return { kind: 'element', ...this.#foreignSlot(open, panel, i) };
      const state = states.get(i);
      // The title describes the figure's own field.
      const isOwn = !state || sameField(state, stateOf(panel)!);
      return { kind: 'field', title: isOwn ? panel.title : null, state: state ?? panel.state };
    });
    this.#host.show({
      ...common,
      inPairs: open.figure.inPairs ?? false,
      heading: heading.element,
      caption,
      slots,
      motion,
      address: () => this.#link(open),
    });
  }

  #foreignSlot(open: OpenFigure, panel: Exclude<FigurePanel, { kind: 'field' }>, i: number) {
    const { views } = open;
    let view = views.get(i);
    if (isVectorPanel(panel)) {
      if (!(view instanceof VectorView)) view = new VectorView();
      view.show(panel);
    } else {
      if (!(view instanceof DifferenceView)) {
        view = new DifferenceView(() => this.#host.renderer());
      }
      view.show(panel);
    }
    views.set(i, view);
    return { title: panel.title, element: view.element };
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
    const positions = panels.flatMap(({ kind }, i) => (kind === 'field' ? [i] : []));
    return new Map(positions.map((position, k) => [position, views[k]!.state]));
  }

  #link(open: OpenFigure): string {
    const { figure, settings, panels } = open;
    const changed = [...this.#states(open)].filter(([i, state]) => {
      return encodeState(state) !== encodeState(stateOf(panels[i])!);
    });
    return encodeFigure({ figure, settings, changed: new Map(changed) });
  }

  async #save(form: 'png' | 'svg', scale: number): Promise<void> {
    const { shown } = this;
    const { messages, signal } = this.#host;
    const renderer = () => this.#host.renderer();
    if (shown) await saveFigure(shown, form, scale, { messages, renderer, signal });
  }
}

function stateOf(panel: FigurePanel | undefined): State | null {
  return panel?.kind === 'field' ? applyPatch(DEFAULT_STATE, panel.state) : null;
}

function sameField(a: State, b: State): boolean {
  return JSON.stringify(a.field) === JSON.stringify(b.field);
}
