import layerSource from '../../shaders/common/layer.wgsl?raw';
import layeredSource from '../../shaders/layered.wgsl?raw';
import type { Activation } from '../model/field.ts';
import type { ProjectionKind } from '../view/projection.ts';
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
import { range } from './fieldCode.ts';
import { WORKGROUP_SIZE, withConstants } from './shaderConstants.ts';

/**
 * What is carried through the layers besides the sample itself (channel 0): its two tangents for gradients
 * and hinges, or the step of np.gradient.
 */
type Plan = 'point' | 'tangents' | 'step';

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
  valueAndGradient: 'tangents',
  openNeurons: 'point',
};

const CHANNELS: Record<Plan, number> = { point: 1, tangents: 3, step: 2 };

/** Channels of activations that an output needs. */
export function channelsOf(output: Output): number {
  return CHANNELS[PLANS[output]];
}

/** True if the result is gathered on the way, neuron by neuron, and `finish` does not run. */
export function isGathered(output: Output): boolean {
  return output === 'region' || output === 'hinge';
}

/** The three entry points (begin, propagate, finish) for wide networks of an activation. */
export function composeLayered(
  activation: Activation,
  output: Output,
  kind: ProjectionKind = 'plane',
): string {
  const plan = PLANS[output];
  const source = layeredSource
    .replace('//#samples', samplesLine(output))
    .replace('//#begin', beginLines(plan, output, kind).join('\n'))
    .replaceAll('//#product', productLines(CHANNELS[plan]).join('\n'))
    .replace(
      '//#activate',
      [...penLines(output, kind), ...activateLines(activation, plan, output)].join('\n'),
    )
    .replace('//#finish', finishLines(output).join('\n'));
  return withConstants(
    { WORKGROUP_SIZE, CHANNELS: CHANNELS[plan] },
    [commonSource(kind), layerSource, source].join('\n'),
  );
}

function samplesLine(output: Output): string {
  const type = isGathered(output) ? 'array<atomic<u32>>' : 'array<vec4u>';
  return `@group(0) @binding(6) var<storage, read_write> samples: ${type};`;
}

const TARGET = 'let target0 = grid.targetRow * grid.groupsPerRow + batch.first + group;';

