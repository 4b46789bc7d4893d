import type { FigureTexts } from '../drawing/figureLayout.ts';
import type { State } from '../state/state.ts';
import type { DrawnPanel, Figure } from './figure.ts';

/** Panels that are open together, as they are on the page: what an exported picture shows. */
export interface ShownPanels {
  /** For the names of files. */
  readonly name: string;
  /** What is written above and below all panels; null for a page of panels that is not a figure. */
  readonly around: FigureTexts | null;
  readonly columns: number;
  /** Each two panels in turn belong together, and stand in a column if there is one for each pair. */
  readonly inPairs: boolean;
  readonly sharedRange: boolean;
  readonly panels: readonly DrawnPanel[];
  /** Above each panel. */
  readonly titles: readonly string[];
  /** Of the field panels, by their position. */
  readonly states: ReadonlyMap<number, State>;
  /** The form in which links hold it. */
  readonly link: string;
}

/** A figure with its panels; its caption says what to look for, and the settings. */
export interface ShownFigure extends ShownPanels {
  readonly figure: Figure;
}
