import { loadDataSet } from '../data/loadDataSet.ts';
import { PAPER_COLORS } from '../drawing/colors.ts';
import { type FigureLayout, layoutFigure } from '../drawing/figureLayout.ts';
import { figureSvg } from '../drawing/figureSvg.ts';
import { layoutPicture, layoutSquare, type PictureLayout } from '../drawing/pictureLayout.ts';
import type { PictureSize } from '../drawing/pictureSize.ts';
import { pictureMarkup } from '../drawing/svg.ts';
import { idPrefix } from '../drawing/svgIds.ts';
import { element, escapeMarkup } from '../drawing/svgMarkup.ts';
import type { VectorPanel } from '../drawing/vectorPanels.ts';
import { vectorMarkup } from '../drawing/vectorSvg.ts';
import { type DifferencePanel, isVectorPanel } from '../figures/figure.ts';
import type { ShownPanels } from '../figures/shownFigure.ts';
import type { Box, Mark } from '../overlay/marks.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import { applyPatch } from '../state/patch.ts';
import type { State } from '../state/state.ts';
import {
  type DifferenceGrid,
  describeDifference,
  differenceImage,
  sampleDifference,
} from './differenceGrid.ts';
import {
  type LineKind,
  type LineSources,
  prepareEdges,
  prepareLines,
  type VectorLines,
} from './vectorLines.ts';

const TITLE_SIZE = 16;

/** Panels in a picture of a size: where each lies, and all of it that the GPU does not draw. */
export class PanelsDrawing {
  readonly pxPerUnit: number;
  readonly #shown: ShownPanels;
  readonly #layout: FigureLayout;
  readonly #cells: readonly PictureLayout[];
  readonly #id: string;
  readonly #differences: ReadonlyMap<number, DifferenceGrid>;
  /** Of fields whose lines are vectors, by their position. */
  readonly #lines = new Map<number, VectorLines>();
  /** Exact edges of fields, by their position; null if there are too many. */
  readonly #edges = new Map<number, readonly Mark[] | null>();

  static async prepare(
    shown: ShownPanels,
    size: PictureSize,
    sources: LineSources,
  ): Promise<PanelsDrawing> {
    const data = [...shown.states.values()].flatMap((state) => state.data ?? []);
    await Promise.all(data.map(loadDataSet));
    const differences = new Map<number, DifferenceGrid>();
    for (const [i, panel] of shown.panels.entries()) {
      if (panel.kind === 'difference') {
        differences.set(i, await sampleDifference(panel, await sources.sampler()));
      }
    }
    const drawing = new PanelsDrawing(shown, size, differences);
    for (const [i, state] of shown.states) {
      drawing.#edges.set(i, await prepareEdges(state, drawing.#cells[i]!.plot, sources));
    }
    return drawing;
  }

