import type { Box } from '../overlay/marks.ts';
import type { Frame } from '../state/state.ts';
import type { Formula } from './formula.ts';
import { drawFormula } from './formulaMarkup.ts';
import { ROOM_MIN } from './pictureLayout.ts';

/** What is written above and below the panels of a figure. */
export interface FigureTexts {
  readonly title: string;
  readonly question: string;
  readonly formula: Formula;
  readonly caption: string;
}

/** null for panels alone. */
type Around = Omit<FigureTexts, 'title'> | null;

/** A line of text at its baseline. */
interface TextLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Where the parts of an exported picture of several panels lie, in units of its text. */
export interface FigureLayout {
  readonly width: number;
  readonly height: number;
  /** Units of the requested picture per unit of this layout, at most 1: small pictures have small text. */
  readonly shrink: number;
  /** null if there is no title above the panels. */
  readonly titleAt: readonly [x: number, y: number] | null;
  readonly question: readonly TextLine[];
  /** Markup, and the place of its top left corner; null if there is none. */
  readonly formula: { readonly markup: string; readonly x: number; readonly y: number } | null;
  /** One box per panel, row by row. */
  readonly cells: readonly Box[];
  readonly caption: readonly TextLine[];
}

/** The minimum size of one of several panels with axes, numbers and colour bar. */
const CELL_MIN = { width: 400, height: 340 };
/** The same of a panel that is the whole picture. */
const ALONE_MIN = { width: ROOM_MIN, height: ROOM_MIN };
/** The default size of a panel: larger if there are few in a row. */
const CELL = { width: 440, height: 372 };
const LARGE_CELL = { width: 600, height: 480 };
/** The default size of a panel that is the whole picture, by its frame. */
const ALONE = { square: { width: 672, height: 600 }, fill: { width: 800, height: 600 } };
const FEW_COLUMNS = 2;
const PADDING = 24;
export const FIGURE_TITLE_SIZE = 24;
export const CAPTION_SIZE = 14;
const FORMULA_SIZE = 18;
const TITLE_ROOM = 48;
/** Between question, formula and panels. */
const HEAD_GAP = 12;
const LINE = 21;
/** Mean width of a letter in running text, and a little more, as a fraction of the font size. */
const LETTER = 0.54;
/** The factor by which each attempt enlarges the layout. */
const GROWTH = 1.02;

/**
 * The size of a picture whose panels have enough room, in units of its text.
 *
 * @param frame of the first panel
 */
export function naturalSize(
  panels: number,
  columns: number,
  around: Around,
  frame: Frame = 'square',
): { readonly width: number; readonly height: number } {
  if (isAlone(panels, around)) return ALONE[frame];
  const rows = Math.ceil(panels / columns);
  const cell = columns <= FEW_COLUMNS ? LARGE_CELL : CELL;
  const width = columns * cell.width + 2 * paddingOf(around);
  return { width, height: Math.ceil(rows * cell.height + roomAround(around, width)) };
}

/**
 * Divides a picture into title, question, formula, panels in rows, and caption; without these the panels fill it. If
 * panels would be too small to be readable, everything is laid out larger, in the same proportions, and scaled down.
 */
export function layoutFigure(
  panels: number,
  columns: number,
  around: Around,
  size: { readonly width: number; readonly height: number },
): FigureLayout {
  const rows = Math.ceil(panels / columns);
  const least = isAlone(panels, around) ? ALONE_MIN : CELL_MIN;
  const padding = paddingOf(around);
  let factor = 1;
  for (;;) {
    const [width, height] = [size.width * factor, size.height * factor];
    const cellWidth = (width - 2 * padding) / columns;
    const cellHeight = (height - roomAround(around, width)) / rows;
    if (cellWidth >= least.width && cellHeight >= least.height) {
      const head = around ? layOutHead(around, width).height : 0;
      const cells = Array.from({ length: panels }, (_, i) => ({
        x: padding + (i % columns) * cellWidth,
        y: head + Math.floor(i / columns) * cellHeight,
        width: cellWidth,
        height: cellHeight,
      }));
      return { width, height, shrink: 1 / factor, cells, ...layoutText(around, width, height) };
    }
    factor *= GROWTH;
  }
}

function layoutText(
  around: Around,
  width: number,
  height: number,
): Pick<FigureLayout, 'titleAt' | 'question' | 'formula' | 'caption'> {
  if (!around) return { titleAt: null, question: [], formula: null, caption: [] };
  const top = height - captionHeight(around.caption, width);
  const { question, formula } = layOutHead(around, width);
  const caption = linesOf(around.caption, width, top + CAPTION_SIZE);
  return { titleAt: [PADDING, PADDING + 16], question, formula, caption };
}

/** What stands above the panels, below the title. */
function layOutHead({ question, formula }: NonNullable<Around>, width: number) {
  const lines = linesOf(question, width, TITLE_ROOM + CAPTION_SIZE);
  const y = TITLE_ROOM + lines.length * LINE + HEAD_GAP;
  const { markup, height } = drawFormula(formula, FORMULA_SIZE, width - 2 * PADDING);
  return {
    question: lines,
    formula: { markup, x: PADDING, y },
    height: y + height + HEAD_GAP,
  };
}

/** The text, wrapped, from this baseline on. */
function linesOf(text: string, width: number, first: number): TextLine[] {
  const lines = wrapText(text, lettersIn(width));
  return lines.map((line, i) => ({ text: line, x: PADDING, y: first + i * LINE }));
}

/** Breaks text into lines of at most `letters` letters; a longer word gets its own line. */
export function wrapText(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= letters) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

function isAlone(panels: number, around: Around): boolean {
  return panels === 1 && around === null;
}

function paddingOf(around: Around): number {
  return around ? PADDING : 0;
}

function roomAround(around: Around, width: number): number {
  if (!around) return 0;
  return layOutHead(around, width).height + captionHeight(around.caption, width);
}

function captionHeight(caption: string, width: number): number {
  return wrapText(caption, lettersIn(width)).length * LINE + PADDING;
}

function lettersIn(width: number): number {
  return Math.floor((width - 2 * PADDING) / (CAPTION_SIZE * LETTER));
}
