import type { ReadOptions } from './assemble.ts';
import { isJson, readJson } from './json.ts';
import { type ModelFile, ModelFileError } from './modelFile.ts';
import { isNnet, readNnet } from './nnet.ts';
import { isNpy } from './npy.ts';
import { readNpyFiles, readNpz } from './npz.ts';
import { isSafetensors, readSafetensors } from './safetensors.ts';
import { printName } from './tensors.ts';
import { refuseUnreadable } from './unreadable.ts';
import { isZip } from './zip.ts';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface ModelFormat {
  readonly label: string;
  /** By the file's content; its name may be anything. */
  recognises(bytes: Uint8Array): boolean;
  read(bytes: Uint8Array, options: ReadOptions): ModelFile;
}

/** The first that recognises a file reads it. */
const MODEL_FORMATS: readonly ModelFormat[] = [
  { label: 'npz', recognises: isZip, read: readNpz },
  { label: 'safetensors', recognises: isSafetensors, read: readSafetensors },
  { label: 'JSON', recognises: isJson, read: readJson },
  { label: 'nnet', recognises: isNnet, read: readNnet },
];

/**
 * The network of a file, in whatever format it is; or of several .npy files that hold an array each. Nothing is run and nothing is
 * fetched. What a file does not say is guessed, and `notes` say what was.
 *
 * @throws ModelFileError that names the file, the part that is wrong and what can be read; InvalidInputError if the options do
 *   not fit.
 */
export function readModelFile(files: readonly NamedFile[], options: ReadOptions = {}): ModelFile {
  const [file, ...others] = files;
  if (file === undefined) throw new ModelFileError('no file');
  if (files.every(({ bytes }) => isNpy(bytes))) {
    return withName(files.map(({ name }) => name).join(', '), () => readNpyFiles(files, options));
  }
  return withName(file.name, () => {
    refuseUnreadable(file.bytes, file.name);
    const format = MODEL_FORMATS.find(({ recognises }) => recognises(file.bytes));
    if (format === undefined) {
      const labels = MODEL_FORMATS.map(({ label }) => label).join(', ');
      throw new ModelFileError(`no known format; can be read: ${labels} and npy`);
    }
    if (others.length > 0) {
      const names = others.map(({ name }) => printName(name)).join(', ');
      throw new ModelFileError(`${format.label} is a network by itself, but ${names} came with it`);
    }
    return format.read(file.bytes, options);
  });
}

/** Errors with the name of the file before them. */
function withName(name: string, read: () => ModelFile): ModelFile {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error;
    throw new ModelFileError(`${printName(name)}: ${error.message}`);
  }
}
