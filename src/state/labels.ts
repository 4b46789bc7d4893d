/** Names of fields, quantities and views as people see them. */
import { traitsOf } from '../model/activations.ts';
import { activationsOf, shapeOf, widthsOf } from '../model/drawnNetwork.ts';
import type { Field, Quantity } from '../model/field.ts';
import { factsOf } from '../model/models.ts';
import { parameterCount } from '../model/network.ts';
import type { NetworkSource } from '../model/networks.ts';
import type { Readout, ReadoutKind } from '../model/readouts.ts';
import type { ShorthandKind } from '../model/shorthand.ts';
import { formatNumber, groupDigits, subscript } from '../scales/format.ts';
import { axesOf, nameInput, nameOutput } from '../scales/names.ts';
import type { Projection } from '../view/projection.ts';
import type { State } from './state.ts';

/** The presets of fields, as a menu lists them. */
export const PRESET_LABELS: Readonly<Record<ShorthandKind, string>> = {
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
  const { network, readout } = field;
  const neuron = describeNeuron(field);
  if (neuron !== null) return neuron;
  const isPlain = readout.kind === 'output' && shapeOf(network).outputs === 1;
  const shown = isPlain ? '' : describeReadout(readout, network);
  const name = factsOf(network)?.name ?? '';
  return [name, shown, describeNetwork(network)].filter(Boolean).join(', ');
}

type Named<K extends ReadoutKind> = Extract<Readout, { readonly kind: K }>;

/** What a readout is called in titles. */
const READOUT_TITLES: {
  readonly [K in ReadoutKind]: (readout: Named<K>, network: NetworkSource) => string;
} = {
  output: ({ index }, network) => nameOutput(network, index),
  max: () => 'max(z)',
  lse: (readout) => `log-sum-exp, ${lambda(readout.lambda)}`,
  gap: (readout) => `lse − max, ${lambda(readout.lambda)}`,
  softmax: (readout, network) =>
    `${nameShare('softmax', 'λz', readout.index, network)}, ${lambda(readout.lambda)}`,
  argmax: ({ index, wins }, network) =>
    nameShare(wins === 'greatest' ? 'argmax' : 'argmin', 'z', index, network),
  class: ({ wins }) => `class with the ${wins} output`,
  margin: ({ wins }) => `margin of the ${wins} output`,
  sigmoid: ({ index }) => `sigmoid(z${nameComponent(index)})`,
  tanh: ({ index }) => `tanh(z${nameComponent(index)})`,
  neuron: ({ layer, index, stage }) =>
    `neuron ${index + 1} of layer ${layer + 1}${stage === 'preactivation' ? ' before its activation' : ''}`,
};

function describeReadout(readout: Readout, network: NetworkSource): string {
  const describe = READOUT_TITLES[readout.kind] as (of: Readout, network: NetworkSource) => string;
  return describe(readout, network);
}

/** softmax₁(λz), or softmax(λz) of an output with a name. */
function nameShare(name: string, of: string, index: number, network: NetworkSource): string {
  const own = factsOf(network)?.outputNames?.[index];
  return own === undefined ? `${name}${nameComponent(index)}(${of})` : `${name}(${of}) of ${own}`;
}

/** '' for the identity; "K = 4, seed 2" for an affine map of the plane; else its activation, widths and seed. */
export function describeNetwork(network: NetworkSource): string {
  if (network.kind === 'identity') return '';
  const widths = widthsOf(network);
  const seed = network.kind === 'drawn' ? `, seed ${network.seed}` : '';
  if (widths.length === 2 && widths[0] === 2) return `K = ${widths[1]}${seed}`;
  return `${nameActivations(network)} ${widths.join('-')}${seed}`;
}

/** 'ReLU network', 'affine map', or 'network' with several activations. */
function nameActivations(network: NetworkSource): string {
  const labels = new Set(activationsOf(network).map((activation) => traitsOf(activation).label));
  if (labels.size === 0) return 'affine map';
  return labels.size === 1 ? `${[...labels][0]} network` : `${[...labels].join(' and ')} network`;
}

/** A single neuron of the plane with its parameters; null for other fields. */
function describeNeuron({ network, slice, readout }: Field): string | null {
  if (readout.kind !== 'sigmoid' && readout.kind !== 'tanh') return null;
  if (network.kind !== 'explicit' || network.layers.length > 1 || slice !== null) return null;
  const { weight, bias } = network.layers[0]!;
  if (bias.length > 1) return null;
  const [w1, w2] = weight[0]!.map((w) => formatNumber(w, 3));
  return `${readout.kind}(wᵀx + b), w = (${w1}, ${w2}), b = ${formatNumber(bias[0]!, 3)}`;
}

/** The same as an index. */
function nameComponent(component: number): string {
  return subscript(component + 1);
}

/**
 * The name of a neuron in formulas: x₂ for an input, h₁,₃ for the third neuron of the first hidden layer, z₂ for an output; inputs and
 * outputs of a file have their own.
 *
 * @param rank 0 for inputs, then the layers in order
 * @param index from 0
 * @param classNames what a data set calls the outputs; null for the file's names, or numbers
 */
export function nameNeuron(
  network: NetworkSource,
  rank: number,
  index: number,
  classNames: readonly string[] | null = null,
): string {
  const { hidden } = shapeOf(network);
  if (rank === 0) return nameInput(network, index);
  if (rank > hidden.length) {
    const own = classNames ?? factsOf(network)?.outputNames;
    return own?.[index] ?? `z${subscript(index + 1)}`;
  }
  return `h${subscript(rank)},${subscript(index + 1)}`;
}

/** The same in words: 'neuron 3 of layer 1'. */
export function describePlace(network: NetworkSource, rank: number, index: number): string {
  const { hidden } = shapeOf(network);
  if (rank === 0) return `input ${index + 1}`;
  if (rank > hidden.length) return nameOutput(network, index);
  return `neuron ${index + 1} of layer ${rank}`;
}

/** The names of the axes. */
export function axisNames(field: Field): readonly [string, string] {
  const [first, second] = axesOf(field);
  return [first.name, second.name];
}

/**
 * The text beside the title: the quantity if it is not the value, the size of a network, and the
 * projection if it is log-radial.
 */
export function describeDetails(state: State): string {
  const quantity = state.quantity === 'value' ? '' : QUANTITY_NAMES[state.quantity];
  const parts = [
    ...[quantity, describeSize(state.field), describeSlice(state.field)],
    describeProjection(state.projection),
  ];
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

/** '81 parameters' for a network that is more than logits of the plane, else ''. */
export function describeSize({ network }: Field): string {
  const widths = widthsOf(network);
  if (widths.length === 2 && widths[0] === 2) return '';
  const count = parameterCount(widths);
  return `${groupDigits(count)} ${count === 1 ? 'parameter' : 'parameters'}`;
}

/** 'slice of 5 inputs'; '' for the plane itself. */
function describeSlice({ slice }: Field): string {
  if (slice === null) return '';
  const count = slice.origin.length;
  return `slice of ${count} ${count === 1 ? 'input' : 'inputs'}`;
}

function lambda(value: number): string {
  return `λ = ${formatNumber(value, 3)}`;
}
