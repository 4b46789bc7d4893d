import { InvalidInputError } from '../input/invalidInput.ts';
import { Memory } from '../models/memory.ts';
import { ModelFileError } from '../models/modelFile.ts';
import { readArchive } from '../models/points.ts';
import type { NamedFile } from '../models/readModelFile.ts';
import {
  classColumns,
  countLines,
  forEachLine,
  isNumber,
  isNumbered,
  numberOf,
  separatorOf,
  splitLine,
} from '../models/table.ts';
import { listTensors, printName, requireFinite, type Tensor } from '../models/tensors.ts';
import { isZip } from '../models/zip.ts';
import type { DataSpec } from './dataSpec.ts';
import { readDataSpec } from './readDataSpec.ts';

/** What arrays of labels or targets are called. */
const ANSWERS = /^(y|labels?|targets?|class(es)?|digits?)$/i;
/** What stands for no answer, which is no name of a class. */
const MISSING = /^\s*(nan)?\s*$/i;
const CLASSES_MAX = 256;

type Answers = readonly number[] | readonly (readonly number[])[];

/**
 * Points with classes or targets: an .npz archive with an array x [n, d] and an array y, labels, target or class, [n] or [n, K]; or
 * a table of text, in which a column of such a name, or else the last one, holds them. Whole numbers from 0 to 255 are classes, and so are
 * words, in alphabetical order; other numbers are targets.
 *
 * @throws ModelFileError that says what the file holds
 */
export function readDataFile({ name, bytes }: NamedFile): DataSpec {
  try {
    const { x, y } = isZip(bytes) ? fromArchive(bytes) : fromTable(bytes);
    return readDataSpec({ kind: 'points', x, y });
  } catch (error) {
    if (!(error instanceof ModelFileError || error instanceof InvalidInputError)) throw error;
    throw new ModelFileError(`${printName(name)}: ${error.message}`);
  }
}

function fromArchive(bytes: Uint8Array): { x: unknown; y: Answers } {
  const arrays = readArchive(bytes);
  const y = arrays.find((array) => ANSWERS.test(array.name));
  const x = arrays.find(
    ({ name, shape }) => name !== y?.name && shape.length > 1 && shape[0] === y?.shape[0],
  );
  if (!x || !y || y.shape.length > 2) {
    throw new ModelFileError(
      `holds ${listTensors(arrays)}; expected an array x [n, d] and an array y [n] or [n, K]`,
    );
  }
  for (const array of [x, y]) requireFinite(array);
  return { x: rowsOf(x), y: y.shape.length === 2 ? rowsOf(y) : classesOrTargets([...y.values]) };
}

function rowsOf({ shape: [count = 0], values }: Tensor): number[][] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
}

function fromTable(bytes: Uint8Array): { x: number[][]; y: Answers } {
  // Fields are texts until it is known which column is which.
  new Memory().take(bytes.length * Float64Array.BYTES_PER_ELEMENT, 'the table');
  const lines: { readonly fields: readonly string[]; readonly line: number }[] = [];
  let separator: string | null = null;
  forEachLine(bytes, (text, line) => {
    separator ??= separatorOf(text);
    lines.push({ fields: splitLine(text, separator), line });
  });
  const head = lines[0]?.fields ?? [];
  const [named] = classColumns(head);
  const column = named ?? head.length - 1;
  const first = isNumbered(head) ? 1 : 0;
  // A class may be a word, but not an input.
  const isHead = named !== undefined || !head.every((field, i) => i === column || isNumber(field));
  const rows = isHead ? lines.slice(1) : lines;
  if (head.length - first < 2 || rows.length === 0) {
    throw new ModelFileError(
      `${countLines(bytes)} lines without points; expected rows of numbers, the last of each its class`,
    );
  }
  const wrong = rows.find(({ fields }) => fields.length !== head.length);
  if (wrong) {
    throw new ModelFileError(
      `line ${wrong.line} has ${wrong.fields.length} fields, the first one ${head.length}`,
    );
  }
  const x = rows.map(({ fields, line }) =>
    fields
      .filter((_, i) => i >= first && i !== column)
      .map((field) => numberOf(field, separator!, line)),
  );
  const answers = rows.map(({ fields }) => fields[column]!);
  if (!answers.every(isNumber)) {
    const missing = rows[answers.findIndex((answer) => MISSING.test(answer))];
    if (missing) throw new ModelFileError(`line ${missing.line} has no class or target`);
    return { x, y: namedClasses(answers) };
  }
  return {
    x,
    y: classesOrTargets(
      rows.map(({ fields, line }) => numberOf(fields[column]!, separator!, line)),
    ),
  };
}

function namedClasses(names: readonly string[]): number[] {
  const sorted = [...new Set(names)].sort();
  const places = new Map(sorted.map((name, i) => [name, i]));
  return names.map((name) => places.get(name)!);
}

function classesOrTargets(values: readonly number[]): Answers {
  const areClasses = values.every(
    (value) => Number.isInteger(value) && value >= 0 && value < CLASSES_MAX,
  );
  return areClasses ? values : values.map((value) => [value]);
}
