import type { FullNetwork } from '../model/networks.ts';
import { asciiBytes, asciiJson } from './ascii.ts';
import { isFloat32 } from './numbers.ts';

/** A parameter under its name in PyTorch's `nn.Sequential`. */
interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

/** Bytes of the header's length. */
const LENGTH_BYTES = 8;
/** The entry of the metadata that names what follows each layer: a JSON list. The format itself has no activations. */
export const ACTIVATIONS_KEY = 'reluscope:activations';
/** Entries that name the inputs, as a JSON list of {name, range}, and the outputs, as a JSON list of names. */
export const INPUTS_KEY = 'reluscope:inputs';
export const OUTPUTS_KEY = 'reluscope:outputs';
/** The header is padded to a multiple of this, so that the values are aligned. */
const ALIGNMENT = 8;

/**
 * A safetensors file of a network's parameters, named as in an `nn.Sequential` of
 * `nn.Linear` layers with activations between them: `0.weight`, `0.bias`, `2.weight`, …
 * Each is a tensor of float32 numbers if these hold it without rounding, else of float64.
 *
 * Source: https://github.com/huggingface/safetensors, "Format".
 *
 * @param metadata texts to store in the header, e.g. the state; the activations are added to them.
 */
export function encodeSafetensors(
  network: FullNetwork,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const tensors = namedTensors(network);
  const activations = JSON.stringify(network.layers.map(({ activation }) => activation));
  const header: Record<string, unknown> = {
    __metadata__: { ...metadata, [ACTIVATIONS_KEY]: activations },
  };
  let end = 0;
  for (const { name, shape, values } of tensors) {
    const begin = end;
    const isShort = isFloat32(values);
    end += (isShort ? 4 : 8) * values.length;
    header[name] = { dtype: isShort ? 'F32' : 'F64', shape, data_offsets: [begin, end] };
  }
  const json = asciiJson(header);
  const text = json.padEnd(Math.ceil(json.length / ALIGNMENT) * ALIGNMENT);
  const bytes = new Uint8Array(LENGTH_BYTES + text.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  bytes.set(asciiBytes(text), LENGTH_BYTES);
  let offset = LENGTH_BYTES + text.length;
  for (const { values } of tensors) {
    const isShort = isFloat32(values);
    for (const value of values) {
      if (isShort) view.setFloat32(offset, value, true);
      else view.setFloat64(offset, value, true);
      offset += isShort ? 4 : 8;
    }
  }
  return bytes;
}

function namedTensors({ layers }: FullNetwork): NamedTensor[] {
  return layers.flatMap(({ inputs, outputs, weight, bias }, i) => [
    { name: `${2 * i}.weight`, shape: [outputs, inputs], values: weight },
    { name: `${2 * i}.bias`, shape: [outputs], values: bias },
  ]);
}
