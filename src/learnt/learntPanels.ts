import type { VectorPanel } from '../drawing/vectorPanels.ts';
import type { State } from '../state/state.ts';
import { confusionCounts } from './confusion.ts';
import { lossTable, type PrintedRun, type RunReadings } from './lossTable.ts';
import { weightImages } from './weights.ts';

/** A panel of a figure that shows what the network of a field panel has learnt, and follows it. */
export type LearntPanel = WeightsPanel | MatrixPanel | LossesPanel;

const KINDS: ReadonlySet<string> = new Set<LearntPanel['kind']>([
  ...(['weightsOf', 'confusionOf', 'lossesOf'] as const),
]);

export function isLearntPanel(panel: { readonly kind: string }): panel is LearntPanel {
  return KINDS.has(panel.kind);
}

interface Following {
  readonly title: string;
  /** The position of the field panel among all panels. */
  readonly of: number;
}

/** The weights of the first layer as images. */
export interface WeightsPanel extends Following {
  readonly kind: 'weightsOf';
}

/** How many points for testing of each class are given each class. */
export interface MatrixPanel extends Following {
  readonly kind: 'confusionOf';
}

/** Losses and accuracy of the run, beside what somebody else's program printed. */
export interface LossesPanel extends Following {
  readonly kind: 'lossesOf';
  readonly printed: PrintedRun;
}

/** The panel as it is drawn on paper. */
export function drawnPanel(panel: LearntPanel, state: State, run: RunReadings): VectorPanel {
  const { title } = panel;
  switch (panel.kind) {
    case 'weightsOf': {
      const images = weightImages(state);
      return images ? { kind: 'images', title, images, isSigned: true } : nothing(title);
    }
    case 'confusionOf': {
      const counts = confusionCounts(state, 'test');
      return counts ? { kind: 'confusion', title, ...counts } : nothing(title);
    }
    case 'lossesOf':
      return lossTable(title, panel.printed, state, run);
  }
}

function nothing(title: string): VectorPanel {
  return { kind: 'table', title, head: ['The data are being fetched.'], rows: [] };
}
