import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { NetworkLayer } from '../../../src/model/networks.ts';

/** The parameters of a layer. */
type Layer = Pick<NetworkLayer, 'weight' | 'bias'>;

/** Parameters that PyTorch drew: in full as base64, or as the SHA-256 of their bytes. */
export interface TorchEntry {
  readonly widths: readonly number[];
  readonly seed: number;
  readonly parameters?: string;
  readonly sha256?: string;
}

interface TorchReference {
  readonly torch: string;
  /** Networks 2 → … → 1. */
  readonly networks: readonly TorchEntry[];
  /** Networks of other numbers of inputs and outputs. */
  readonly shapes: readonly TorchEntry[];
  /** Layers of one neuron, with every number of inputs from the first to the last, drawn one after another. */
  readonly fanIns: readonly {
    readonly fanIns: readonly [number, number];
    readonly seed: number;
    readonly sha256: string;
  }[];
  readonly logits: readonly TorchEntry[];
}

const file = new URL('../../reference/torch/networks.json', import.meta.url);
export const torchReference = JSON.parse(readFileSync(file, 'utf8')) as TorchReference;

/** Layer by layer the weight row-major and then the bias, as float32 of this (little-endian) machine. */
export function parameterBytes(layers: readonly Layer[]): Buffer {
  const parts = layers.flatMap(({ weight, bias }) => [weight, bias]);
  return Buffer.concat(parts.map((part) => Buffer.from(part.buffer)));
}

/** True when the layers have the very bits that PyTorch drew. */
export function matchesTorch(
  entry: Pick<TorchEntry, 'parameters' | 'sha256'>,
  layers: readonly Layer[],
): boolean {
  const bytes = parameterBytes(layers);
  if (entry.parameters !== undefined) return bytes.toString('base64') === entry.parameters;
  return createHash('sha256').update(bytes).digest('hex') === entry.sha256;
}
