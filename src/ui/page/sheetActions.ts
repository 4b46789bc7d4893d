import { InvalidInputError } from '../../input/invalidInput.ts';
import { DEFAULT_STATE } from '../../state/defaults.ts';
import { readoutsOfAll } from '../../state/readoutChoices.ts';
import { type Common, PANELS_MAX } from '../../state/sheet.ts';
import type { State } from '../../state/state.ts';
import type { PanelView } from '../panel/panelView.ts';
import type { Messages } from './messages.ts';
import type { FigureSnapshot } from './snapshot.ts';

/** The actions of buttons and keys on the panels of a page. */
export interface SheetActions {
  addPanel(): void;
  duplicatePanel(): void;
  removePanel(): void;
  toggleLinkedViews(): void;
  toggleSharedRange(): void;
  setColumns(columns: number | null): void;
  /** Shows each output of the active panel's network in a panel, with linked views. */
  showAllOutputs(): void;
}

/** What these actions use of the page. */
export interface SheetHost {
  readonly messages: Messages;
  readonly active: PanelView;
  readonly panels: {
    readonly views: readonly PanelView[];
    readonly common: Common;
    readonly columnsShown: number;
    setCommon(change: Partial<Common>): void;
  };
  readonly figures: { readonly snapshot: FigureSnapshot | null };
  add(state: State, after?: PanelView | null): void;
  remove(view: PanelView): void;
  spread(view: PanelView, states: readonly State[]): void;
  /** Shows a message about what was just done, with a button that undoes it. */
  offerUndo(text: string): void;
}

/** Shows a message if an action is not possible. */
export function createSheetActions(host: SheetHost): SheetActions {
  const attempt = (work: () => void) => {
    const { snapshot } = host.figures;
    try {
      work();
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      host.messages.note(`A page has ${error.expected}.`);
    }
    const isLeft = snapshot !== null && host.figures.snapshot === null;
    if (isLeft) host.offerUndo(`“${snapshot.figure.title}” is closed; its panels stay.`);
  };
  const setCommon = (change: (common: Common) => Partial<Common>) => {
    const { panels, messages } = host;
    if (panels.views.length > 1) panels.setCommon(change(panels.common));
    else messages.note('Add a second panel first (n).');
  };
  return {
    addPanel: () => attempt(() => host.add(DEFAULT_STATE)),
    duplicatePanel: () => attempt(() => host.add(host.active.state, host.active)),
    removePanel: () => attempt(() => host.remove(host.active)),
    toggleLinkedViews: () => setCommon(({ linkedViews }) => ({ linkedViews: !linkedViews })),
    toggleSharedRange: () => setCommon(({ sharedRange }) => ({ sharedRange: !sharedRange })),
    showAllOutputs: () => attempt(() => showAllOutputs(host)),
    setColumns: (columns) => {
      setCommon(() => ({ columns }));
      const { columnsShown, views } = host.panels;
      if (columns !== null && columnsShown < Math.min(columns, views.length)) {
        host.messages.note(`There is room for ${columnsShown} columns here.`);
      }
    },
  };
}

/** A readout of all outputs, e.g. which one wins, stays, and the outputs follow it. */
function showAllOutputs(host: SheetHost): void {
  const { active, panels, messages } = host;
  const { state } = active;
  const { field } = state;
  const readouts = readoutsOfAll(field);
  const isOfOne = readouts[0]!.kind === field.readout.kind;
  const all = isOfOne ? readouts : [field.readout, ...readouts];
  const shown = all.slice(0, PANELS_MAX - panels.views.length + 1);
  host.spread(
    active,
    shown.map((readout) => ({ ...state, field: { ...field, readout } })),
  );
  if (shown.length > 1) panels.setCommon({ linkedViews: true });
  const left = all.length - shown.length;
  if (left > 0) {
    messages.note(`A page has at most ${PANELS_MAX} panels: ${left} more outputs are not shown.`);
  }
}
