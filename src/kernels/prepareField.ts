import type { Field } from '../model/field.ts';
import { neuronAsSoftmax, resolveLogits } from '../model/logits.ts';
import { drawNetwork, parameterCount } from '../model/network.ts';
import { type PlaneNetwork, parameterCountOf } from '../model/planeNetwork.ts';
import { type PlaneReadout, type ResolvedField, resolve } from '../model/resolve.ts';
import { packLogits } from './anchorLogits.ts';
import { packMlp } from './anchorMlp.ts';
import { wideKey } from './families.ts';
import { logitCode, logitKey } from './logitFields.ts';
import { mlpCode, mlpKey } from './mlp.ts';
import { type StraightKernel, straightKernel } from './prepareStraight.ts';

/** A field with its parameters drawn, in the form in which kernels evaluate it. */
export type PreparedField = StraightField | WideField;

interface Prepared {
  /** Fields with equal keys share pipelines. */
  readonly key: string;
  /** The approximate number of multiplications per sample. */
  readonly cost: number;
}

export interface StraightField extends Prepared, StraightKernel {
  readonly form: 'straight';
}

export interface WideField extends Prepared {
  readonly form: 'layered';
  readonly plane: PlaneNetwork;
  readonly readout: PlaneReadout;
}

/**
 * Up to this many parameters a network is unrolled into straight-line code, whose compile time grows with
 * them (about 20 ms per 100 parameters on a software adapter); others are wide networks.
 */
export const MAX_UNROLLED_PARAMETERS = 700;

/** Chooses the kernels of a field. */
export function prepareResolved(resolved: ResolvedField): PreparedField {
  const { layers, isPiecewiseLinear } = resolved.plane;
  const isAffine = layers.length === 1;
  const isSmall = isAffine || parameterCountOf(resolved.plane) <= MAX_UNROLLED_PARAMETERS;
  if (!isPiecewiseLinear || !isSmall) return prepareWide(resolved);
  return { form: 'straight', ...straightKernel(resolved) };
}

/** Draws a field's parameters and chooses its kernel. */
export function prepareField(field: Field): PreparedField {
  if (field.kind === 'mlp') {
    const { widths, activation } = field;
    const cost = parameterCount(widths);
    if (cost > MAX_UNROLLED_PARAMETERS) {
      const { seed, outputBias } = field;
      const source = { kind: 'drawn', widths, activation, seed, outputBias } as const;
      return prepareWide(
        resolve({ network: source, slice: null, readout: { kind: 'output', index: 0 } }),
      );
    }
    const network = drawNetwork(field);
    const hidden = widths.slice(1, -1);
    const shape = { hidden, family: activation, numbers: hidden.map((_, i) => i + 1) };
    return {
      form: 'straight',
      key: mlpKey(shape),
      cost,
      code: () => mlpCode(shape),
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
    // An exponential costs as much as a dozen multiplications.
    cost: 20 * count,
    code: () => logitCode(kind, count, keys),
    anchor: (anchor) => packLogits(parameters, anchor),
  };
}

/** A network too wide to unroll, or with a smooth layer. */
export function prepareWide({ plane, readout }: ResolvedField): WideField {
  return { form: 'layered', key: wideKey(plane), cost: parameterCountOf(plane), plane, readout };
}
