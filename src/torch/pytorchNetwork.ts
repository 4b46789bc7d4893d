import {
  type Activation,
  breakpointsOf,
  kindOfActivation,
  traitsOf,
} from '../model/activations.ts';
import { activationsOf, widthsOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import type { FullNetwork, NetworkSource } from '../model/networks.ts';
import type { Readout, ReadoutKind } from '../model/readouts.ts';
import { networkFor } from '../model/resolve.ts';
import type { Slice } from '../model/slice.ts';
import { indent, pythonFloat, pythonList } from './pythonLiterals.ts';
import {
  ABS_MODULE,
  centerLayer,
  define,
  FLOAT32,
  FLOAT64,
  type PytorchField,
  SIGNS,
} from './pytorchParts.ts';

/** Any network, slice and readout as PyTorch code. */
export function anyFieldCode({ network, slice, readout }: Field, isCentred: boolean): PytorchField {
  const hasModel = network.kind !== 'identity';
  const parameters = [
    ...(hasModel ? modelCode(network) : []),
    ...(slice ? sliceCode(slice) : []),
    ...(isCentred ? [centerCode(network, slice)] : []),
  ];
  const inputs = slice ? 'origin + points @ axes' : 'points';
  const outputs = hasModel ? `model(${inputs})` : isCentred && !slice ? 'points + bias' : inputs;
  return {
    parameters: parameters.join('\n'),
    definition: [
      define('outputs(points)', `return ${outputs}`),
      define('f(points)', readoutCode(readout, inputs)),
    ].join('\n\n\n'),
    preactivations: preactivationsCode(network, inputs),
    region:
      activationsOf(network).length > 0 ? SIGNS : 'return outputs(points).argmax(dim=-1).numpy()',
  };
}

const SINE_MODULE = `class Sine(nn.Module):
    def forward(self, z):
        return z.sin()

`;

/** Builds `model`. */
export function modelCode(network: NetworkSource): string[] {
  const widths = widthsOf(network);
  const activations = activationsOf(network);
  const kinds = new Set(activations.map(kindOfActivation));
  const lines = widths.slice(1).map((outputs, i) => {
    const linear = `nn.Linear(${widths[i]}, ${outputs}, ${FLOAT32})`;
    const own = activations[i];
    return own === undefined
      ? `${linear},`
      : `${linear}, ${traitsOf(own).torch(own, pythonFloat)},`;
  });
  return [
    ...(kinds.has('abs') ? [ABS_MODULE] : []),
    ...(kinds.has('sine') ? [SINE_MODULE] : []),
    ...(network.kind === 'drawn' ? [`torch.manual_seed(${network.seed})`] : []),
    `model = nn.Sequential(\n${indent(lines.join('\n'))}\n).double()`,
    ...activations.flatMap((own, layer) => slopesCode(own, layer)),
    ...(network.kind === 'drawn' && network.outputBias !== null
      ? [`nn.init.constant_(model[-1].bias, ${pythonFloat(network.outputBias)})`]
      : []),
    ...(network.kind === 'drawn' ? [] : weightsCode(networkFor(network))),
  ];
}

/** The weights of a network that PyTorch cannot draw, as lists. */
function weightsCode({ layers }: FullNetwork): string[] {
  return layers.flatMap(({ inputs, outputs, weight, bias }, layer) => {
    const rows = Array.from({ length: outputs }, (_, i) => [
      ...weight.subarray(i * inputs, (i + 1) * inputs),
    ]);
    return [
      `model[${2 * layer}].weight.data = torch.tensor(${pythonList(rows)}, ${FLOAT64})`,
      `model[${2 * layer}].bias.data = torch.tensor(${pythonList([...bias])}, ${FLOAT64})`,
    ];
  });
}

function slopesCode(activation: Activation, layer: number): string[] {
  if (typeof activation === 'string' || activation.kind !== 'prelu') return [];
  const slopes = pythonList(activation.slopes);
  return [`model[${2 * layer + 1}].weight.data = torch.tensor(${slopes}, ${FLOAT64})`];
}

function sliceCode({ origin, axis1, axis2 }: Slice): string[] {
  return [
    `origin = torch.tensor(${pythonList(origin)}, ${FLOAT64})`,
    `axes = torch.tensor(${pythonList([axis1, axis2])}, ${FLOAT64})`,
  ];
}

function centerCode(network: NetworkSource, slice: Slice | null): string {
  if (slice) return 'origin = at_center(axes.T, origin)';
  if (network.kind !== 'identity') return centerLayer('model[0]');
  return `bias = at_center(torch.eye(2, ${FLOAT64}), torch.zeros(2, ${FLOAT64}))`;
}

type Named<K extends ReadoutKind> = Extract<Readout, { readonly kind: K }>;

/** The body of `f`, in terms of `outputs`. */
const READOUT_BODIES: {
  readonly [K in ReadoutKind]: (readout: Named<K>, inputs: string) => string[];
} = {
  output: ({ index }) => [`return outputs(points)[..., ${index}]`],
  max: () => ['return outputs(points).max(dim=-1).values'],
  lse: ({ lambda }) => [
    `lam = ${pythonFloat(lambda)}`,
    'return torch.logsumexp(lam * outputs(points), dim=-1) / lam',
  ],
  gap: ({ lambda }) => [
    `lam = ${pythonFloat(lambda)}`,
    'z = outputs(points)',
    'below = z - z.max(dim=-1, keepdim=True).values',
    'return torch.logsumexp(lam * below, dim=-1) / lam',
  ],
  softmax: ({ index, lambda }) => [
    `return torch.softmax(${pythonFloat(lambda)} * outputs(points), dim=-1)[..., ${index}]`,
  ],
  argmax: ({ index, wins }) => [
    'z = outputs(points)',
    `wins = (z.${argOf(wins)}(dim=-1) == ${index}).double()`,
    'return wins + 0 * z.sum(dim=-1)  # flat, and differentiable all the same',
  ],
  class: ({ wins }) => [
    'z = outputs(points)',
    `return z.${argOf(wins)}(dim=-1).double() + 0 * z.sum(dim=-1)`,
  ],
  margin: ({ wins }) => [
    `first, second = outputs(points).topk(2, dim=-1, largest=${wins === 'greatest' ? 'True' : 'False'}).values.unbind(-1)`,
    `return ${wins === 'greatest' ? 'first - second' : 'second - first'}`,
  ],
  sigmoid: ({ index }) => [`return torch.sigmoid(outputs(points)[..., ${index}])`],
  tanh: ({ index }) => [`return torch.tanh(outputs(points)[..., ${index}])`],
  neuron: ({ layer, index, stage }, inputs) => {
    const end = 2 * layer + (stage === 'activation' ? 2 : 1);
    return [`return model[:${end}](${inputs})[..., ${index}]`];
  },
};

function argOf(wins: 'greatest' | 'least'): string {
  return wins === 'greatest' ? 'argmax' : 'argmin';
}

function readoutCode(readout: Readout, inputs: string): string {
  const body = READOUT_BODIES[readout.kind] as (readout: Readout, inputs: string) => string[];
  return body(readout, inputs).join('\n');
}

/** What is 0 on a hinge: pre-activations less the breakpoints of their activations; or the lead of the winner. */
function preactivationsCode(network: NetworkSource, inputs: string): string {
  const activations = activationsOf(network);
  if (activations.length === 0) {
    return [
      'def preactivations(points):',
      '    z = outputs(points)',
      '    first, second = z.topk(2, dim=-1).values.unbind(-1)',
      '    wins = torch.nn.functional.one_hot(z.argmax(dim=-1), z.shape[-1]).bool()',
      '    yield z - torch.where(wins, second[..., None], first[..., None])',
    ].join('\n');
  }
  const breakpoints = activations.map(breakpointsOf);
  return [
    'def preactivations(points):',
    `    h = ${inputs}`,
    `    for layer, breakpoints in enumerate(${pythonList(breakpoints)}):`,
    '        z = model[2 * layer](h)',
    '        for breakpoint in breakpoints:',
    '            yield z - breakpoint',
    '        h = model[2 * layer + 1](z)',
  ].join('\n');
}
