import gridSource from '../../shaders/common/grid.wgsl?raw';
import layerSource from '../../shaders/common/layer.wgsl?raw';
import mathSource from '../../shaders/common/math.wgsl?raw';
import culledSource from '../../shaders/culled.wgsl?raw';
import { type Activation, MAX_HIDDEN_LAYERS } from '../model/field.ts';
import { AT_SAMPLE, type Output, storeLines } from './composeEvaluate.ts';
import { activateLines, productLines } from './composeLayered.ts';
import { range, sum } from './fieldCode.ts';

/** Samples along a tile's edges. */
export const TILE = 16;
/** Open neurons that a tile's small network may have; a multiple of four. */
export const SLOTS = 16;
/** Quads of a map (see culled.wgsl). */
export const QUADS = 1 + SLOTS / 4;
/** Layers for which there is room in the uniform buffer, the output layer included. */
export const MAX_LAYERS = MAX_HIDDEN_LAYERS + 1;
/** Threads that share what is evaluated without culling. */
export const PLAIN_THREADS = 1024;

/** Straight-line code is made for small networks of up to so many neurons. */
const CLASSES = [4, 8, SLOTS];

const RESULTS: Partial<Record<Output, string>> = {
  value: 'value',
  partial1: 'd1',
  partial2: 'd2',
  gradientNorm: 'hypotenuse(d1, d2)',
  gradientDirection: 'direction(d1, d2)',
  valueAndGradient: '',
};

/** True for outputs that tiles can be culled for: those that ask for no more than value and gradient. */
export function isCullable(output: Output): boolean {
  return output in RESULTS;
}

/** Channels of activations in evaluatePlain. */
export function plainChannels(output: Output): number {
  return output === 'value' ? 1 : 3;
}

/** The entry points begin, carryMiddle, carry, settle, assign, evaluate and evaluatePlain. */
export function composeCulled(activation: Activation, output: Output): string {
  const channels = plainChannels(output);
  const source = culledSource
    .replace('//#carryMiddle', carryMiddleLines().join('\n'))
    .replace('//#carry', carryLines().join('\n'))
    .replace('//#range', rangeLine(activation))
    .replace('//#classes', CLASSES.flatMap((_, i) => classLines(i, activation, output)).join('\n'))
    .replace('//#begin', beginLines(channels).join('\n'))
    .replaceAll('//#product', productLines(channels).join('\n'))
    .replace(
      '//#activate',
      activateLines(activation, channels === 1 ? 'point' : 'tangents', output).join('\n'),
    )
    .replace('//#finish', finishLines(channels, output).join('\n'));
  const constants = [
    `const SLOTS = ${SLOTS}u;`,
    `const MAX_LAYERS = ${MAX_LAYERS}u;`,
    `const PLAIN_THREADS = ${PLAIN_THREADS}u;`,
    `const CHANNELS = ${channels}u;`,
    // What a neuron that is off makes of its pre-activation, apart from a constant.
    `const OFF_FACTOR = ${activation === 'relu' ? '0.0' : '-1.0'};`,
  ];
  return [...constants, gridSource, mathSource, layerSource, source].join('\n');
}

/** s{block}{neuron}_{tile}: what a neuron takes in at a tile's middle, with slopes. */
function carryMiddleLines(): string[] {
  const each = <T>(line: (block: number, r: number, tile: number) => T): T[] =>
    range(2).flatMap((block) =>
      range(4).flatMap((r) => range(4).map((tile) => line(block, r, tile))),
    );
  return [
    ...each((block, r, tile) => `var s${block}${r}_${tile} = vec4f(0.0);`),
    'for (var j = 0u; j < layer.inputs; j += 4u) {',
    ...range(4).flatMap((i) => [
      ...range(2).map(
        (block) =>
          `let w${block}_${i} = weights[layer.firstWeight + (j + ${i}u) * layer.blocks + block${block}];`,
      ),
      ...range(4).map(
        (tile) =>
          `let m${tile}_${i} = activations[mapIndex(layer.sourceHalf, 0u, j + ${i}u, tile${tile})];`,
      ),
    ]),
    ...each((block, r, tile) => {
      const terms = range(4).map((i) => `w${block}_${i}[${r}] * m${tile}_${i}`);
      return `s${block}${r}_${tile} += ${sum(terms)};`;
    }),
    '}',
    ...range(2).map((block) => `let n${block} = neurons[layer.firstBlock + block${block}];`),
    ...each(
      (block, r, tile) =>
        `activations[mapIndex(half, 0u, 4u * block${block} + ${r}u, tile${tile})] = ` +
        `n${block}.sign[${r}] * s${block}${r}_${tile} + vec4f(n${block}.shift[${r}], 0.0, 0.0, 0.0);`,
    ),
  ];
}

function carryLines(): string[] {
  return [
    ...range(4).flatMap((i) => [
      `let w${i} = weights[layer.firstWeight + (j + ${i}u) * layer.blocks + block];`,
      `let m${i} = activations[mapIndex(layer.sourceHalf, quad, j + ${i}u, tile)];`,
    ]),
    ...range(4).map((r) => `s${r} += ${sum(range(4).map((i) => `w${i}[${r}] * m${i}`))};`),
  ];
}

