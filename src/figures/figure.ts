import type { VectorPanel } from '../drawing/vectorPanels.ts';

/** One panel of a figure. */
export type FigurePanel = FieldPanel | DifferencePanel | VectorPanel;

export function isVectorPanel(panel: FigurePanel): panel is VectorPanel {
  return panel.kind !== 'field' && panel.kind !== 'difference';
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
}

export interface FigureSwitch {
  readonly kind: 'switch';
  readonly name: string;
  readonly label: string;
  readonly initial: boolean;
}

/** The values of a figure's controls by name. */
export type FigureSettings = Readonly<Record<string, number | boolean>>;

/**
 * Panels under one title: a description that a person can copy and change. At most 16 of the panels
 * show fields, as many as a page has.
 */
export interface Figure {
  /** In links and on the command line, e.g. 'log-sum-exp'. */
  readonly id: string;
  readonly title: string;
  /** The question that the figure answers. */
  readonly question: string;
  /** What to look for. */
  readonly caption: string;
  /** Presentation MathML, a `<math>` element. */
  readonly formula: string;
  /** Panels in a row if there is room. */
  columns(settings: FigureSettings): number;
  /** Panning one field panel pans them all. */
  readonly linkedViews: boolean;
  /** Field panels with an automatic range share one. */
  readonly sharedRange: boolean;
  readonly controls: readonly FigureControl[];
  panels(settings: FigureSettings): readonly FigurePanel[];
}
