/**
 * Widths of letters in units of the font size, those of Times, which most programs' serif fonts have too.
 *
 * Source: Adobe, "Font Metrics for PostScript Standard 14 Fonts", Times-Roman.
 */
const WIDTHS: readonly (readonly [width: number, letters: string])[] = [
  [0.25, ' \u00a0,.'],
  [0.278, 'ijlt;:'],
  [0.2, '|′'],
  [0.333, 'fIrs()[]-'],
  [0.444, 'acez'],
  [0.556, 'FPS'],
  [0.564, '+−=≤≥<>≈'],
  [0.611, 'ELTZ'],
  [0.667, 'BCR'],
  [0.722, 'ADGHKNOQUVXYw'],
  [0.778, 'm'],
  [0.889, 'M'],
  [0.944, 'W'],
  [0.4, '∘'],
  [0.713, '∑'],
  [1, '→'],
];
/** Digits, and most lower-case letters, Greek ones too. */
const USUAL = 0.5;

export function letterWidth(letter: string): number {
  return WIDTHS.find(([, letters]) => letters.includes(letter))?.[0] ?? USUAL;
}
