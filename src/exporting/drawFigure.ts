import { PAPER_COLORS } from '../drawing/colors.ts';
import {
  type FigureLayout,
  type FigureTexts,
  layoutFigure,
  naturalSize,
} from '../drawing/figureLayout.ts';
import { figureSvg } from '../drawing/figureSvg.ts';
import { layoutSquare, type PictureLayout } from '../drawing/pictureLayout.ts';
import { pictureMarkup } from '../drawing/svg.ts';
import { idPrefix } from '../drawing/svgIds.ts';
import { element, escapeMarkup } from '../drawing/svgMarkup.ts';
import type { VectorPanel } from '../drawing/vectorPanels.ts';
import { vectorMarkup } from '../drawing/vectorSvg.ts';
import { type DifferencePanel, isVectorPanel } from '../figures/figure.ts';
import type { ShownFigure } from '../figures/shownFigure.ts';
import { encodePicture, type OnProgress } from '../offscreen/encodePicture.ts';
import type { Box } from '../overlay/marks.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import { applyPatch } from '../state/patch.ts';
import type { State } from '../state/state.ts';
import {
  type DifferenceGrid,
  describeDifference,
  differenceImage,
  type Sampler,
  sampleDifference,
} from './differenceGrid.ts';
import { assertSize, dataUrl, type PictureSize, withState } from './picture.ts';

const FIRST_SCALE = 2;
const TITLE_SIZE = 16;

/** The size of an exported figure: by default one that gives its panels enough room. */
export function figureSize(shown: ShownFigure, size: Partial<PictureSize> = {}): PictureSize {
  const natural = naturalSize(shown.panels.length, shown.columns, textsOf(shown));
  return { ...natural, scale: FIRST_SCALE, ...size };
}

/**
 * The figure with title, caption and all panels; the file holds the link that restores it.
 *
 * @throws InvalidInputError for a wrong size; GpuError; the signal's reason
 */
export async function drawFigurePng(
  shown: ShownFigure,
  size: PictureSize,
  sampler: () => Promise<Sampler>,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Blob> {
  const drawing = await FigureDrawing.prepare(shown, size, sampler);
  const picture = {
    widthPx: size.width * size.scale,
    heightPx: size.height * size.scale,
    fields: drawing.fields,
    sharedRange: shown.sharedRange,
    overlay: (ranges: readonly FrameReport['range'][]) => {
      const images = ranges.map(() => null);
      return drawing.svg(ranges, images, drawing.pxPerUnit);
    },
  };
  const { png } = await encodePicture(picture, onProgress, signal);
  return withState(png, shown.link);
}

/**
 * The same as SVG: fields are images of `scale` pixels per unit, everything else vectors.
 *
 * @throws InvalidInputError for a wrong size; GpuError; the signal's reason
 */
export async function drawFigureSvg(
  shown: ShownFigure,
  size: PictureSize,
  sampler: () => Promise<Sampler>,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Blob> {
  const drawing = await FigureDrawing.prepare(shown, size, sampler);
  const { fields } = drawing;
  // Side by side in one picture, so that they can share a range.
  const sheet = {
    widthPx: size.width * size.scale,
    heightPx: size.height * size.scale,
    fields,
    sharedRange: shown.sharedRange,
    overlay: () => null,
  };
  const { png, ranges } =
    fields.length > 0 ? await encodePicture(sheet, onProgress, signal) : { png: null, ranges: [] };
  const images = png ? await cutImages(png, fields) : [];
  return new Blob([drawing.svg(ranges, images, drawing.pxPerUnit / size.scale)], {
    type: 'image/svg+xml',
  });
}

function textsOf({ figure, formula, caption }: ShownFigure): FigureTexts {
  return { question: figure.question, formula, caption };
}

/** The parts that do not depend on the GPU's drawing. */
class FigureDrawing {
  readonly pxPerUnit: number;
  readonly #shown: ShownFigure;
  readonly #layout: FigureLayout;
  readonly #cells: readonly PictureLayout[];
  readonly #id: string;
  readonly #differences: ReadonlyMap<number, DifferenceGrid>;

  static async prepare(
    shown: ShownFigure,
    size: PictureSize,
    sampler: () => Promise<Sampler>,
  ): Promise<FigureDrawing> {
    assertSize(size);
    const differences = new Map<number, DifferenceGrid>();
    for (const [i, panel] of shown.panels.entries()) {
      if (panel.kind === 'difference') {
        differences.set(i, await sampleDifference(panel, await sampler()));
      }
    }
    return new FigureDrawing(shown, size, differences);
  }

  private constructor(
    shown: ShownFigure,
    size: PictureSize,
    differences: ReadonlyMap<number, DifferenceGrid>,
  ) {
    const { panels, columns } = shown;
    this.#shown = shown;
    const layout = layoutFigure(panels.length, columns, textsOf(shown), size);
    this.#layout = shown.inPairs ? inColumns(layout, panels.length / columns) : layout;
    this.#cells = this.#layout.cells.map(({ width, height }) => layoutSquare(width, height));
    this.#differences = differences;
    this.#id = idPrefix('figure', [shown.link, size.width, size.height]);
    this.pxPerUnit = size.scale * this.#layout.shrink;
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
      return { state, place: { x, y, width, height } };
    });
  }

  /**
   * The figure as an SVG document.
   *
   * @param ranges of the fields, in their order
   * @param images of the fields as data URLs; null leaves their places and the ground empty
   */
  svg(
    ranges: readonly FrameReport['range'][],
    images: readonly (string | null)[],
    scale: number,
  ): string {
    const { title: heading, caption, panels, states, titles, link } = this.#shown;
    const positions = [...states.keys()];
    const markup = panels.map((panel, i) => {
      const [layout, title] = [this.#cells[i]!, titles[i]!];
      if (isVectorPanel(panel)) return this.#vectors(panel, title, layout);
      if (panel.kind === 'difference') return this.#difference(panel, title, i);
      const k = positions.indexOf(i);
      const state = states.get(i)!;
      const parts = { layout, state, title, range: ranges[k]!, image: images[k]! };
      return pictureMarkup(parts, `${this.#id}-${i}`);
    });
    const ground = images.every((image) => image !== null);
    const words = { title: heading, caption, link };
    return figureSvg({ layout: this.#layout, ...words, panels: markup, ground, scale });
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

/** The layout with its panels column by column. */
function inColumns(layout: FigureLayout, rows: number): FigureLayout {
  const { cells } = layout;
  const columns = cells.length / rows;
  const ordered = cells.map((_, i) => cells[(i % rows) * columns + Math.floor(i / rows)]!);
  return { ...layout, cells: ordered };
}

/** Each field's part of a picture, as a data URL. */
async function cutImages(png: Blob, fields: readonly { readonly place: Box }[]): Promise<string[]> {
  const urls: string[] = [];
  for (const { place } of fields) {
    const { x, y, width, height } = place;
    const part = await createImageBitmap(png, x, y, width, height);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')!.drawImage(part, 0, 0);
    part.close();
    urls.push(await dataUrl(await canvas.convertToBlob({ type: 'image/png' })));
  }
  return urls;
}
