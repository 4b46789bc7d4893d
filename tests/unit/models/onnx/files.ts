import { readFileSync } from 'node:fs';
import { traitsOf } from '../../../../src/model/activations.ts';
import type { ModelFile } from '../../../../src/models/modelFile.ts';
import { readOnnx } from '../../../../src/models/onnx/readOnnx.ts';

const DIRECTORY = new URL('../../../reference/models/onnx/', import.meta.url);

/** A file of tests/reference/models/make_onnx.py, with what was computed from it. */
export interface Case {
  readonly file: string;
  readonly external: string | null;
  readonly values: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[];
}

export const CASES = JSON.parse(
  readFileSync(new URL('expected.json', DIRECTORY), 'utf8'),
) as readonly Case[];

export function bytesOf(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(file, DIRECTORY)));
}

export function readCase({ file, external }: Case): ModelFile {
  return readOnnx(bytesOf(file), new Map(external ? [[external, bytesOf(external)]] : []));
}

export function readFile(file: string): ModelFile {
  return readOnnx(bytesOf(file));
}

/** The outputs with the file's ending, in float64. */
export function evaluate({ network, ending }: ModelFile, x: readonly number[]): number[] {
  let h = [...x];
  for (const { inputs, outputs, weight, bias, activation } of network.layers) {
    const before = h;
    h = Array.from({ length: outputs }, (_, i) => {
      const z = before.reduce((sum, own, j) => sum + weight[i * inputs + j]! * own, bias[i]!);
      return traitsOf(activation).value(z, activation, i);
    });
  }
  if (ending === null) return h;
  const total = Math.log(h.reduce((sum, z) => sum + Math.exp(z), 0));
  return h.map((z) => (ending === 'softmax' ? Math.exp(z - total) : z - total));
}
