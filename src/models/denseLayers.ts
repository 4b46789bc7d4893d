import { ModelFileError } from './modelFile.ts';
import type { Numbers } from './numberTypes.ts';
import { pairTensors, type WeightAndBias } from './pairTensors.ts';
import { compareNumbers } from './tensorNames.ts';
import { printName, printTensor, type Tensor, transpose } from './tensors.ts';

/** An affine layer before its activation is known. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs], row-major. */
  readonly weight: Numbers;
  /** [outputs] */
  readonly bias: Numbers;
}

/** Orders that are tried until one fits; names without numbers only could have very many. */
const STEPS_MAX = 10_000;

/**
 * The chain of dense layers that arrays of a file make. Names say what is a weight and what is a bias. Layers whose
 * names differ by numbers only are in the order of these; otherwise the shapes must leave a single order. The shapes also say
 * whether weights are [outputs, inputs] or [inputs, outputs], all of a file alike.
 *
 * @param transposed whether weights are [inputs, outputs]; undefined if the shapes, then the names, shall say it.
 * @param notes gets sentences about what was guessed or left out.
 * @throws ModelFileError
 */
export function denseLayers(
  tensors: readonly Tensor[],
  transposed: boolean | undefined,
  notes: string[],
): DenseLayer[] {
  const pairs = pairTensors(tensors, notes);
  const possible = (transposed === undefined ? [false, true] : [transposed])
    .map((isTransposed) => ({ isTransposed, chains: findChains(pairs, isTransposed) }))
    .filter(({ chains }) => chains.length > 0);
  if (possible.length === 0) throw refuseShapes(pairs, transposed);
  const byName = pairs.some(({ isInputsFirst }) => isInputsFirst);
  const { isTransposed, chains } =
    possible.find((choice) => choice.isTransposed === byName) ?? possible[0]!;
  if (possible.length > 1) notes.push(orientationNote(isTransposed));
  if (chains.length > 1) throw refuseOrder(pairs);
  const chain = chains[0]!;
  if (new Set(chain.map(({ words }) => words)).size > 1) {
    const names = chain.map(({ weight }) => printName(weight.name)).join(', ');
    notes.push(`The order of the layers follows from their shapes: ${names}.`);
  }
  return chain.map((pair) => layerOf(pair, isTransposed));
}

/** The note for weights whose shapes fit either way. */
export function orientationNote(isTransposed: boolean): string {
  const taken = isTransposed ? '[inputs, outputs]' : '[outputs, inputs]';
  return `The shapes do not show whether weights are [outputs, inputs] or [inputs, outputs]; they were read as ${taken}.`;
}

function layerOf({ weight, bias }: WeightAndBias, isTransposed: boolean): DenseLayer {
  const [rows, columns] = weight.shape as [number, number];
  const outputs = isTransposed ? columns : rows;
  return {
    inputs: isTransposed ? rows : columns,
    outputs,
    weight: isTransposed ? transpose(weight.values, rows, columns) : weight.values,
    bias: bias?.values ?? new Float32Array(outputs),
  };
}

/** Orders in which all shapes fit; two at most, since the caller wants a single one. */
function findChains(pairs: readonly WeightAndBias[], isTransposed: boolean): WeightAndBias[][] {
  const inputsOf = ({ weight }: WeightAndBias) => weight.shape[isTransposed ? 0 : 1]!;
  const outputsOf = ({ weight }: WeightAndBias) => weight.shape[isTransposed ? 1 : 0]!;
  const fits = pairs.every((pair) => pair.bias === null || pair.bias.shape[0] === outputsOf(pair));
  if (!fits) return [];
  const groups = [...new Set(pairs.map(({ words }) => words))].map((words) =>
    pairs
      .filter((pair) => pair.words === words)
      .sort((a, b) => compareNumbers(a.numbers, b.numbers)),
  );
  const used = groups.map(() => 0);
  const chain: WeightAndBias[] = [];
  const found: WeightAndBias[][] = [];
  let steps = 0;
  const extend = (): void => {
    if (chain.length === pairs.length) found.push([...chain]);
    for (let g = 0; g < groups.length && found.length < 2; g += 1) {
      const next = groups[g]![used[g]!];
      const last = chain.at(-1);
      if (next === undefined) continue;
      if (last !== undefined && inputsOf(next) !== outputsOf(last)) continue;
      steps += 1;
      if (steps > STEPS_MAX) throw refuseOrder(pairs);
      chain.push(next);
      used[g]! += 1;
      extend();
      used[g]! -= 1;
      chain.pop();
    }
  };
  extend();
  return found;
}

function listed(pairs: readonly WeightAndBias[]): string {
  return pairs
    .slice(0, 20)
    .map(({ weight, bias }) =>
      (bias === null ? [weight] : [weight, bias]).map(printTensor).join(' and '),
    )
    .join(', ');
}

function refuseOrder(pairs: readonly WeightAndBias[]): ModelFileError {
  return new ModelFileError(
    `several orders of the layers fit their shapes: ${listed(pairs)}; name them with numbers`,
  );
}

function refuseShapes(
  pairs: readonly WeightAndBias[],
  transposed: boolean | undefined,
): ModelFileError {
  const read =
    transposed === undefined ? '' : ` as [${transposed ? 'inputs, outputs' : 'outputs, inputs'}]`;
  return new ModelFileError(`the layers do not follow each other${read}: ${listed(pairs)}`);
}
