import type { ShownPanels } from '../figures/shownFigure.ts';
import { describeState } from '../state/labels.ts';
import { columnsFor, type Sheet } from '../state/sheet.ts';
import { encodeSheet } from '../state/sheetUrl.ts';
import { stateName } from './fileName.ts';

/** All panels of a page in their arrangement, each under a title that describes it. */
export function shownSheet(sheet: Sheet): ShownPanels {
  const titles = sheet.panels.map(describeState);
  return {
    name: sheet.panels.length > 1 ? `${sheet.panels.length}-panels` : stateName(sheet.panels[0]!),
    around: null,
    inPairs: false,
    columns: columnsFor(sheet.panels.length, sheet.columns),
    sharedRange: sheet.sharedRange,
    panels: sheet.panels.map((state, i) => ({ kind: 'field', title: titles[i]!, state })),
    titles,
    states: new Map(sheet.panels.entries()),
    get link() {
      return encodeSheet(sheet);
    },
  };
}
