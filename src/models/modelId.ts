import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { strToU8 } from 'fflate';
import type { FullNetwork } from '../model/networks.ts';

const ID_DIGITS = 32;
/** Numbers that are hashed together, so that no copy of a whole network is made. */
const CHUNK_LENGTH = 65_536;

/**
 * The name of a network by its content: the first 32 hexadecimal digits of the SHA-256 of its canonical bytes. These are JSON of
 * [inputs, outputs, activation] of each layer, in UTF-8, and then each layer's weight, row by row, and bias as little-endian float64.
 * Negative zero is 0. So a network has the same name in whatever format, and with whatever type of numbers, it was stored.
 *
 * @param network with activations as `validateActivation` returns them
 */
export function modelId({ layers }: FullNetwork): string {
  const hash = sha256.create();
  const shapes = layers.map(({ inputs, outputs, activation }) => [inputs, outputs, activation]);
  hash.update(strToU8(JSON.stringify(shapes)));
  for (const { weight, bias } of layers) {
    for (const values of [weight, bias]) {
      for (let at = 0; at < values.length; at += CHUNK_LENGTH) {
        hash.update(doubleBytes(values.subarray(at, at + CHUNK_LENGTH)));
      }
    }
  }
  return bytesToHex(hash.digest()).slice(0, ID_DIGITS);
}

function doubleBytes(values: Float32Array | Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * Float64Array.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat64(i * Float64Array.BYTES_PER_ELEMENT, value + 0, true);
  });
  return bytes;
}
