import { hasRegions } from '../../model/drawnNetwork.ts';
import { nextSeed, previousSeed, randomSeed, seedOf } from '../../model/seeds.ts';
import { stepReadout } from '../../state/readoutChoices.ts';
import type { Exporter } from '../exporting/exporter.ts';
import type { Figures } from '../figures/figures.ts';
import type { Player } from '../training/runButtons.ts';
import type { Help } from './help.ts';
import type { KeyActions } from './keys.ts';
import type { PageUse } from './needs.ts';
import { createSheetActions, type SheetHost } from './sheetActions.ts';
import type { ToolbarActions } from './toolbar.ts';

/** What these actions use of the page. */
export interface ActionsHost extends SheetHost {
  readonly figures: Figures;
  readonly controlsOpen: boolean;
  openControls(open: boolean): void;
  undo(): void;
  redo(): void;
}

/** The actions of toolbar and keys, which look up the active panel each time. */
export type PageActions = ToolbarActions & KeyActions;

/** The actions of a page. */
export function createPageActions(
  page: ActionsHost,
  exporter: Pick<Exporter, 'copyNumbers'>,
  help: Pick<Help, 'toggle'>,
): PageActions {
  return {
    get navigation() {
      return page.active.navigation;
    },
    get points() {
      return page.active.points;
    },
    get regions() {
      return page.active.regions;
    },
    get use() {
      return useOf(page);
    },
    explain: (reason: string) => page.messages.note(reason),
    sheet: createSheetActions(page),
    undo: () => page.undo(),
    redo: () => page.redo(),
    nextSeed: () => reseed(page, nextSeed),
    previousSeed: () => reseed(page, previousSeed),
    randomSeed: () => reseed(page, randomSeed),
    nextOutput: () => page.active.edits.stepOutput(1),
    previousOutput: () => page.active.edits.stepOutput(-1),
    toggleDiagram: () => page.active.panes.toggleDiagram(),
    playTraining: () => train(page, (run) => run.toggle()),
    stepTraining: () => train(page, (run) => run.stepOnce()),
    copyNumbers: () => void exporter.copyNumbers(),
    toggleFigures: () => page.figures.toggleMenu(),
    toggleHelp: () => help.toggle(),
    toggleControls: () => page.openControls(!page.controlsOpen),
    focusPicture: () => page.active.focus(),
  };
}

function useOf({ active, panels, figures }: ActionsHost): PageUse {
  const { field } = active.state;
  const hasField = panels.views.length > 0;
  return {
    field: hasField,
    seed: figures.isSeeded || (hasField && seedOf(field) !== null),
    regions: hasField && hasRegions(field.network),
    outputs: hasField && stepReadout(field, 1) !== null,
  };
}

/** Does something with the runs of the figure, or with that of the active panel. @returns false if there is none */
function train({ figures, active }: ActionsHost, act: (run: Player) => void): boolean {
  if (figures.runs === null) return active.train(act);
  act(figures.runs);
  return true;
}

/** Another seed of the figure, if all of it has one, or else of the active panel. */
function reseed({ figures, active }: ActionsHost, next: (seed: number) => number): void {
  if (figures.isSeeded) figures.reseed(next);
  else active.edits.reseed(next);
}
