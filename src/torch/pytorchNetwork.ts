import {
  type Activation,
  breakpointsOf,
  kindOfActivation,
  traitsOf,
} from '../model/activations.ts';
import { activationsOf, shapeOf, widthsOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import type { FullNetwork, NetworkSource } from '../model/networks.ts';
import { READOUTS, type Readout, type ReadoutKind, winsOf } from '../model/readouts.ts';
import { networkFor } from '../model/resolve.ts';
import type { Slice } from '../model/slice.ts';
import { indent, pythonFloat, pythonList } from './pythonLiterals.ts';
import {
  ABS_MODULE,
  centerLayer,
  define,
  FLOAT32,
  FLOAT64,
  leadCode,
  NO_PREACTIVATIONS,
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
  const { whole, own } = layersRead(network, readout);
  const isAffineRead = whole.length === 0 && own === null;
  const outputs = hasModel ? `model(${inputs})` : isCentred && !slice ? 'points + bias' : inputs;
  return {
    parameters: parameters.join('\n'),
    definition: [
      define('outputs(points)', `return ${outputs}`),
      define('f(points)', readoutCode(network, readout, inputs)),
    ].join('\n\n\n'),
    preactivations: preactivationsCode(network, readout, inputs),
    region: isAffineRead ? affineRegionCode(network, readout) : SIGNS,
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

function readoutCode(network: NetworkSource, readout: Readout, inputs: string): string {
  if (readout.kind === 'margin' && shapeOf(network).outputs === 1) {
    return 'return 0 * outputs(points).sum(dim=-1)  # there is no second output';
  }
  const body = READOUT_BODIES[readout.kind] as (readout: Readout, inputs: string) => string[];
  return body(readout, inputs).join('\n');
}

/** The hidden layers that a readout reads whole, and the only neuron of the next one that it reads. */
function layersRead(network: NetworkSource, readout: Readout) {
  const activations = activationsOf(network);
  if (readout.kind !== 'neuron') return { whole: activations, own: null };
  const { layer, index, stage } = readout;
  const own = stage === 'activation' ? { layer, index, activation: activations[layer]! } : null;
  return { whole: activations.slice(0, layer), own };
}

/** What is 0 on a hinge: pre-activations less the breakpoints of their activations; or the lead of the winner. */
function preactivationsCode(network: NetworkSource, readout: Readout, inputs: string): string {
  const { whole, own } = layersRead(network, readout);
  if (whole.length === 0 && own === null) return affinePreactivationsCode(network, readout);
  // PyTorch takes the second dimension for the one of the slopes.
  const hasSlopes = whole.some(
    (one) => typeof one === 'object' && one.kind === 'prelu' && one.slopes.length > 1,
  );
  const z = hasSlopes ? 'z.flatten(0, -2)' : 'z';
  const hidden = [
    `for layer, breakpoints in enumerate(${pythonList(whole.map(breakpointsOf))}):`,
    '    z = model[2 * layer](h)',
    '    for breakpoint in breakpoints:',
    '        yield z - breakpoint',
    `    h = model[2 * layer + 1](${z})${hasSlopes ? '.view_as(z)' : ''}`,
  ];
  const ofNeuron = own && [
    `z = model[${2 * own.layer}](h)[..., ${own.index}, None]`,
    `for breakpoint in ${pythonList(breakpointsOf(own.activation))}:`,
    '    yield z - breakpoint',
  ];
  const body = [`h = ${inputs}`, ...(whole.length > 0 ? hidden : []), ...(ofNeuron ?? [])];
  return define('preactivations(points)', body.join('\n'));
}

/** Of what is affine: where sigmoid and tanh have their middle, or where another output wins; one that is shown alone has nothing. */
function affinePreactivationsCode(network: NetworkSource, readout: Readout): string {
  const body = isSquashed(readout)
    ? `yield outputs(points)[..., ${readout.index}, None]`
    : comparesOutputs(network, readout)
      ? leadCode(`${winsOf(readout) === 'least' ? '-' : ''}outputs(points)`)
      : NO_PREACTIVATIONS;
  return define('preactivations(points)', body);
}

/** The body of a function that tells the regions of what is affine apart. */
function affineRegionCode(network: NetworkSource, readout: Readout): string {
  if (isSquashed(readout)) return SIGNS;
  return comparesOutputs(network, readout)
    ? `return outputs(points).${argOf(winsOf(readout))}(dim=-1).numpy()`
    : 'return np.zeros(len(points))';
}

function isSquashed(readout: Readout): readout is Named<'sigmoid' | 'tanh'> {
  return readout.kind === 'sigmoid' || readout.kind === 'tanh';
}

function comparesOutputs(network: NetworkSource, readout: Readout): boolean {
  return !READOUTS[readout.kind].ofOne && shapeOf(network).outputs > 1;
}
