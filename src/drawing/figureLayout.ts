import type { Box } from '../overlay/marks.ts';
import type { Formula } from './formula.ts';
import { drawFormula } from './formulaMarkup.ts';

/** What stands around the panels of an exported figure, besides the title. */
export interface FigureTexts {
  readonly question: string;
  readonly formula: Formula;
  readonly caption: string;
}

/** A line of text at its baseline. */
interface TextLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Where the parts of an exported figure lie, in units of its text. */
export interface FigureLayout {
  readonly width: number;
  readonly height: number;
  /** Units of the requested picture per unit of this layout, at most 1: small pictures have small text. */
  readonly shrink: number;
  readonly titleAt: readonly [x: number, y: number];
  readonly question: readonly TextLine[];
  /** Markup, and the place of its top left corner. */
  readonly formula: { readonly markup: string; readonly x: number; readonly y: number };
  /** One box per panel, row by row. */
  readonly cells: readonly Box[];
  readonly caption: readonly TextLine[];
}

/** The minimum size of a panel with axes, numbers and colour bar. */
const CELL_MIN = { width: 400, height: 340 };
/** The default size of a panel: larger if there are few in a row. */
const CELL = { width: 440, height: 372 };
const LARGE_CELL = { width: 600, height: 480 };
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

/** The size of a figure whose panels have enough room, in units of its text. */
export function naturalSize(
  panels: number,
  columns: number,
  texts: FigureTexts,
): { readonly width: number; readonly height: number } {
  const rows = Math.ceil(panels / columns);
  const cell = columns <= FEW_COLUMNS ? LARGE_CELL : CELL;
  const width = columns * cell.width + 2 * PADDING;
  return { width, height: Math.ceil(rows * cell.height + roomAround(texts, width)) };
}

/**
 * Divides a picture of a figure into title, question and formula, panels in rows, and caption. If panels would be too
 * small to be readable, everything is laid out larger, in the same proportions, and scaled down.
 */
export function layoutFigure(
  panels: number,
  columns: number,
  texts: FigureTexts,
  size: { readonly width: number; readonly height: number },
): FigureLayout {
  const rows = Math.ceil(panels / columns);
  let factor = 1;
  for (;;) {
    const [width, height] = [size.width * factor, size.height * factor];
    const cellWidth = (width - 2 * PADDING) / columns;
    const cellHeight = (height - roomAround(texts, width)) / rows;
    if (cellWidth >= CELL_MIN.width && cellHeight >= CELL_MIN.height) {
      const head = layOutHead(texts, width);
      const cells = Array.from({ length: panels }, (_, i) => ({
        x: PADDING + (i % columns) * cellWidth,
        y: head.height + Math.floor(i / columns) * cellHeight,
        width: cellWidth,
        height: cellHeight,
      }));
      const top = height - captionHeight(texts.caption, width);
      return {
        width,
        height,
        shrink: 1 / factor,
        titleAt: [PADDING, PADDING + 16],
        question: head.question,
        formula: head.formula,
        cells,
        caption: linesOf(texts.caption, width, top + CAPTION_SIZE),
      };
    }
    factor *= GROWTH;
  }
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

/** What stands above the panels, below the title. */
function layOutHead({ question, formula }: FigureTexts, width: number) {
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

function roomAround(texts: FigureTexts, width: number): number {
  return layOutHead(texts, width).height + captionHeight(texts.caption, width);
}

function captionHeight(caption: string, width: number): number {
  return wrapText(caption, lettersIn(width)).length * LINE + PADDING;
}

function lettersIn(width: number): number {
  return Math.floor((width - 2 * PADDING) / (CAPTION_SIZE * LETTER));
}
