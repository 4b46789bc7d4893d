import layerSource from '../../shaders/common/layer.wgsl?raw';
import layeredSource from '../../shaders/layered.wgsl?raw';
import type { ProjectionKind } from '../view/projection.ts';
import { isSmoothKind, smoothSourceOf } from './activationCode.ts';
import {
  ALONG_COLUMNS,
  ALONG_ROWS,
  AT_SAMPLE,
  commonSource,
  type Output,
  PER_UNIT,
  storeLines,
  WITH_PEN,
} from './composeEvaluate.ts';
import type { Family, LayerCode } from './families.ts';
import { range } from './fieldCode.ts';
import { activateLines, type Plan, sumLines, TARGET } from './layerLines.ts';
import { RESULTS } from './leafLines.ts';
import { loopedReadoutLines, type OutputsReadout, readoutSourceAt } from './outputsReadout.ts';
import { fillIn, WORKGROUP_SIZE, withConstants } from './shaderConstants.ts';

const PLANS: Record<Output, Plan> = {
  value: 'point',
  partial1: 'tangents',
  partial2: 'tangents',
  gradientNorm: 'tangents',
  gradientDirection: 'tangents',
  npGradientRows: 'step',
  npGradientColumns: 'step',
  region: 'point',
  hinge: 'tangents',
  boundary: 'tangents',
  valueAndGradient: 'tangents',
  openNeurons: 'point',
};

/** Follows the samples, binding 6. */
const READOUT_BINDING = 7;

const CHANNELS: Record<Plan, number> = { point: 1, tangents: 3, step: 2 };

/** Channels of activations that an output needs. */
export function channelsOf(output: Output): number {
  return CHANNELS[PLANS[output]];
}

/** True if the result is gathered on the way, neuron by neuron, and `finish` does not run. */
export function isGathered(output: Output): boolean {
  return output === 'region' || output === 'hinge';
}

/**
 * The three entry points (begin, propagate, finish) for wide networks of a family.
 * @param code of the layer that `propagate` computes, or 'outputs' for sums alone; the other two do not depend on it
 * @param readout null for the one output itself
 * @throws Error for regions and hinges of a network with a smooth layer, and for the boundary of one output: there are none
 */
export function composeLayered(
  family: Family,
  code: LayerCode | 'outputs',
  output: Output,
  kind: ProjectionKind = 'plane',
  readout: OutputsReadout | null = null,
): string {
  if (family === 'smooth' && isGathered(output)) {
    throw new Error(`composeLayered: a network with a smooth layer has no '${output}'`);
  }
  if (output === 'boundary' && !readout) {
    throw new Error('composeLayered: one output has no boundary');
  }
  const plan = PLANS[output];
  const source = fillIn(layeredSource, {
    neurons: neuronsLine(family, 4),
    samples: samplesLine(output),
    begin: beginLines(family, plan, output, kind),
    product: productLines(CHANNELS[plan]),
    activate:
      code === 'outputs'
        ? sumLines(CHANNELS[plan])
        : [...placeLines(family, output, kind), ...activateLines(code, plan, output)],
    outputs: readout
      ? ['let half = 1u - sourceHalf;']
      : ['let block = 0u;', ...productLines(CHANNELS[plan])],
    finish: finishLines(family, output, kind, readout),
  });
  return withConstants(
    { WORKGROUP_SIZE, CHANNELS: CHANNELS[plan] },
    [
      commonSource(kind),
      layerSource,
      ...(isSmoothKind(code) ? [smoothSourceOf(code)] : []),
      ...(readout ? [readoutSourceAt(READOUT_BINDING)] : []),
      source,
    ].join('\n'),
  );
}

/** The struct of a block of neurons (common/layer.wgsl). */
const BLOCK_TYPES: Readonly<Record<Family, string>> = {
  relu: 'Block',
  abs: 'Block',
  leaky: 'LeakyBlock',
  smooth: 'AnchoredBlock',
};

export function neuronsLine(family: Family, binding: number): string {
  return `@group(0) @binding(${binding}) var<storage, read> neurons: array<${BLOCK_TYPES[family]}>;`;
}

function samplesLine(output: Output): string {
  const type = isGathered(output) ? 'array<atomic<u32>>' : 'array<vec4u>';
  return `@group(0) @binding(6) var<storage, read_write> samples: ${type};`;
}

/** Where a sample lies, or where its step begins, and the step. */
function atLines(output: Output, kind: ProjectionKind): string {
  if (output === 'npGradientRows') return ALONG_ROWS;
  return output === 'npGradientColumns' ? ALONG_COLUMNS : AT_SAMPLE[kind];
}

/** The first two inputs of each channel. What is relative to the centre's tangents begins at 0 if these are not 0. */
const INPUTS: Record<Plan, readonly (readonly [string, string])[]> = {
  point: [['x', 'vec4f(y)']],
  tangents: [
    ['x', 'vec4f(y)'],
    ['vec4f(1.0)', 'vec4f(0.0)'],
    ['vec4f(0.0)', 'vec4f(1.0)'],
  ],
  step: [
    ['x', 'vec4f(y)'],
    ['hx', 'vec4f(hy)'],
  ],
};

