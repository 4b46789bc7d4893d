import type { Figure, FigureSettings } from '../../figures/figure.ts';
import { equalStates } from '../../state/equalStates.ts';
import type { Common, Sheet } from '../../state/sheet.ts';
import type { State } from '../../state/state.ts';

/** A panel that shows a field. */
export interface PanelSnapshot {
  /** Of the panel that showed it; restored, the state goes to that panel if it still exists. */
  readonly id: symbol;
  readonly state: State;
}

/** A panel's state, with or without the panel that is to show it. */
export type FieldPlace = Pick<PanelSnapshot, 'state'> & Partial<PanelSnapshot>;

/** The open figure, without what its field panels show. */
export interface FigureSnapshot {
  readonly figure: Figure;
  readonly settings: FigureSettings;
  /** What the page showed before the figure. */
  readonly before: Sheet;
}

/** All that the page shows, as undo restores it. It shares states with the panels, so it is small. */
export interface Snapshot extends Common {
  /** In order; none in a figure without fields. */
  readonly panels: readonly PanelSnapshot[];
  /** The position of the active panel; -1 if none shows a field. */
  readonly active: number;
  readonly figure: FigureSnapshot | null;
}

/** Whether nobody could tell one from the other; another active panel is not another content. */
export function equalSnapshots(a: Snapshot, b: Snapshot): boolean {
  return (
    a.columns === b.columns &&
    a.linkedViews === b.linkedViews &&
    a.sharedRange === b.sharedRange &&
    a.panels.length === b.panels.length &&
    equalFigures(a.figure, b.figure) &&
    a.panels.every(({ state }, i) => equalStates(state, b.panels[i]!.state))
  );
}

function equalFigures(a: FigureSnapshot | null, b: FigureSnapshot | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.figure === b.figure &&
    a.figure.controls.every(({ name }) => a.settings[name] === b.settings[name])
  );
}
