import type { Field, LogitsSource } from '../../../src/model/field.ts';
import type { NetworkSource } from '../../../src/model/networks.ts';
import type { Field as NetworkField } from '../../../src/model/nextField.ts';

/** A field of a kind as a network, a slice and a readout. */
export function asNetworkField(field: Field): NetworkField {
  const slice = null;
  switch (field.kind) {
    case 'mlp': {
      const { widths, activation, seed, outputBias } = field;
      const network = { kind: 'drawn', widths, activation, seed, outputBias } as const;
      return { network, slice, readout: { kind: 'output', index: 0 } };
    }
    case 'sigmoid':
    case 'tanh':
      return {
        network: affine([field.weight], [field.bias]),
        slice,
        readout: { kind: field.kind, index: 0 },
      };
    default:
      return { network: logitNetwork(field.logits), slice, readout: readoutOf(field) };
  }
}

function readoutOf(
  field: Exclude<Field, { kind: 'mlp' | 'sigmoid' | 'tanh' }>,
): NetworkField['readout'] {
  switch (field.kind) {
    case 'max':
      return { kind: 'max' };
    case 'lse':
    case 'gap':
      return { kind: field.kind, lambda: field.lambda };
    case 'softmax':
      return { kind: 'softmax', index: field.component, lambda: field.lambda };
    case 'argmax':
      return { kind: 'argmax', index: field.component, wins: 'greatest' };
  }
}

function logitNetwork(logits: LogitsSource): NetworkSource {
  if (logits === null) return { kind: 'identity' };
  if (!('count' in logits)) return affine(logits.weight, logits.bias);
  const { count, seed } = logits;
  return { kind: 'drawn', widths: [2, count], activation: 'relu', seed, outputBias: null };
}

function affine(weight: readonly (readonly number[])[], bias: readonly number[]): NetworkSource {
  return { kind: 'explicit', layers: [{ weight, bias, activation: 'identity' }] };
}
