import { InvalidInputError } from '../../input/invalidInput.ts';
import { readBoolean, readObject, rejectUnknownKeys } from '../../input/plainJson.ts';
import type { ModelOptions } from '../../models/readModel.ts';
import type { NamedFile } from '../../models/readModelFile.ts';

/** A file of a model, as scripts and people give it. */
export type ModelBytes = Uint8Array | ArrayBuffer | Blob;

/** Together; no network that can be shown needs more. */
const BYTES_MAX = 2 ** 28;
/** Of bytes that come without a name. */
const NAMELESS = 'network';

/** @throws InvalidInputError for anything but bytes, files, or a list of them, and for too many bytes */
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
  const total = sources.reduce((sum, source) => sum + sizeOf(source), 0);
  if (total > BYTES_MAX) {
    throw new InvalidInputError('files', `${total} bytes`, `at most ${BYTES_MAX} bytes`);
  }
  return Promise.all(sources.map(readOne));
}

function sizeOf(source: ModelBytes): number {
  return source instanceof Blob ? source.size : source.byteLength;
}

async function readOne(source: ModelBytes): Promise<NamedFile> {
  const name = source instanceof File ? source.name : NAMELESS;
  if (source instanceof Uint8Array) return { name, bytes: source };
  const buffer = source instanceof Blob ? await source.arrayBuffer() : source;
  return { name, bytes: new Uint8Array(buffer) };
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
