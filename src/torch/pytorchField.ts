import type { Field } from '../model/field.ts';
import { logitCount, type Shorthand, type ShortLogits, shorthandOf } from '../model/shorthand.ts';
import { indent, pythonFloat, pythonList } from './pythonLiterals.ts';
import { anyFieldCode } from './pytorchNetwork.ts';
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

/** @param isCentred whether points are relative to `center`; `at_center` (pytorch.ts) then corrects each bias */
export function pytorchField(field: Field, isCentred: boolean): PytorchField {
  const short = shorthandOf(field);
  if (short === null) return anyFieldCode(field, isCentred);
  switch (short.kind) {
    case 'mlp':
      return networkCode(short, isCentred);
    case 'sigmoid':
    case 'tanh':
      return neuronCode(short, isCentred);
    default:
      return logitFieldCode(short, isCentred);
  }
}

type MlpField = Extract<Shorthand, { readonly kind: 'mlp' }>;
type NeuronField = Extract<Shorthand, { readonly kind: 'sigmoid' | 'tanh' }>;

function networkCode(field: MlpField, isCentred: boolean): PytorchField {
  const { widths, activation, seed, outputBias } = field;
  const module = activation === 'abs' ? 'Abs()' : 'nn.ReLU()';
  const layers = widths
    .slice(1)
    .map((outputs, i) => `nn.Linear(${widths[i]}, ${outputs}, ${FLOAT32})`);
  const hidden = layers.slice(0, -1).map((layer) => `${layer}, ${module},`);
  const parameters = [
    ...(activation === 'abs' ? [ABS_MODULE] : []),
    `torch.manual_seed(${seed})`,
    `model = nn.Sequential(\n${indent([...hidden, `${layers.at(-1)},`].join('\n'))}\n)`,
    ...(outputBias === null
      ? []
      : [`nn.init.constant_(model[-1].bias, ${pythonFloat(outputBias)})`]),
    'model.double()',
    ...(isCentred ? [centerLayer('model[0]')] : []),
  ];
  return {
    parameters: parameters.join('\n'),
    definition: define('f(points)', 'return model(points).squeeze(-1)'),
    preactivations: NETWORK_PREACTIVATIONS,
    region: SIGNS,
  };
}

const NETWORK_PREACTIVATIONS = `def preactivations(points):
    for layer in model[:-1]:
        points = layer(points)
        if isinstance(layer, nn.Linear):
            yield points`;

function neuronCode({ kind, weight, bias }: NeuronField, isCentred: boolean): PytorchField {
  const parameters = [
    `weight = torch.tensor(${pythonList(weight)}, ${FLOAT64})`,
    `bias = torch.tensor(${pythonFloat(bias)}, ${FLOAT64})`,
    ...(isCentred ? ['bias = at_center(weight[None], bias[None])[0]'] : []),
  ];
  return {
    parameters: parameters.join('\n'),
    definition: define('f(points)', `return torch.${kind}(points @ weight + bias)`),
    preactivations: define('preactivations(points)', 'yield (points @ weight + bias)[..., None]'),
    region: SIGNS,
  };
}

type LogitField = Exclude<Shorthand, MlpField | NeuronField>;

function logitFieldCode(field: LogitField, isCentred: boolean): PytorchField {
  const { parameters, body } = logitsCode(field.logits, isCentred);
  const lambda = 'lambda' in field ? `lam = ${pythonFloat(field.lambda)}` : '';
  return {
    parameters: [lambda, parameters].filter(Boolean).join('\n'),
    definition: `${define('logits(points)', body)}\n\n\n${define('f(points)', logitFieldBody(field))}`,
    preactivations: define(
      'preactivations(points)',
      logitCount(field.logits) > 1 ? leadCode('logits(points)') : NO_PREACTIVATIONS,
    ),
    region: 'return logits(points).argmax(dim=-1).numpy()',
  };
}

function logitsCode(logits: ShortLogits, isCentred: boolean): { parameters: string; body: string } {
  if (logits === null) {
    if (!isCentred) return { parameters: '', body: 'return points' };
    const bias = `bias = at_center(torch.eye(2, ${FLOAT64}), torch.zeros(2, ${FLOAT64}))`;
    return { parameters: bias, body: 'return points + bias' };
  }
  if ('count' in logits) {
    const draw = [
      `torch.manual_seed(${logits.seed})`,
      `linear = nn.Linear(2, ${logits.count}, ${FLOAT32}).double()`,
      ...(isCentred ? [centerLayer('linear')] : []),
    ];
    return { parameters: draw.join('\n'), body: 'return linear(points)' };
  }
  const given = [
    `weight = torch.tensor(${pythonList(logits.weight)}, ${FLOAT64})`,
    `bias = torch.tensor(${pythonList(logits.bias)}, ${FLOAT64})`,
    ...(isCentred ? ['bias = at_center(weight, bias)'] : []),
  ];
  return { parameters: given.join('\n'), body: 'return points @ weight.T + bias' };
}

function logitFieldBody(field: LogitField): string {
  switch (field.kind) {
    case 'lse':
      return 'return torch.logsumexp(lam * logits(points), dim=-1) / lam';
    case 'gap':
      return [
        'z = logits(points)',
        'below = z - z.max(dim=-1, keepdim=True).values',
        'return torch.logsumexp(lam * below, dim=-1) / lam',
      ].join('\n');
    case 'max':
      return 'return logits(points).max(dim=-1).values';
    case 'softmax':
      return `return torch.softmax(lam * logits(points), dim=-1)[..., ${field.component}]`;
    case 'argmax':
      return [
        'z = logits(points)',
        `wins = (z.argmax(dim=-1) == ${field.component}).double()`,
        'return wins + 0 * z.sum(dim=-1)  # flat, and differentiable all the same',
      ].join('\n');
  }
}
