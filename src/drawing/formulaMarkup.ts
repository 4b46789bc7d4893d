import type { Formula, FormulaPart } from './formula.ts';
import { letterWidth } from './letterWidths.ts';
import { element, escapeMarkup } from './svgMarkup.ts';

/**
 * Typesets formulas as SVG text. Programs that show the drawing have other fonts, so every run of letters is
 * given the width that is planned for it.
 */

/** A part laid out, in units of the drawing, about its baseline. */
interface Box {
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
  /** Its markup with its left end at x, its baseline at y. */
  draw(x: number, y: number): string;
}

export interface DrawnFormula {
  readonly height: number;
  /** From its top left corner. */
  readonly markup: string;
}

const FONT = "'STIX Two Text', 'Times New Roman', 'Liberation Serif', 'DejaVu Serif', serif";
/** Fractions of the font size. */
const ASCENT = 0.75;
const DESCENT = 0.25;
/** The middle of signs, and so of the line of a fraction, above the baseline. */
const AXIS = 0.27;
const RULE = 0.05;
const SCRIPT = 0.7;
const SCRIPT_MIN = 9;
const RAISE = 0.38;
const LOWER = 0.2;
const LINE_GAP = 0.5;
const LARGE = { '∑': 1.5 } as Readonly<Record<string, number>>;
/** Distances on both sides of signs between two parts. */
const SIGN_GAPS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['=', '≤', '≈', '→'].map((sign) => [sign, 0.28])),
  ...Object.fromEntries(['+', '−', '∘'].map((sign) => [sign, 0.22])),
};
/** And after these. */
const AFTER: Readonly<Record<string, number>> = { ',': 0.17, ';': 0.22, '∑': 0.17 };

/** A formula in lines of at most this width, broken where it may be. */
export function drawFormula(formula: Formula, size: number, maxWidth: number): DrawnFormula {
  const lines = formula.flatMap((pieces) => flow(pieces, size, maxWidth));
  let height = 0;
  const markup = lines.map((line, i) => {
    height += line.ascent + (i > 0 ? LINE_GAP * size : 0);
    const drawn = line.draw(0, height);
    height += line.descent;
    return drawn;
  });
  return { height, markup: element('g', { 'font-family': FONT }, markup.join('')) };
}

/** The pieces in as few lines as hold them. */
function flow(pieces: readonly FormulaPart[], size: number, maxWidth: number): Box[] {
  const lines: Box[][] = [];
  let room = 0;
  for (const [i, piece] of pieces.entries()) {
    const box = boxOf(piece, size, i > 0);
    if (lines.length === 0 || box.width > room) {
      lines.push([]);
      room = maxWidth;
    }
    lines.at(-1)!.push(box);
    room -= box.width;
  }
  return lines.map(beside);
}

/** @param follows whether another part stands before it on the line */
function boxOf(part: FormulaPart, size: number, follows = false): Box {
  switch (part.kind) {
    case 'mspace':
      return { width: part.em * size, ascent: 0, descent: 0, draw: () => '' };
    case 'mi':
      return letters(part.text, size, [...part.text].length === 1);
    case 'mn':
    case 'mtext':
      return letters(part.text, size, false);
    case 'mo':
      return signBox(part.text, size, follows);
    case 'mrow':
      return beside(
        part.parts.map((inner, i) => {
          const before = part.parts[i - 1];
          const isOpen = i > 0 && before?.kind === 'mo' && !')|'.includes(before.text);
          return boxOf(inner, size, i === 0 ? follows : !isOpen);
        }),
      );
    case 'mfrac':
      return fraction(part.parts.map((inner) => boxOf(inner, size)) as [Box, Box], size);
    case 'munder':
      return stacked(part.parts[0]!, part.parts[1]!, size);
    default:
      return scripted(part.parts[0]!, part.parts[1]!, size, part.kind === 'msup');
  }
}

