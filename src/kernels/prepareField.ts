import type { Field, Network } from '../model/field.ts';
import { neuronAsSoftmax, resolveLogits } from '../model/logits.ts';
import { drawNetwork, parameterCount } from '../model/network.ts';
import { packLogits } from './anchorLogits.ts';
import { type Anchor, packMlp } from './anchorMlp.ts';
import type { AnchoredField, FieldCode } from './fieldCode.ts';
import { logitCode, logitKey } from './logitFields.ts';
import { mlpCode, mlpKey } from './mlp.ts';

/** A field with its parameters drawn, in the form in which kernels evaluate it. */
export type PreparedField = StraightField | WideField;

interface Prepared {
  /** Fields with equal keys share pipelines. */
  readonly key: string;
  /** About how many multiplications a sample takes. */
  readonly cost: number;
}

export interface StraightField extends Prepared {
  readonly form: 'straight';
  /** Made anew by each call, which can take 40 ms: for pipelines that are not compiled yet. */
  code(): FieldCode;
  anchor(anchor: Anchor): AnchoredField;
}

export interface WideField extends Prepared {
  readonly form: 'layered';
  readonly network: Network;
}

/**
 * Up to this many parameters a network is unrolled into straight-line code. Compile time grows with
 * it (about 20 ms per 100 parameters on a software adapter); wider networks go layer by layer.
 */
export const MAX_UNROLLED_PARAMETERS = 700;

/** Draws a field's parameters and chooses its kernel. */
export function prepareField(field: Field): PreparedField {
  if (field.kind === 'mlp') {
    const network = drawNetwork(field);
    const cost = parameterCount(field.widths);
    if (cost > MAX_UNROLLED_PARAMETERS) {
      return { form: 'layered', key: `layered ${field.activation}`, cost, network };
    }
    const { widths, activation } = field;
    return {
      form: 'straight',
      key: mlpKey(widths, activation),
      cost,
      code: () => mlpCode(widths, activation),
      anchor: (anchor) => packMlp(network, anchor),
    };
  }
  if ('weight' in field) return prepareLogits(neuronAsSoftmax(field), 'neuron');
  const logits = resolveLogits(field.logits);
  return prepareLogits({
    kind: field.kind,
    logits,
    lambda: 'lambda' in field ? field.lambda : 1,
    component: 'component' in field ? field.component : 0,
    gain: 1,
    shift: 0,
  });
}

function prepareLogits(
  parameters: Parameters<typeof packLogits>[0],
  keys: 'logits' | 'neuron' = 'logits',
): PreparedField {
  const { kind, logits } = parameters;
  const count = logits.bias.length;
  return {
    form: 'straight',
    key: logitKey(kind, count, keys),
    // An exponential counts for a dozen multiplications.
    cost: 20 * count,
    code: () => logitCode(kind, count, keys),
    anchor: (anchor) => packLogits(parameters, anchor),
  };
}
