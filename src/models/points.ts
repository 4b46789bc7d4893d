import type { OnShare } from '../numeric/principalDirections.ts';
import { Memory } from './memory.ts';
import { ModelFileError } from './modelFile.ts';
import { isNpy, readNpy } from './npy.ts';
import type { Numbers } from './numberTypes.ts';
import type { NamedFile } from './readModelFile.ts';
import {
  classColumns,
  countLines,
  forEachLine,
  isNumber,
  isNumbered,
  numberOf,
  readPlainLine,
  separatorOf,
  splitLine,
} from './table.ts';
import { listTensors, printName, requireFinite, type Tensor } from './tensors.ts';
import { isZip, readZipDirectory, readZipMember } from './zip.ts';

/** Points of an input space, from a file. */
export interface Points {
  readonly rows: number;
  /** d */
  readonly columns: number;
  /** [rows, columns], row-major, finite. */
  readonly values: Numbers;
}

const TABLE_NAME = /\.(csv|tsv|txt|dat)$/i;

/** Whether a file can hold points and no network: a table of text, or a single array. */
export function isPoints({ name, bytes }: NamedFile): boolean {
  return TABLE_NAME.test(name) || isNpy(bytes);
}

/** Whether a file can hold points or a network. */
export function isArchive({ bytes }: NamedFile): boolean {
  return isZip(bytes);
}

/**
 * Points of `columns` numbers each: the array of a .npy file, an array of an .npz archive, or a table of text (`readTable`).
 * Images [n, height, width] become rows. Of several arrays that fit, the first by name that begins with x, data or points is
 * taken, or else the first.
 *
 * @param onProgress called with the share of a table that is read; the other formats take less than a second
 * @throws ModelFileError that says what the file holds
 */
export function readPoints(
  file: NamedFile,
  columns: number,
  onProgress: OnShare = () => undefined,
): Points {
  try {
    return pointsOf(file, columns, onProgress);
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error;
    throw new ModelFileError(`${printName(file.name)}: ${error.message}`);
  }
}

function pointsOf({ name, bytes }: NamedFile, columns: number, onProgress: OnShare): Points {
  if (isNpy(bytes)) return pick([readNpy(bytes, 'the array', new Memory())], columns);
  if (isZip(bytes)) return pick(readArchive(bytes), columns);
  if (TABLE_NAME.test(name)) return readTable(bytes, columns, onProgress);
  throw new ModelFileError('no points; they can be read from .npy, .npz, .csv and .txt files');
}

/** The arrays of an .npz archive. */
export function readArchive(bytes: Uint8Array): Tensor[] {
  const memory = new Memory();
  const inflated = new Memory();
  return readZipDirectory(bytes).map((member) =>
    readNpy(readZipMember(bytes, member, inflated), member.name.replace(/\.npy$/, ''), memory),
  );
}

const PREFERRED = /^(x|data|points)/i;

function pick(arrays: readonly Tensor[], columns: number): Points {
  const fitting = arrays.filter(({ shape }) => shape.length > 1 && widthOf(shape) === columns);
  const chosen = fitting.find(({ name }) => PREFERRED.test(name)) ?? fitting[0];
  if (chosen === undefined) {
    throw new ModelFileError(
      `holds ${listTensors(arrays)}, but the network has ${inputs(columns)}; expected an array [n, ${columns}]`,
    );
  }
  requireFinite(chosen);
  return { rows: chosen.shape[0]!, columns, values: chosen.values };
}

/** Of a row: all sides but the first. */
function widthOf([, ...sides]: readonly number[]): number {
  return sides.reduce((product, side) => product * side, 1);
}

const inputs = (count: number) => `${count} ${count === 1 ? 'input' : 'inputs'}`;

/**
 * A table of numbers as spreadsheets and numpy.savetxt write it: a row in each line, with commas, semicolons, tabs or blanks
 * between its numbers, and a decimal comma only beside semicolons. A first line may name the columns; one that it names label,
 * class, target or y, or the first if it has no name, is left out if there is one too many. Lines that begin with # are comments.
 *
 * @throws ModelFileError that names the line
 */
function readTable(bytes: Uint8Array, columns: number, onProgress: OnShare): Points {
  const most = countLines(bytes);
  new Memory().take(most * columns * Float64Array.BYTES_PER_ELEMENT, 'the table');
  const values = new Float64Array(most * columns);
  let layout: Layout | null = null;
  let plain = new Float64Array(columns);
  let rows = 0;
  forEachLine(bytes, (text, line, share) => {
    onProgress(share);
    if (layout === null) {
      layout = layoutOf(text, columns, line);
      plain = new Float64Array(columns + Number(layout.left !== null));
    }
    const { separator, headLine, left } = layout;
    if (headLine === line) return;
    const row = values.subarray(rows * columns, (rows + 1) * columns);
    if (readPlainLine(text, separator, plain)) {
      row.set(plain.subarray(0, left ?? columns));
      if (left !== null) row.set(plain.subarray(left + 1), left);
    } else {
      const fields = splitLine(text, separator);
      if (left !== null && fields.length === columns + 1) fields.splice(left, 1);
      requireWidth(fields.length, columns, line);
      fields.forEach((field, j) => {
        row[j] = numberOf(field, separator, line);
      });
    }
    rows += 1;
  });
  if (rows === 0) throw new ModelFileError('holds no numbers');
  return { rows, columns, values: values.subarray(0, rows * columns) };
}

/** What the first line says of a table. */
interface Layout {
  readonly separator: string;
  /** The line that names the columns; null if none does. */
  readonly headLine: number | null;
  /** A column that is left out; null if none is. */
  readonly left: number | null;
}

function layoutOf(text: string, columns: number, line: number): Layout {
  const separator = separatorOf(text);
  const fields = splitLine(text, separator);
  const isHead = !fields.every(isNumber);
  const left = isHead && fields.length === columns + 1 ? columnLeft(fields) : null;
  return { separator, headLine: isHead ? line : null, left };
}

/** The only column of classes, or of the rows' numbers. */
function columnLeft(names: readonly string[]): number | null {
  const found = [...classColumns(names), ...(isNumbered(names) ? [0] : [])];
  return found.length === 1 ? found[0]! : null;
}

function requireWidth(received: number, columns: number, line: number): void {
  if (received === columns) return;
  const numbers = `${received} ${received === 1 ? 'number' : 'numbers'}`;
  throw new ModelFileError(
    `line ${line} has ${numbers}, but the network has ${inputs(columns)}; a column of classes is left out if the first line names it label`,
  );
}
