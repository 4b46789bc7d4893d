import { isPng, readPngState } from '../../formats/pngMetadata.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import type { Sheet } from '../../state/sheet.ts';
import { decodeSheet } from '../../state/sheetUrl.ts';

/** The name of a picture's text in messages. */
export const PICTURE_SOURCE = 'The state in this PNG';

/** The page saves no larger picture. */
const BYTES_MAX = 2 ** 30;
/** Enough to recognise a PNG. */
const SIGNATURE_BYTES = 64;

/** Whether a file begins as a PNG does. */
export async function isPicture(file: File): Promise<boolean> {
  try {
    return isPng(new Uint8Array(await file.slice(0, SIGNATURE_BYTES).arrayBuffer()));
  } catch {
    // A folder, for one; whoever reads the file says so.
    return false;
  }
}

/**
 * The content of an exported PNG: panels, or a figure, as links encode it.
 *
 * @throws InvalidInputError or Error with a sentence that says what is wrong with the file
 */
export async function readPicture(file: File): Promise<string> {
  if (file.size > BYTES_MAX) {
    throw new InvalidInputError(file.name, `${file.size} bytes`, `at most ${BYTES_MAX} bytes`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isPng(bytes)) throw new Error('This is not a PNG. Choose a PNG that Reluscope saved.');
  const text = readPngState(bytes);
  if (text === null) {
    throw new Error('This PNG was not saved by Reluscope, or its metadata has been removed.');
  }
  return text;
}

/** What a saved page of panels shows. @throws Error with a sentence that says what is wrong with its text */
export function readPictureSheet(text: string): Sheet {
  const { sheet, problem } = decodeSheet(text, PICTURE_SOURCE);
  if (problem !== null) throw new Error(problem);
  return sheet;
}