function letters(text: string, size: number, italic: boolean): Box {
  const glyphs = [...text];
  const width = glyphs.reduce((sum, glyph) => sum + letterWidth(glyph), 0) * size;
  const look = {
    'font-size': size,
    ...(italic ? { 'font-style': 'italic' } : {}),
    // One letter has its middle where it is planned; several have their ends.
    ...(glyphs.length > 1 ? { textLength: width } : { 'text-anchor': 'middle' }),
  };
  const offset = glyphs.length > 1 ? 0 : width / 2;
  return {
    width,
    ascent: ASCENT * size,
    descent: DESCENT * size,
    draw: (x, y) => element('text', { x: x + offset, y, ...look }, escapeMarkup(text)),
  };
}

function signBox(sign: string, size: number, follows: boolean): Box {
  // The sign of applying a function is invisible.
  if (sign === '\u2061') return { width: 0, ascent: 0, descent: 0, draw: () => '' };
  const enlarged = LARGE[sign] ?? 1;
  const glyph = letters(sign, size * enlarged, false);
  const around = follows ? (SIGN_GAPS[sign] ?? 0) * size : 0;
  const drop = ((enlarged - 1) * size) / 4;
  return {
    width: glyph.width + 2 * around + (AFTER[sign] ?? 0) * size,
    ascent: glyph.ascent - drop,
    descent: glyph.descent + drop,
    draw: (x, y) => glyph.draw(x + around, y + drop),
  };
}

function beside(boxes: readonly Box[]): Box {
  return {
    width: boxes.reduce((sum, { width }) => sum + width, 0),
    ascent: Math.max(0, ...boxes.map(({ ascent }) => ascent)),
    descent: Math.max(0, ...boxes.map(({ descent }) => descent)),
    draw: (x, y) => {
      let left = x;
      const drawn = boxes.map((box) => {
        const markup = box.draw(left, y);
        left += box.width;
        return markup;
      });
      return drawn.join('');
    },
  };
}

function fraction([over, below]: [Box, Box], size: number): Box {
  const gap = 2 * RULE * size;
  const inner = Math.max(over.width, below.width) + 0.2 * size;
  const side = 0.08 * size;
  return {
    width: inner + 2 * side,
    ascent: AXIS * size + gap + over.descent + over.ascent,
    descent: -AXIS * size + gap + below.ascent + below.descent,
    draw: (x, y) => {
      const axis = y - AXIS * size;
      const left = x + side;
      const rule = { x: left, y: axis - (RULE * size) / 2, width: inner, height: RULE * size };
      return [
        over.draw(left + (inner - over.width) / 2, axis - gap - over.descent),
        element('rect', rule),
        below.draw(left + (inner - below.width) / 2, axis + gap + below.ascent),
      ].join('');
    },
  };
}

function stacked(base: FormulaPart, limit: FormulaPart, size: number): Box {
  const upper = boxOf(base, size);
  const lower = boxOf(limit, scriptSize(size));
  const width = Math.max(upper.width, lower.width);
  const drop = upper.descent + lower.ascent;
  return {
    width: width + 0.1 * size,
    ascent: upper.ascent,
    descent: drop + lower.descent,
    draw: (x, y) =>
      upper.draw(x + (width - upper.width) / 2, y) +
      lower.draw(x + (width - lower.width) / 2, y + drop),
  };
}

function scripted(base: FormulaPart, script: FormulaPart, size: number, isRaised: boolean): Box {
  const main = boxOf(base, size);
  // A prime is small and raised as it is.
  const isPrime = script.kind === 'mo' && script.text === '′';
  const small = boxOf(script, isPrime ? size : scriptSize(size));
  const shift = isPrime ? 0 : (isRaised ? -RAISE : LOWER) * size;
  return {
    width: main.width + small.width + 0.06 * size,
    ascent: Math.max(main.ascent, small.ascent - shift),
    descent: Math.max(main.descent, small.descent + shift),
    draw: (x, y) => main.draw(x, y) + small.draw(x + main.width + 0.03 * size, y + shift),
  };
}

function scriptSize(size: number): number {
  return Math.max(SCRIPT_MIN, SCRIPT * size);
}
