import type { Formula } from '../drawing/formula.ts';
import type { State } from '../state/state.ts';
import type { Figure, FigurePanel } from './figure.ts';

/** A figure with its panels as they are on the page: what an exported picture shows. */
export interface ShownFigure {
  readonly figure: Figure;
  readonly title: string;
  readonly formula: Formula;
  /** What to look for, and the settings. */
  readonly caption: string;
  readonly columns: number;
  readonly inPairs: boolean;
  readonly sharedRange: boolean;
  readonly panels: readonly FigurePanel[];
  /** Above each panel. */
  readonly titles: readonly string[];
  /** Of the field panels, by their position. */
  readonly states: ReadonlyMap<number, State>;
  /** The form in which links hold it. */
  readonly link: string;
}
