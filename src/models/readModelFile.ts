import { type ReadOptions, UNUSED_ACTIVATIONS } from './assemble.ts';
import { isJson, readJson } from './json.ts';
import { type ModelFile, ModelFileError } from './modelFile.ts';
import { isNnet, readNnet } from './nnet.ts';
import { isNpy } from './npy.ts';
import { readNpyFiles, readNpz } from './npz.ts';
import { isOnnx } from './onnx/graph.ts';
import { readOnnx } from './onnx/readOnnx.ts';
import { isSafetensors, readSafetensors } from './safetensors.ts';
import { printName } from './tensors.ts';
import { describeUnknown } from './unknown.ts';
import { isUnreadable, refuseUnreadable } from './unreadable.ts';
import { isZip } from './zip.ts';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface ModelFormat {
  readonly label: string;
  /** By the file's content; its name may be anything. */
  recognises(bytes: Uint8Array): boolean;
  /** Whether some of the network's numbers may be in other files. */
  readonly hasExternalData?: boolean;
  /** @param others files that came with it; none unless `hasExternalData`. */
  read(bytes: Uint8Array, options: ReadOptions, others: readonly NamedFile[]): ModelFile;
}

/** The first that recognises a file reads it. */
const MODEL_FORMATS: readonly ModelFormat[] = [
  { label: 'npz', recognises: isZip, read: readNpz },
  { label: 'safetensors', recognises: isSafetensors, read: readSafetensors },
  { label: 'JSON', recognises: isJson, read: readJson },
  {
    label: 'ONNX',
    hasExternalData: true,
    recognises: isOnnx,
    read: (bytes, { activations }, others) => {
      const model = readOnnx(bytes, new Map(others.map((file) => [file.name, file.bytes])));
      return activations === undefined
        ? model
        : { ...model, notes: [...model.notes, UNUSED_ACTIVATIONS] };
    },
  },
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
  if (files.length > 0 && files.every(({ bytes }) => isNpy(bytes))) {
    return withName(listNames(files), () => readNpyFiles(files, options));
  }
  const models = files.filter(({ bytes }) => formatOf(bytes) !== undefined);
  const [model] = models;
  return withName(listNames(model === undefined ? files : models), () => {
    for (const { bytes, name } of model === undefined ? files : models)
      refuseUnreadable(bytes, name);
    const format = model && formatOf(model.bytes);
    if (format === undefined) {
      const found = files.length === 1 ? `: ${describeUnknown(files[0]!.bytes)}` : '';
      throw new ModelFileError(`no known format${found}; ${CAN_BE_READ}`);
    }
    if (models.length > 1) throw new ModelFileError('each is a network; one can be read at a time');
    const others = files.filter((file) => file !== model);
    if (others.length > 0 && format.hasExternalData !== true) {
      throw new ModelFileError(
        `${format.label} is a network by itself, but ${listNames(others)} came with it`,
      );
    }
    return format.read(model!.bytes, options, others);
  });
}

/**
 * Files that came together, by the networks that they make: each is one by itself, but .npy files are the arrays of one, and files
 * without a known format may hold the weights of those that have some elsewhere.
 */
export function groupModelFiles(files: readonly NamedFile[]): readonly (readonly NamedFile[])[] {
  const arrays = files.filter(({ bytes }) => isNpy(bytes));
  const others = files.filter((file) => !arrays.includes(file));
  const takesData = ({ bytes }: NamedFile) => formatOf(bytes)?.hasExternalData === true;
  const data = others.some(takesData)
    ? others.filter((file) => formatOf(file.bytes) === undefined && !isUnreadable(file))
    : [];
  return [
    ...(arrays.length > 0 ? [arrays] : []),
    ...others
      .filter((file) => !data.includes(file))
      .map((file) => (takesData(file) ? [file, ...data] : [file])),
  ];
}

const CAN_BE_READ = `can be read: ${MODEL_FORMATS.map(({ label }) => label).join(', ')} and npy`;

function formatOf(bytes: Uint8Array): ModelFormat | undefined {
  return MODEL_FORMATS.find(({ recognises }) => recognises(bytes));
}

function listNames(files: readonly NamedFile[]): string {
  return files.map(({ name }) => printName(name)).join(', ');
}

/** Errors with the files' names before them. */
function withName(names: string, read: () => ModelFile): ModelFile {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error;
    throw new ModelFileError(names === '' ? error.message : `${names}: ${error.message}`);
  }
}
