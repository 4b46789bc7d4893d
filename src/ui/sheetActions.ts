import { InvalidInputError } from '../input/invalidInput.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import type { Common } from './panels.ts';
import type { Workspace } from './workspace.ts';

/** What buttons and keys do with the panels of a page. */
export interface SheetActions {
  addPanel(): void;
  duplicatePanel(): void;
  removePanel(): void;
  toggleLinkedViews(): void;
  toggleSharedRange(): void;
  setColumns(columns: number | null): void;
}

/** What cannot be done is said to the person. */
export function createSheetActions(workspace: Workspace): SheetActions {
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      workspace.messages.note(`A page has ${error.expected}.`);
    }
  };
  const setCommon = (change: (common: Common) => Partial<Common>) => {
    const { panels, messages } = workspace;
    if (panels.views.length > 1) panels.setCommon(change(panels.common));
    else messages.note('This takes several panels: n adds one.');
  };
  return {
    addPanel: () => attempt(() => workspace.add(DEFAULT_STATE)),
    duplicatePanel: () => attempt(() => workspace.add(workspace.active.state, workspace.active)),
    removePanel: () => attempt(() => workspace.remove(workspace.active)),
    toggleLinkedViews: () => setCommon(({ linkedViews }) => ({ linkedViews: !linkedViews })),
    toggleSharedRange: () => setCommon(({ sharedRange }) => ({ sharedRange: !sharedRange })),
    setColumns: (columns) => setCommon(() => ({ columns })),
  };
}
