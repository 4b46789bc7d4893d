/** Names of fields, quantities and views as people see them. */
import type { Field, FieldKind, LogitsSource, Quantity } from '../model/field.ts';
import { logitCount } from '../model/logits.ts';
import { parameterCount } from '../model/network.ts';
import { formatNumber, subscript } from '../scales/format.ts';
import type { Projection } from '../view/projection.ts';
import type { State } from './state.ts';

export const FIELD_LABELS: Readonly<Record<FieldKind, string>> = {
  lse: 'log-sum-exp',
  max: 'maximum (λ → ∞)',
  gap: 'gap: lse − max',
  softmax: 'softmax',
  argmax: 'argmax (one-hot)',
  sigmoid: 'sigmoid neuron',
  tanh: 'tanh neuron',
  mlp: 'ReLU network',
};

/** The quantities as titles and colour bars name them. */
export const QUANTITY_NAMES: Readonly<Record<Quantity, string>> = {
  value: 'f',
  partial1: '∂₁f',
  partial2: '∂₂f',
  gradientNorm: '‖∇f‖',
  gradientDirection: 'direction of ∇f',
  npGradientRows: 'np.gradient, rows',
  npGradientColumns: 'np.gradient, columns',
  region: 'activation regions',
};

/** The same as menus and descriptions name them, where np.gradient stands beside exact derivatives. */
export const QUANTITY_LABELS: Readonly<Record<Quantity, string>> = {
  ...QUANTITY_NAMES,
  value: 'value f',
  partial1: `${QUANTITY_NAMES.partial1} exact`,
  partial2: `${QUANTITY_NAMES.partial2} exact`,
  gradientNorm: `${QUANTITY_NAMES.gradientNorm} exact`,
};

/** The picture's title: what it shows, on one line. */
export function describeField(field: Field): string {
  switch (field.kind) {
    case 'mlp': {
      const name = field.activation === 'abs' ? 'Abs network' : 'ReLU network';
      return `${name} ${field.widths.join('-')}, seed ${field.seed}`;
    }
    case 'sigmoid':
    case 'tanh': {
      const [w1, w2] = field.weight.map((w) => formatNumber(w, 3));
      return `${field.kind}(wᵀx + b), w = (${w1}, ${w2}), b = ${formatNumber(field.bias, 3)}`;
    }
    case 'softmax':
      return `softmax${nameComponent(field.component)}(λz), ${lambda(field.lambda)}${logits(field.logits)}`;
    case 'argmax':
      return `argmax${nameComponent(field.component)}(z)${logits(field.logits)}`;
    case 'max':
      return `max(z)${logits(field.logits)}`;
    case 'gap':
      return `lse − max, ${lambda(field.lambda)}${logits(field.logits)}`;
    case 'lse':
      return `log-sum-exp, ${lambda(field.lambda)}${logits(field.logits)}`;
  }
}

/** The index of a component of softmax or argmax for people, who count from 1. */
export function nameComponent(component: number): string {
  return subscript(component + 1);
}

/** The names of the axes: z₁ and z₂ where the logits z are the coordinates themselves, else x₁ and x₂. */
export function axisNames(field: Field): readonly [string, string] {
  return 'logits' in field && field.logits === null ? ['z₁', 'z₂'] : ['x₁', 'x₂'];
}

/**
 * The text beside the title: the quantity if it is not the value, the size of a network, and the
 * projection if it is log-radial.
 */
export function describeDetails(state: State): string {
  const quantity = state.quantity === 'value' ? '' : QUANTITY_NAMES[state.quantity];
  const parts = [quantity, describeSize(state.field), describeProjection(state.projection)];
  return parts.filter(Boolean).join(' · ');
}

/** A picture's title and details in one, as files have them. */
export function describeState(state: State): string {
  return [describeField(state.field), describeDetails(state)].filter(Boolean).join(' · ');
}

/** 'log-radial, 6 decades'; '' for the plane. */
function describeProjection(projection: Projection): string {
  if (projection.kind === 'plane') return '';
  const { decades } = projection;
  return `log-radial, ${formatNumber(decades, 3)} ${decades === 1 ? 'decade' : 'decades'}`;
}

/** '81 parameters' for a network, else ''. */
export function describeSize(field: Field): string {
  if (field.kind !== 'mlp') return '';
  const count = parameterCount(field.widths);
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'parameter' : 'parameters'}`;
}

function lambda(value: number): string {
  return `λ = ${formatNumber(value, 3)}`;
}

function logits(source: LogitsSource): string {
  if (source === null) return '';
  const count = `, K = ${logitCount(source)}`;
  return 'count' in source ? `${count}, seed ${source.seed}` : count;
}
