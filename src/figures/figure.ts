import type { Formula } from '../drawing/formula.ts';
import type { VectorPanel } from '../drawing/vectorPanels.ts';
import { isLearntPanel, type LearntPanel } from '../learnt/learntPanels.ts';

/** One panel of a figure. */
export type FigurePanel = DrawnPanel | LearntPanel;

/** One that can be drawn without another one. */
export type DrawnPanel = FieldPanel | DifferencePanel | VectorPanel;

export function isVectorPanel(panel: FigurePanel): panel is VectorPanel {
  return panel.kind !== 'field' && panel.kind !== 'difference' && !isLearntPanel(panel);
}

/** A live field, which can be panned, zoomed and probed like any picture of the page. */
export interface FieldPanel {
  readonly kind: 'field';
  readonly title: string;
  /** A part of a state, merged into the default one. */
  readonly state: object;
}

/** The difference of two fields over the square |x|, |y| ≤ halfWidth, both sampled by the GPU. */
export interface DifferencePanel {
  readonly kind: 'difference';
  readonly title: string;
  /** Parts of states, of which only field and quantity are used. */
  readonly of: object;
  readonly minus: object;
  readonly halfWidth: number;
}

/** What a person can change in a figure. */
export type FigureControl = FigureSlider | FigureSwitch;

export interface FigureSlider {
  readonly kind: 'slider';
  readonly name: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: number;
  /** The step of the runs in all panels: it has buttons that play them together. */
  readonly plays?: true;
}

export interface FigureSwitch {
  readonly kind: 'switch';
  readonly name: string;
  readonly label: string;
  /** What it does, among the settings of a saved figure. */
  readonly whenOn: string;
  readonly initial: boolean;
}

/** The values of a figure's controls by name. */
export type FigureSettings = Readonly<Record<string, number | boolean>>;

/** A sentence; on paper those about controls are left out. */
export type Sentence = string | { readonly onScreen: string };

/** What stands above and below the panels, besides the question. */
export interface FigureWords {
  readonly title: string;
  readonly formula: Formula;
  /** What to look for. Panels are named by their titles: a narrow page puts them below each other. */
  readonly caption: readonly Sentence[];
}

/**
 * Panels under one title: a description that a person can copy and change. At most 16 of the panels
 * show fields, as many as a page has.
 */
export interface Figure extends FigureWords {
  /** In links and on the command line, e.g. 'log-sum-exp'. */
  readonly id: string;
  /** The question that the figure answers. */
  readonly question: string;
  /** The words that depend on the settings; those above are the words at first. */
  words?(settings: FigureSettings): FigureWords;
  /** Panels in a row if there is room. */
  columns(settings: FigureSettings): number;
  /** Each two panels in turn belong together, and there is a column for each pair. */
  readonly inPairs?: boolean;
  /** Panning one field panel pans them all. */
  readonly linkedViews: boolean;
  /** Field panels with an automatic range share one. */
  readonly sharedRange: boolean;
  readonly controls: readonly FigureControl[];
  panels(settings: FigureSettings): readonly FigurePanel[];
}