/** An open neuron's activation lies between `floor` and `floor + 2 radius`. */
function rangeLine(activation: Activation): string {
  const above = 'height + reach';
  return activation === 'relu'
    ? `let radius = 0.5 * (${above});`
    : `let radius = 0.5 * max(${above}, reach - height);`;
}

/**
 * The small network of a tile with more than CLASSES[i − 1] and at most CLASSES[i] open neurons.
 *
 * Names: m{k} and f{k}_{j} the map of neuron k, w{k}_{j} quads of its weights, r{k} its radius, z its
 * pre-activation less the middle of its range, e its activation less that, g the derivative of the
 * output by z. `out` is the output's map. Slots that a tile does not use are loaded as zeros.
 */
function classLines(i: number, activation: Activation, output: Output): string[] {
  const size = CLASSES[i];
  const least = i === 0 ? 0 : CLASSES[i - 1] + 1;
  const all = range(size);
  const lanes = ['x', 'y', 'z', 'w'];
  const weight = (name: string, j: number) => `${name}_${1 + (j >> 2)}.${lanes[j & 3]}`;
  const load = all.flatMap((k) => [
    `let used${k} = ${k}u < open;`,
    ...range(1 + Math.ceil(k / 4)).map(
      (quad) =>
        `let m${k}_${quad} = select(vec4f(0.0), slots[slotIndex(${k}u, ${quad}u, tile)], used${k});`,
    ),
    `let head${k} = slots[slotIndex(${k}u, QUADS, tile)];`,
    `let r${k} = select(0.0, head${k}.z, used${k}); let c${k} = m${k}_0.x - select(0.0, head${k}.y, used${k});`,
  ]);
  const loadOut = range(1 + size / 4).map((quad) => {
    const value = `activations[mapIndex(half, ${quad}u, 0u, tile)]`;
    if (quad === 0) return `let out_0 = ${value};`;
    const used = `vec4u(open) > (LANES + ${4 * (quad - 1)}u)`;
    return `let out_${quad} = select(vec4f(0.0), ${value}, ${used});`;
  });
  const forward = all.flatMap((k) => {
    const terms = range(k).map((j) => `${weight(`m${k}`, j)} * e${j}`);
    const z = [`(c${k} + m${k}_0.z * up)`, `m${k}_0.y * across`, ...terms].join(' + ');
    const off = activation === 'relu' ? `vec4f(-r${k})` : `-2.0 * r${k} - z${k}`;
    return [`let z${k} = ${z};`, `let e${k} = select(${off}, z${k}, z${k} > vec4f(-r${k}));`];
  });
  const value = `let value = ${['(out_0.x + out_0.z * up)', 'out_0.y * across', ...all.map((j) => `${weight('out', j)} * e${j}`)].join(' + ')};`;
  const backward = all.toReversed().flatMap((k) => {
    const above = range(size - k - 1).map((n) => `${weight(`m${k + 1 + n}`, k)} * g${k + 1 + n}`);
    const a = [`vec4f(${weight('out', k)})`, ...above].join(' + ');
    return activation === 'relu'
      ? `let g${k} = select(vec4f(0.0), ${a}, z${k} > vec4f(-r${k}));`
      : `let g${k} = sign(z${k} + r${k}) * (${a});`;
  });
  const slope = (axis: string) =>
    [`vec4f(out_0.${axis})`, ...all.map((k) => `m${k}_0.${axis} * g${k}`)].join(' + ');
  const gradient = [...backward, `let d1 = ${slope('y')};`, `let d2 = ${slope('z')};`];
  return [
    `for (var turn = 0u; turn < once((open >= ${least}u) & (open <= ${size}u)); turn++) {`,
    ...load,
    ...loadOut,
    'for (var row = start; row < end; row++) {',
    'let up = (f32(grid.firstRow + row) - middle.y) * grid.step.y;',
    ...forward,
    ...(output === 'value' || output === 'valueAndGradient' ? [value] : []),
    ...(output === 'value' ? [] : gradient),
    'let target0 = (grid.targetRow + row) * grid.groupsPerRow + group;',
    ...resultLines(output),
    '}',
    '}',
  ];
}

function resultLines(output: Output): string[] {
  const expression = RESULTS[output];
  const result = expression ? [`let result = bitcast<vec4u>(${expression});`] : [];
  return [...result, ...storeLines(output)];
}

function beginLines(channels: number): string[] {
  const inputs = [
    ['x', 'vec4f(y)'],
    ['vec4f(1.0)', 'vec4f(0.0)'],
    ['vec4f(0.0)', 'vec4f(1.0)'],
  ];
  const store = inputs
    .slice(0, channels)
    .flatMap(([first, second], channel) =>
      [first, second, 'vec4f(0.0)', 'vec4f(0.0)'].map(
        (value, neuron) => `activations[indexOf(0u, ${channel}u, ${neuron}u, group)] = ${value};`,
      ),
    );
  return [AT_SAMPLE.plane, ...store];
}

function finishLines(channels: number, output: Output): string[] {
  const names = channels === 1 ? ['value'] : ['value', 'd1', 'd2'];
  return [...names.map((name, c) => `let ${name} = s${c}_0;`), ...resultLines(output)];
}
