import { InvalidInputError } from '../../input/invalidInput.ts';
import { readBoolean, readObject, rejectUnknownKeys } from '../../input/plainJson.ts';
import { ModelFileError } from '../../models/modelFile.ts';
import type { ModelOptions } from '../../models/readModel.ts';
import type { NamedFile } from '../../models/readModelFile.ts';
import { printName } from '../../models/tensors.ts';

/** A file of a model, as scripts and people give it. */
export type ModelBytes = Uint8Array | ArrayBuffer | Blob;

/** Together; no network that can be shown needs more. */
const BYTES_MAX = 2 ** 28;
/** Of bytes that come without a name. */
const NAMELESS = 'network';

/**
 * @throws InvalidInputError for anything but bytes, files, or a list of them, and for too many bytes; ModelFileError for a folder,
 *   and for a file that cannot be read
 */
export async function readModelInput(input: unknown): Promise<NamedFile[]> {
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (list.length === 0) throw new InvalidInputError('files', input, 'at least one file');
  const sources = list.map((source, i) => {
    if (source instanceof Blob || source instanceof Uint8Array || source instanceof ArrayBuffer) {
      return source;
    }
    const path = Array.isArray(input) ? `files[${i}]` : 'file';
    throw new InvalidInputError(path, source, 'a File, a Uint8Array or an ArrayBuffer');
  });
  requireSmall(sources);
  return Promise.all(sources.map(readOne));
}

/**
 * Those of the files that can be read.
 * @param attempt gives null for a promise that rejects, and tells why
 * @throws InvalidInputError for too many bytes
 */
export async function readEachFile(
  files: readonly File[],
  attempt: (reading: Promise<NamedFile>) => Promise<NamedFile | null>,
): Promise<NamedFile[]> {
  requireSmall(files);
  const read = await Promise.all(files.map((file) => attempt(readOne(file))));
  return read.filter((file) => file !== null);
}

function requireSmall(sources: readonly ModelBytes[]): void {
  const total = sources.reduce((sum, source) => sum + sizeOf(source), 0);
  if (total > BYTES_MAX) {
    throw new InvalidInputError('files', `${total} bytes`, `at most ${BYTES_MAX} bytes`);
  }
}

function sizeOf(source: ModelBytes): number {
  return source instanceof Blob ? source.size : source.byteLength;
}

async function readOne(source: ModelBytes): Promise<NamedFile> {
  const name = source instanceof File ? source.name : NAMELESS;
  if (source instanceof Uint8Array) return { name, bytes: source };
  const buffer = source instanceof Blob ? await bytesOf(source, name) : source;
  return { name, bytes: new Uint8Array(buffer) };
}

/** A folder that is dropped comes as a file without bytes; a file may be moved or changed meanwhile. */
async function bytesOf(source: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await source.arrayBuffer();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new ModelFileError(
      `${printName(name)} cannot be read: ${error.message} Files can be read, not a folder of them.`,
    );
  }
}

/** @throws InvalidInputError; the reader checks the activations. */
export function readModelOptions(input: unknown): ModelOptions {
  const given = readObject(input, 'options', '{name?, activations?, transposed?}');
  rejectUnknownKeys(given, ['name', 'activations', 'transposed'], 'options', 'models.add');
  const { name, transposed } = given;
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '')) {
    throw new InvalidInputError('options.name', name, 'a text');
  }
  const activations = given.activations as ModelOptions['activations'];
  return {
    ...(name === undefined ? {} : { name }),
    ...(activations === undefined ? {} : { activations }),
    ...(transposed === undefined
      ? {}
      : { transposed: readBoolean(transposed, 'options.transposed') }),
  };
}
