import { activationsOf, shapeOf, widthsOf } from '../model/drawnNetwork.ts';
import type { Field, Vec2 } from '../model/field.ts';
import type { DrawnSource, ExplicitSource, ModelSource, NetworkSource } from '../model/networks.ts';
import { DEFAULT_READOUTS, type Readout, type ReadoutKind, type Wins } from '../model/readouts.ts';
import {
  DEFAULT_SHORTHANDS,
  fieldOfShorthand,
  logitCount,
  type Shorthand,
  type ShorthandKind,
  type ShortLogits,
  shorthandOf,
} from '../model/shorthand.ts';
import { fittingReadout } from './patch.ts';

/** The last settings of every part of a field, so that changing a kind and back loses nothing. */
export interface FieldDrafts {
  readonly mlp: Shorthand & { readonly kind: 'mlp' };
  readonly lambda: number;
  /** The output that was read where there were several. */
  readonly component: number;
  readonly wins: Wins;
  readonly neuron: Readout & { readonly kind: 'neuron' };
  readonly logits: ShortLogits;
  readonly weight: Vec2;
  readonly bias: number;
  /** With several outputs. */
  readonly drawn: DrawnSource;
  /** From a script or a link; null if there was none. */
  readonly given: ExplicitSource | null;
  /** From a file; null if none was shown. */
  readonly model: ModelSource | null;
  /** A field that is no preset; null if there was none. */
  readonly custom: Field | null;
}

export const FIRST_DRAFTS: FieldDrafts = {
  mlp: DEFAULT_SHORTHANDS.mlp,
  lambda: 1,
  component: 0,
  wins: 'greatest',
  neuron: DEFAULT_READOUTS.neuron,
  logits: null,
  weight: [1, -1],
  bias: 0,
  drawn: { kind: 'drawn', widths: [2, 4], activation: 'relu', seed: 0, outputBias: null },
  given: null,
  model: null,
  custom: null,
};

/** The drafts, updated with this field. */
export function remember(drafts: FieldDrafts, field: Field): FieldDrafts {
  return {
    ...drafts,
    ...draftsOfReadout(field),
    ...draftsOfNetwork(field.network),
    ...draftsOfPreset(field),
  };
}

function draftsOfReadout({ network, readout }: Field): Partial<FieldDrafts> {
  if (readout.kind === 'neuron') return { neuron: readout };
  const hasChoice = shapeOf(network).outputs > 1;
  return {
    ...('lambda' in readout ? { lambda: readout.lambda } : {}),
    ...('index' in readout && hasChoice ? { component: readout.index } : {}),
    ...('wins' in readout ? { wins: readout.wins } : {}),
  };
}

function draftsOfNetwork(network: NetworkSource): Partial<FieldDrafts> {
  if (network.kind === 'drawn' && shapeOf(network).outputs > 1) return { drawn: network };
  if (network.kind === 'model') return { model: network };
  return network.kind === 'explicit' && planeNeuron(network) === null ? { given: network } : {};
}

function draftsOfPreset(field: Field): Partial<FieldDrafts> {
  const short = shorthandOf(field);
  if (short === null) return { custom: field };
  if (short.kind === 'mlp') return { mlp: short };
  if ('weight' in short) return { weight: short.weight, bias: short.bias };
  return { logits: short.logits };
}

/** The weights and the bias of a network that is a single neuron of the plane; null for others. */
export function planeNeuron(
  network: NetworkSource,
): { readonly weight: Vec2; readonly bias: number } | null {
  if (network.kind !== 'explicit' || widthsOf(network).join() !== '2,1') return null;
  const { weight, bias } = network.layers[0]!;
  return { weight: weight[0] as unknown as Vec2, bias: bias[0]! };
}

/** The drafts' field of a preset; a component that does not exist becomes the last one. */
export function fieldOf(kind: ShorthandKind, drafts: FieldDrafts): Field {
  const { lambda, logits, weight, bias } = drafts;
  const component = Math.min(drafts.component, logitCount(logits) - 1);
  switch (kind) {
    case 'mlp':
      return fieldOfShorthand(drafts.mlp);
    case 'sigmoid':
    case 'tanh':
      return fieldOfShorthand({ kind, weight, bias });
    case 'lse':
    case 'gap':
      return fieldOfShorthand({ kind, lambda, logits });
    case 'max':
      return fieldOfShorthand({ kind, logits });
    case 'softmax':
      return fieldOfShorthand({ kind, lambda, component, logits });
    case 'argmax':
      return fieldOfShorthand({ kind, component, logits });
  }
}

/** The drafts' readout of a kind, as far as the network has it. */
export function readoutOf(kind: ReadoutKind, drafts: FieldDrafts, network: NetworkSource): Readout {
  if (kind === 'neuron') return fittingReadout(drafts.neuron, network);
  const { lambda, wins } = drafts;
  const index = Math.min(drafts.component, shapeOf(network).outputs - 1);
  const parts: Readonly<Record<string, unknown>> = { kind, lambda, index, wins };
  const names = Object.keys(DEFAULT_READOUTS[kind]);
  return Object.fromEntries(names.map((name) => [name, parts[name]])) as Readout;
}

/**
 * The drafts' network of a kind. Random weights replace given ones in a network of the same shape.
 *
 * @param seed of a random network
 */
export function networkOfKind(
  kind: NetworkSource['kind'],
  drafts: FieldDrafts,
  current: NetworkSource,
  seed: number,
): NetworkSource {
  if (kind === 'identity') return { kind };
  if (kind === 'explicit') return drafts.given ?? current;
  if (kind === 'model') return drafts.model ?? current;
  const isGiven = current.kind === 'explicit' || current.kind === 'model';
  if (!isGiven) return { ...drafts.drawn, seed };
  const activation = activationsOf(current);
  return { kind, widths: widthsOf(current), activation, seed, outputBias: null };
}
