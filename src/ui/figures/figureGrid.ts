/** How the panels of a figure lie on the page. */
export interface FigureGrid {
  readonly columns: number;
  /** Whether two panels in turn lie below each other, instead of beside each other. */
  readonly downwards: boolean;
}

/** Between panels, in CSS pixels (the style sheet agrees). */
const GAP = 6;
/** The least widths of a panel: where there are several rows, and where there could be a single one. */
const LEAST = { several: 230, single: 300 };

/**
 * The grid for a figure of `count` panels, in a room of this width in CSS pixels, without a row that is
 * mostly empty.
 *
 * @param most panels in a row if there is room
 * @param inPairs whether each two panels belong together; with room for all pairs in a row they stand upright
 */
export function figureGrid(
  count: number,
  most: number,
  inPairs: boolean,
  room: number,
): FigureGrid {
  const columnsOf = (least: number) => Math.max(1, Math.floor((room + GAP) / (least + GAP)));
  const fitting = columnsOf(LEAST.several);
  if (inPairs && most === count / 2) {
    if (fitting >= most) return { columns: most, downwards: true };
    return { columns: Math.min(fitting, 2), downwards: false };
  }
  if (count > most) {
    // Whole rows of the figure break into equal parts.
    const parts = Array.from({ length: most }, (_, i) => most - i);
    const columns = parts.find((part) => most % part === 0 && part <= fitting)!;
    return { columns, downwards: false };
  }
  const rows = Math.ceil(count / Math.min(most, columnsOf(LEAST.single)));
  return { columns: Math.ceil(count / rows), downwards: false };
}

/** Lays the panels of a figure out in their grid. */
export function layFigure(grid: HTMLElement, most: number, inPairs: boolean): void {
  const { columns, downwards } = figureGrid(
    grid.childElementCount,
    most,
    inPairs,
    grid.clientWidth,
  );
  grid.style.setProperty('--columns', String(columns));
  grid.classList.toggle('downwards', downwards);
}