function beginLines(family: Family, plan: Plan, output: Output, kind: ProjectionKind): string[] {
  const relative = (value: string, channel: number) =>
    family === 'smooth' && channel > 0 ? `neurons[0].height.z * ${value}` : value;
  const store = INPUTS[plan].flatMap(([first, second], channel) =>
    [relative(first, channel), relative(second, channel), 'vec4f(0.0)', 'vec4f(0.0)'].map(
      (value, neuron) => `activations[indexOf(0u, ${channel}u, ${neuron}u, group)] = ${value};`,
    ),
  );
  const clear = isGathered(output)
    ? [TARGET, ...range(4).map((lane) => `atomicStore(&samples[4u * target0 + ${lane}u], 0u);`)]
    : [];
  return [atLines(output, kind), ...store, ...clear];
}

/** s{channel}_{r}: the pre-activation of neuron r of the block, summed four inputs at a time. */
export function productLines(channels: number): string[] {
  const lines: string[] = [];
  for (const c of range(channels))
    for (const r of range(4)) lines.push(`var s${c}_${r} = vec4f(0.0);`);
  lines.push('for (var j = 0u; j < layer.inputs; j += 4u) {');
  for (const i of range(4)) {
    lines.push(`let w${i} = weights[layer.firstWeight + (j + ${i}u) * layer.blocks + block];`);
    for (const c of range(channels)) {
      lines.push(`let i${c}_${i} = activations[indexOf(sourceHalf, ${c}u, j + ${i}u, group)];`);
    }
  }
  for (const c of range(channels)) {
    for (const r of range(4)) {
      const terms = range(4).map((i) => `w${i}[${r}] * i${c}_${i}`);
      lines.push(`s${c}_${r} += ${terms.join(' + ')};`);
    }
  }
  lines.push('}');
  return lines;
}

/**
 * What a layer needs besides its sums. Hinges are measured at each layer, and in a log-radial picture the measure depends on the sample; a
 * smooth layer needs the view, and np.gradient's step for the part of it that is told by the centre's tangents.
 */
function placeLines(family: Family, output: Output, kind: ProjectionKind): string[] {
  if (output === 'hinge') {
    const here = kind === 'plane' ? [] : [WHERE, AT_SAMPLE[kind]];
    return [...here, WITH_PEN[kind]];
  }
  if (family !== 'smooth') return [];
  const steps = PLANS[output] === 'step' ? [WHERE, atLines(output, kind)] : [];
  return ['let view = neurons[0].height;', ...steps];
}

/** Column and line of a thread's samples, as in `begin` and `finish` of layered.wgsl. */
const WHERE = `let number = batch.first + group;
let column = vec4f(f32(4u * (number % grid.groupsPerRow))) + vec4f(0.0, 1.0, 2.0, 3.0);
let line = f32(grid.firstRow + number / grid.groupsPerRow);`;

function finishLines(
  family: Family,
  output: Output,
  kind: ProjectionKind,
  readout: OutputsReadout | null,
): string[] {
  if (isGathered(output)) return [];
  // All neurons.
  if (output === 'openNeurons') {
    return [TARGET, 'let result = vec4u(layer.firstNeuron);', ...storeLines(output)];
  }
  const plan = PLANS[output];
  const isAnchored = family === 'smooth';
  const own = {
    point: 'let value = s0_0;',
    tangents: 'let value = s0_0; let d1 = s1_0; let d2 = s2_0;',
    step: 'let difference = s1_0;',
  }[plan];
  return [
    TARGET,
    ...(plan === 'step' ? [atLines(output, kind)] : []),
    ...(output === 'boundary' ? [AT_SAMPLE[kind], WITH_PEN[kind]] : []),
    ...(readout ? loopedReadoutLines(readout, output, 'half', isAnchored) : [own]),
    ...resultLines(output, isAnchored),
    ...storeLines(output),
  ];
}

/** @param isAnchored whether gradients are relative to that at the anchor, which block 0 of the neurons has */
function resultLines(output: Output, isAnchored: boolean): string[] {
  if (PLANS[output] === 'step') return [PER_UNIT];
  if (output === 'boundary') return ['let result = boundary;'];
  const floats = (expression: string) => `let result = bitcast<vec4u>(${expression});`;
  const base = 'let base = neurons[0].parameter.xy;';
  if (isAnchored && output === 'gradientDirection') {
    return [base, floats('direction(base.x + d1, base.y + d2)')];
  }
  if (isAnchored && output === 'gradientNorm') {
    return [
      base,
      'let baseLength = length(base);',
      'let along = (base.x * d1 + base.y * d2) / select(baseLength, 1.0, baseLength == 0.0);',
      floats('lengthIncrease(base, baseLength, along, d1, d2)'),
    ];
  }
  return RESULTS[output] ? [floats(RESULTS[output])] : [];
}
