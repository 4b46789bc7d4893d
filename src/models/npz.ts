import { type Following, findActivation } from './activationNames.ts';
import { assemble, type ReadOptions } from './assemble.ts';
import { denseLayers } from './denseLayers.ts';
import { Memory } from './memory.ts';
import { type ModelFile, ModelFileError } from './modelFile.ts';
import { readNpy } from './npy.ts';
import { printName, type Tensor } from './tensors.ts';
import { readZipDirectory, readZipMember } from './zip.ts';

const EXTENSION = /\.npy$/;
/** 0002.dense.A: the number of an operation, its name, and one of its arrays. */
const OPERATION = /^(\d+)\.([a-z]\w*)\.(\w*)$/;
/** What np.savez calls arrays without names. */
const UNNAMED = /^arr_(\d+)$/;

/**
 * A network from an archive of NumPy's arrays, as np.savez and np.savez_compressed write it. Names are W1 and b1, fc1.weight and
 * fc1.bias, coefs_0 and intercepts_0 and the like, or those of a list of operations, 0000.dense.A, 0000.dense.b, 0001.relu._, which
 * names the activations too. Arrays without names are weights and biases in turn.
 *
 * Source: NumPy's manual, numpy.savez; operations: nmwsharp/neural-implicit-queries, src/mlp.py.
 * @throws ModelFileError; InvalidInputError if the options do not fit.
 */
export function readNpz(bytes: Uint8Array, options: ReadOptions = {}): ModelFile {
  const memory = new Memory();
  // What is inflated is dropped as soon as its numbers are read.
  const inflated = new Memory();
  const tensors = readZipDirectory(bytes).map((member) =>
    readNpy(readZipMember(bytes, member, inflated), member.name.replace(EXTENSION, ''), memory),
  );
  return modelOfArrays(tensors, options);
}

/**
 * A network from files of single arrays, e.g. W1.npy and b1.npy.
 * @throws ModelFileError; InvalidInputError if the options do not fit.
 */
export function readNpyFiles(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  options: ReadOptions = {},
): ModelFile {
  const memory = new Memory();
  const tensors = files.map(({ name, bytes }) =>
    readNpy(bytes, name.replace(/^.*\//, '').replace(EXTENSION, ''), memory),
  );
  return modelOfArrays(tensors, options);
}

function modelOfArrays(tensors: readonly Tensor[], options: ReadOptions): ModelFile {
  const notes: string[] = [];
  const isList = tensors.length > 0 && tensors.every(({ name }) => OPERATION.test(name));
  const arrays = isList ? tensors.filter(({ name }) => operationOf(name) === 'dense') : tensors;
  const layers = denseLayers(nameInTurn(arrays), options.transposed, notes);
  const following = isList ? followingOf(tensors, layers.length) : null;
  return assemble(layers, following, options, notes);
}

const operationOf = (name: string) => OPERATION.exec(name)![2]!;

/** What follows each dense layer in a list of operations. */
function followingOf(tensors: readonly Tensor[], count: number): Following[] {
  const operations = new Map<number, string>();
  for (const { name } of tensors) {
    const number = Number(OPERATION.exec(name)![1]);
    const operation = operationOf(name);
    if ((operations.get(number) ?? operation) !== operation) {
      throw new ModelFileError(`${printName(name)}: two operations have the number ${number}`);
    }
    operations.set(number, operation);
  }
  const following: Following[] = [];
  let isAfterDense = false;
  for (const [number, operation] of [...operations].sort(([a], [b]) => a - b)) {
    const activation = findActivation(operation);
    if (operation === 'dense') following.push('identity');
    else if (activation !== null && isAfterDense) following[following.length - 1] = activation;
    else if (operation !== 'squeeze_last' || following.length < count) {
      throw new ModelFileError(
        `operation ${number}, ${printName(operation)}, cannot be read here; dense layers can be, each with one activation after it, and squeeze_last at the end`,
      );
    }
    isAfterDense = operation === 'dense';
  }
  return following;
}

/** Names for arrays without: each matrix is a weight, and the vector after it its bias. */
function nameInTurn(tensors: readonly Tensor[]): readonly Tensor[] {
  if (!tensors.every(({ name }) => UNNAMED.test(name))) return tensors;
  const indexOf = ({ name }: Tensor) => Number(UNNAMED.exec(name)![1]);
  let layer = 0;
  return [...tensors]
    .sort((a, b) => indexOf(a) - indexOf(b))
    .map((tensor) => {
      if (tensor.shape.length !== 2) return { ...tensor, name: `b${layer}` };
      layer += 1;
      return { ...tensor, name: `W${layer}` };
    });
}
