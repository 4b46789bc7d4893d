import { naturalSize } from '../drawing/figureLayout.ts';
import { assertSides, SCALE_MAX, SIDE_MAX } from '../drawing/pictureLayout.ts';
import type { ShownPanels } from '../figures/shownFigure.ts';
import { InvalidInputError } from '../input/invalidInput.ts';

/** The size of an exported picture, axes and colour bars included. */
export interface PictureSize {
  /** In units of the text: a title has 16, a label 12. */
  readonly width: number;
  readonly height: number;
  /** Pixels per unit, 1 to 16. */
  readonly scale: number;
}

export const FIRST_SCALE = 2;

/** The size of a picture of these panels: by default one that gives them enough room. */
export function pictureSize(shown: ShownPanels, size: Partial<PictureSize> = {}): PictureSize {
  const { panels, columns, around } = shown;
  return { ...naturalSize(panels.length, columns, around), scale: FIRST_SCALE, ...size };
}

/** @throws InvalidInputError */
export function assertSize({ width, height, scale }: PictureSize): void {
  if (!(Number.isInteger(scale) && scale >= 1 && scale <= SCALE_MAX)) {
    throw new InvalidInputError('scale', scale, `a whole number from 1 to ${SCALE_MAX}`);
  }
  assertSides(width, height);
  if (Math.max(width, height) * scale > SIDE_MAX) {
    const received = `${width * scale} × ${height * scale} px`;
    throw new InvalidInputError('width × scale', received, `sides of at most ${SIDE_MAX} px`);
  }
}