function beginLines(plan: Plan, output: Output, kind: ProjectionKind): string[] {
  const at =
    { npGradientRows: ALONG_ROWS, npGradientColumns: ALONG_COLUMNS }[output as string] ??
    AT_SAMPLE[kind];
  const inputs: [string, string][] = {
    point: [['x', 'vec4f(y)']] as [string, string][],
    tangents: [
      ['x', 'vec4f(y)'],
      ['vec4f(1.0)', 'vec4f(0.0)'],
      ['vec4f(0.0)', 'vec4f(1.0)'],
    ] as [string, string][],
    step: [
      ['x', 'vec4f(y)'],
      ['hx', 'vec4f(hy)'],
    ] as [string, string][],
  }[plan];
  const store = inputs.flatMap(([first, second], channel) =>
    [first, second, 'vec4f(0.0)', 'vec4f(0.0)'].map(
      (value, neuron) => `activations[indexOf(0u, ${channel}u, ${neuron}u, group)] = ${value};`,
    ),
  );
  const clear = isGathered(output)
    ? [TARGET, ...range(4).map((lane) => `atomicStore(&samples[4u * target0 + ${lane}u], 0u);`)]
    : [];
  return [at, ...store, ...clear];
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

/** Hinges are measured at each layer, and in a log-radial picture the measure depends on the sample. */
function penLines(output: Output, kind: ProjectionKind): string[] {
  if (output !== 'hinge') return [];
  const here = kind === 'plane' ? [] : [WHERE, AT_SAMPLE[kind]];
  return [...here, WITH_PEN[kind]];
}

/** Column and line of a thread's samples, as in `begin` and `finish` of layered.wgsl. */
const WHERE = `let number = batch.first + group;
let column = vec4f(f32(4u * (number % grid.groupsPerRow))) + vec4f(0.0, 1.0, 2.0, 3.0);
let line = f32(grid.firstRow + number / grid.groupsPerRow);`;

export function activateLines(activation: Activation, plan: Plan, output: Output): string[] {
  return range(4).flatMap((r) => neuronLines(activation, plan, output, r));
}

/** Like mlp.ts for one neuron, but with the sign applied here and not to the weights. */
function neuronLines(activation: Activation, plan: Plan, output: Output, r: number): string[] {
  const relu = activation === 'relu';
  const store = (channel: number, value: string) =>
    `activations[indexOf(targetHalf, ${channel}u, 4u * block + ${r}u, group)] = ${value};`;
  const lines = [
    `let sign${r} = neuron.sign[${r}];`,
    `let floor${r} = neuron.floor[${r}];`,
    `let z${r} = sign${r} * s0_${r} + neuron.shift[${r}];`,
    relu
      ? `let h${r} = select(vec4f(floor${r}), z${r}, z${r} > vec4f(floor${r}));`
      : `let h${r} = select(2.0 * floor${r} - z${r}, z${r}, z${r} > vec4f(floor${r}));`,
    `let q${r} = z${r} - floor${r};`,
    store(0, `h${r}`),
  ];
  if (plan === 'tangents') {
    for (const c of [1, 2]) {
      lines.push(`let t${c}_${r} = sign${r} * s${c}_${r};`);
      const slope = relu
        ? `select(vec4f(0.0), t${c}_${r}, q${r} > vec4f(0.0))`
        : `sign(q${r}) * t${c}_${r}`;
      lines.push(store(c, slope));
    }
  }
  if (plan === 'step') {
    const e = relu
      ? `max(s1_${r} + min(q${r}, vec4f(0.0)), -max(q${r}, vec4f(0.0)))`
      : `max(r${r}, -r${r} - 2.0 * abs(q${r}))`;
    if (!relu) {
      lines.push(
        `let r${r} = select(-sign${r} * s1_${r}, sign${r} * s1_${r}, q${r} >= vec4f(0.0));`,
      );
    }
    lines.push(store(1, e));
  }
  if (output === 'region') lines.push(...gatherLines(r, regionOf(r), 'atomicXor'));
  if (output === 'hinge') lines.push(...gatherLines(r, hingeOf(r), 'atomicMax'));
  return lines;
}

function regionOf(r: number): string {
  const key = `neuronKey(layer.firstNeuron + 4u * block + ${r}u)`;
  return `select(vec4u(0u), vec4u(${key}), sign${r} * q${r} > vec4f(0.0))`;
}

function hingeOf(r: number): string {
  const slope = `t1_${r} * unit.x, t2_${r} * unit.y`;
  return `hingeCoverage(q${r}, ${slope}, pen) + layer.number`;
}

function gatherLines(r: number, found: string, combine: string): string[] {
  return [
    `let found${r} = ${found};`,
    ...(r === 0 ? [TARGET] : []),
    ...range(4).map((lane) => `${combine}(&samples[4u * target0 + ${lane}u], found${r}[${lane}]);`),
  ];
}

function finishLines(output: Output): string[] {
  const at = { npGradientRows: ALONG_ROWS, npGradientColumns: ALONG_COLUMNS }[output as string];
  const floats = (expression: string) => [`let result = bitcast<vec4u>(${expression});`];
  const results: Record<Output, string[]> = {
    value: floats('s0_0'),
    partial1: floats('s1_0'),
    partial2: floats('s2_0'),
    gradientNorm: floats('hypotenuse(s1_0, s2_0)'),
    gradientDirection: floats('direction(s1_0, s2_0)'),
    npGradientRows: [at ?? '', 'let difference = s1_0;', PER_UNIT],
    npGradientColumns: [at ?? '', 'let difference = s1_0;', PER_UNIT],
    region: [],
    hinge: [],
    valueAndGradient: ['let value = s0_0; let d1 = s1_0; let d2 = s2_0;'],
    // All neurons.
    openNeurons: ['let result = vec4u(layer.firstNeuron);'],
  };
  if (isGathered(output)) return [];
  return [TARGET, ...results[output], ...storeLines(output)];
}
