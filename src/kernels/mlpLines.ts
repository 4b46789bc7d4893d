import { neuronKey } from '../model/pattern.ts';
import { range, sum } from './fieldCode.ts';
import { FAMILIES, type NetworkShape, shiftOf } from './mlpFamilies.ts';

/** h{layer − 1}_{j}, the input j of a layer; x and y for the first. */
export function inputOf(layer: number, j: number): string {
  return layer === 0 ? ['x', 'y'][j]! : `h${layer - 1}_${j}`;
}

/** The inputs that neuron i of a layer reads; the output layer is the last. */
export function inputsOf(
  { hidden, isOneToOne }: NetworkShape,
  layer: number,
  i: number,
): readonly number[] {
  if (isOneToOne[layer]) return [i];
  return range(layer === 0 ? 2 : hidden[layer - 1]!);
}

/** The neurons of a layer that read input j. */
export function readersOf(
  { hidden, isOneToOne }: NetworkShape,
  layer: number,
  j: number,
): readonly number[] {
  return isOneToOne[layer] ? [j] : range(hidden[layer]!);
}

/** The input of neuron i of a layer: Σ_j w_ij · input_j. */
export function product(
  shape: NetworkShape,
  layer: number,
  i: number,
  input: (j: number) => string,
): string {
  return sum(inputsOf(shape, layer, i).map((j) => `w${layer}_${i}_${j} * ${input(j)}`));
}

/**
 * The pre-activation of neuron i at the middle of a tile, and its slopes, from those of the previous layer
 * (v, va, vb): there the network is affine.
 */
export function tilePreActivation(
  shape: NetworkShape,
  layer: number,
  i: number,
): { readonly c: string; readonly a: string; readonly b: string } {
  const id = `${layer}_${i}`;
  const shift = shiftOf(shape, layer, i);
  if (layer === 0) {
    return { c: `w${id}_0 * tileX + (w${id}_1 * tileY${shift})`, a: `w${id}_0`, b: `w${id}_1` };
  }
  const taken = (name: string) => product(shape, layer, i, (j) => `${name}${layer - 1}_${j}`);
  return { c: `${taken('v')}${shift}`, a: taken('va'), b: taken('vb') };
}

/** The keys of the neurons that are on, of four samples (`z`, vec4) or one (`c`, scalar). */
export function regionOf(
  { hidden, family }: NetworkShape,
  name: string,
  form: 'vec4' | 'scalar',
): string {
  const keys: string[] = [];
  const { isSigned } = FAMILIES[family];
  const [type, bits] = form === 'vec4' ? ['vec4f', 'vec4u'] : ['f32', 'u32'];
  let neuron = 0;
  hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      const height = isSigned ? `sign${id} * ${name}${id}` : `${name}${id}`;
      const zero = isSigned ? `sign${id} * floor${id}` : `floor${id}`;
      const key = `${bits}(${neuronKey(neuron)}u)`;
      keys.push(`select(${bits}(0u), ${key}, ${height} > ${type}(${zero}))`);
      neuron += 1;
    }
  });
  return keys.length === 0 ? `${bits}(0u)` : keys.join(' ^ ');
}
