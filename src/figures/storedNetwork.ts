import { fromBase64 } from '../formats/base64url.ts';
import { type Model, type ModelFacts, provideModel } from '../model/models.ts';
import type { FullNetwork, ModelSource } from '../model/networks.ts';
import { createModel } from '../models/createModel.ts';

/** A trained ReLU network of a figure, as scripts/figures writes it. */
export interface StoredNetwork {
  readonly widths: readonly number[];
  /** Weight [outputs, inputs] and bias of each layer as 16-bit whole numbers of steps, little-endian, in base64. */
  readonly numbers: string;
}

const STEP = 2 ** -12;

const made = new WeakMap<StoredNetwork, Model>();

/** The network as a field names it. @param facts the names and ranges that the figure gives it */
export function sourceOf(stored: StoredNetwork, facts: ModelFacts): ModelSource {
  const model = made.get(stored) ?? createModel(decode(stored), facts);
  made.set(stored, model);
  provideModel(model);
  return { kind: 'model', id: model.id };
}

function decode({ widths, numbers }: StoredNetwork): FullNetwork {
  const bytes = fromBase64(numbers)!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const read = (count: number) =>
    Float32Array.from({ length: count }, () => {
      at += 2;
      return view.getInt16(at - 2, true) * STEP;
    });
  const last = widths.length - 2;
  return {
    layers: widths.slice(1).map((outputs, i) => ({
      inputs: widths[i]!,
      outputs,
      weight: read(widths[i]! * outputs),
      bias: read(outputs),
      activation: i === last ? 'identity' : 'relu',
    })),
  };
}