  private constructor(
    shown: ShownPanels,
    { widthPx, heightPx, scale }: PictureSize,
    differences: ReadonlyMap<number, DifferenceGrid>,
  ) {
    const { panels, columns, around } = shown;
    const size = { width: widthPx / scale, height: heightPx / scale };
    this.#shown = shown;
    const layout = layoutFigure(panels.length, columns, around, size);
    this.#layout =
      shown.inPairs && panels.length === 2 * columns ? inColumns(layout, columns) : layout;
    this.#cells = this.#layout.cells.map(({ width, height }, i) => {
      const state = shown.states.get(i);
      return around || !state
        ? layoutSquare(width, height)
        : layoutPicture(width, height, state.frame);
    });
    this.#differences = differences;
    this.#id = idPrefix('plot', [shown.link, widthPx, heightPx, scale]);
    this.pxPerUnit = scale * this.#layout.shrink;
  }

  /** What is left out of the picture. */
  get missing(): readonly LineKind[] {
    return [...this.#edges.values()].includes(null) ? ['edges'] : [];
  }

  /** Makes lines vectors from now on. @returns those that remain pixels */
  async prepareLines(sources: LineSources): Promise<ReadonlySet<LineKind>> {
    const inPixels: LineKind[] = [];
    for (const [i, state] of this.#shown.states) {
      const lines = await prepareLines(state, this.#cells[i]!.plot, sources);
      this.#lines.set(i, lines);
      inPixels.push(...lines.inPixels);
    }
    return new Set(inPixels);
  }

  /** The fields with their places in pixels. */
  get fields(): { readonly state: State; readonly place: Box }[] {
    const toPx = (units: number) => Math.round(units * this.pxPerUnit);
    return [...this.#shown.states].map(([i, state]) => {
      const cell = this.#layout.cells[i]!;
      const { plot } = this.#cells[i]!;
      const [x, y] = [toPx(cell.x + plot.x), toPx(cell.y + plot.y)];
      const width = toPx(cell.x + plot.x + plot.width) - x;
      const height = toPx(cell.y + plot.y + plot.height) - y;
      const drawn = this.#lines.get(i)?.ground ?? state;
      return { state: drawn, place: { x, y, width, height } };
    });
  }

  /**
   * The picture as an SVG document.
   *
   * @param ranges of the fields, in their order
   * @param images of the fields as data URLs; null leaves their places and the ground empty
   */
  svg(
    ranges: readonly FrameReport['range'][],
    images: readonly (string | null)[],
    scale: number,
  ): string {
    const { around, panels, states, titles, link } = this.#shown;
    const positions = [...states.keys()];
    const markup = panels.map((panel, i) => {
      const [layout, title] = [this.#cells[i]!, titles[i]!];
      if (isVectorPanel(panel)) return this.#vectors(panel, title, layout);
      if (panel.kind === 'difference') return this.#difference(panel, title, i);
      const k = positions.indexOf(i);
      const state = states.get(i)!;
      const [range, image] = [ranges[k]!, images[k]!];
      const lines = [...(this.#lines.get(i)?.marks(range) ?? []), ...(this.#edges.get(i) ?? [])];
      const parts = { layout, state, title, range, image, lines };
      return pictureMarkup(parts, `${this.#id}-${i}`);
    });
    const title = around?.title ?? titles.join(' | ');
    const ground = images.every((image) => image !== null);
    return figureSvg({ layout: this.#layout, title, link, panels: markup, ground, scale });
  }

  #vectors(panel: VectorPanel, title: string, { width, height, plot }: PictureLayout): string {
    const text = { x: plot.x - 26, y: plot.y - 16, 'font-size': TITLE_SIZE };
    const size = { width: width - plot.x + 10, height: height - plot.y - 20 };
    const place = `translate(${plot.x - 26} ${plot.y})`;
    return [
      element('text', text, escapeMarkup(title)),
      element('g', { transform: place }, vectorMarkup(panel, size, PAPER_COLORS)),
    ].join('\n');
  }

  #difference({ halfWidth }: DifferencePanel, title: string, i: number): string {
    const [layout, grid] = [this.#cells[i]!, this.#differences.get(i)!];
    // Axes and colours of a field of this square.
    const state = applyPatch(DEFAULT_STATE, {
      field: { kind: 'lse' },
      view: { center: [0, 0], halfWidth },
      colormap: 'diverging',
    });
    const range = { base: 0, minDifference: -grid.largest, maxDifference: grid.largest };
    const image = differenceImage(grid);
    const parts = { layout, state, range, title, image };
    const { plot } = layout;
    const words = { x: plot.x, y: plot.y + plot.height + 60 };
    const text = element('text', words, escapeMarkup(describeDifference(grid)));
    return `${pictureMarkup(parts, `${this.#id}-${i}`)}\n${text}`;
  }
}

/** The layout with its panels column by column, two in each. */
function inColumns(layout: FigureLayout, columns: number): FigureLayout {
  const { cells } = layout;
  const ordered = cells.map((_, i) => cells[(i % 2) * columns + Math.floor(i / 2)]!);
  return { ...layout, cells: ordered };
}
