import type { DataSet } from '../data/dataSet.ts';
import { rowsOf } from '../data/plainData.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { NetworkSource } from '../model/networks.ts';
import { startOf } from '../state/shownRun.ts';
import { examplesOf } from '../training/examples.ts';
import { LOSSES } from '../training/losses.ts';
import type { DrawnRecipe, Optimizer, Recipe, Schedule } from '../training/recipe.ts';
import { indent, pythonFloat, pythonList } from './pythonLiterals.ts';
import { modelCode } from './pytorchNetwork.ts';
import { FLOAT64 } from './pytorchParts.ts';

/**
 * A Python program that repeats a training run with PyTorch in float64, and prints the last loss: the same data, first weights,
 * batches and steps. Losses and parameters agree as far as both add up rounded products in another order. A session's defaults have no
 * effect.
 *
 * @param steps how many are made
 */
export function runProgram(recipe: Recipe, data: DataSet, steps: number): string {
  const { batch, network } = recipe;
  const source: NetworkSource =
    network.kind === 'drawn' && network.initialization === 'pytorch'
      ? drawnSource(network)
      : startOf(recipe);
  const body = [
    dataCode(recipe, data),
    ...modelCode(source),
    // The slopes of a PReLU are part of the network here, and are not learnt.
    'for module in model:',
    '    if isinstance(module, nn.PReLU):',
    '        module.requires_grad_(False)',
    'parameters = [p for p in model.parameters() if p.requires_grad]',
    'weights = [p for p in parameters if p.dim() == 2]',
    `loss_of = ${LOSSES[recipe.loss].torch}`,
    `optimizer = ${optimizerCode(recipe.optimizer)}`,
    '',
    '',
    rateCode(recipe.optimizer.learningRate, recipe.schedule),
    '',
    '',
    ...(batch === null ? [] : [batchesCode(batch.size, batch.seed), '', '']),
    'losses = []',
    'with torch.enable_grad():',
    batch === null
      ? `    for step in range(${steps}):`
      : `    for step, chosen in zip(range(${steps}), batches()):`,
    indent(indent(stepCode(recipe))),
    'print("steps", len(losses), "last loss", losses[-1] if losses else None)',
  ];
  return `${['import math', '', 'import torch', 'from torch import nn', '', ...body].join('\n')}\n`;
}

function drawnSource({ initialization: _, ...source }: DrawnRecipe): NetworkSource {
  return source;
}

function dataCode({ loss, network }: Recipe, data: DataSet): string {
  const { train } = data;
  const shape = shapeOf(network);
  const { values } = examplesOf(data, loss, shape).train;
  const targets = LOSSES[loss].ofLabels
    ? `torch.tensor([${Array.from(train.y).join(', ')}], device="cpu")`
    : `torch.tensor(${pythonList(rowsOf(values, shape.outputs))}, ${FLOAT64})`;
  return [
    `x = torch.tensor(${pythonList(rowsOf(train.x, data.inputs))}, ${FLOAT64})`,
    `y = ${targets}`,
  ].join('\n');
}

const BOOLEANS = { true: 'True', false: 'False' } as const;

function optimizerCode(optimizer: Optimizer): string {
  const rate = `lr=${pythonFloat(optimizer.learningRate)}`;
  const decay = `weight_decay=${pythonFloat(optimizer.weightDecay)}`;
  if (optimizer.kind === 'sgd') {
    const { momentum, nesterov } = optimizer;
    const isNesterov = BOOLEANS[`${nesterov}`];
    return `torch.optim.SGD(parameters, ${rate}, momentum=${pythonFloat(momentum)}, nesterov=${isNesterov}, ${decay})`;
  }
  const { kind, betas, epsilon } = optimizer;
  const name = kind === 'adam' ? 'Adam' : 'AdamW';
  const pair = betas.map(pythonFloat).join(', ');
  return `torch.optim.${name}(parameters, ${rate}, betas=(${pair}), eps=${pythonFloat(epsilon)}, ${decay})`;
}

type Rates = {
  readonly [K in Schedule['kind']]: (
    rate: string,
    schedule: Extract<Schedule, { readonly kind: K }>,
  ) => string;
};

/** The learning rate of a step, as training/schedules.ts has it. */
const RATES: Rates = {
  constant: (rate) => rate,
  cosine: (rate, { steps, minimum }) =>
    `${pythonFloat(minimum)} + (${rate} - ${pythonFloat(minimum)}) * (1 + math.cos(math.pi * step / ${steps})) / 2`,
  step: (rate, { every, factor }) => `${rate} * ${pythonFloat(factor)} ** (step // ${every})`,
};

function rateCode(rate: number, schedule: Schedule): string {
  const write = RATES[schedule.kind] as (rate: string, schedule: Schedule) => string;
  return `def rate_at(step):\n    return ${write(pythonFloat(rate), schedule)}`;
}

function batchesCode(size: number, seed: number): string {
  return [
    'def batches():',
    `    generator = torch.Generator("cpu").manual_seed(${seed})`,
    '    while True:',
    '        order = torch.randperm(len(x), generator=generator, device="cpu")',
    `        yield from order.split(${size})`,
  ].join('\n');
}

function stepCode({ batch, penalty: { l1, l2 } }: Recipe): string {
  const [x, y] = batch === null ? ['x', 'y'] : ['x[chosen]', 'y[chosen]'];
  const penalty = [
    ...(l1 === 0 ? [] : [`${pythonFloat(l1)} * sum(w.abs().sum() for w in weights)`]),
    ...(l2 === 0 ? [] : [`${pythonFloat(l2 / 2)} * sum((w * w).sum() for w in weights)`]),
  ];
  return [
    'for group in optimizer.param_groups:',
    '    group["lr"] = rate_at(step)',
    `loss = loss_of(model(${x}), ${y})`,
    'losses.append(loss.item())',
    'optimizer.zero_grad()',
    `${penalty.length > 0 ? `(loss + ${penalty.join(' + ')})` : 'loss'}.backward()`,
    'optimizer.step()',
  ].join('\n');
}
