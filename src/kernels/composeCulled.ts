import gridSource from '../../shaders/common/grid.wgsl?raw';
import layerSource from '../../shaders/common/layer.wgsl?raw';
import mathSource from '../../shaders/common/math.wgsl?raw';
import culledSource from '../../shaders/culled.wgsl?raw';
import leavesSource from '../../shaders/leaves.wgsl?raw';
import { type Activation, MAX_HIDDEN_LAYERS } from '../model/field.ts';
import { AT_SAMPLE, type Output, storeLines } from './composeEvaluate.ts';
import { activateLines, productLines } from './composeLayered.ts';
import { range, sum } from './fieldCode.ts';

/** Samples along the edges of a tile, and that a leaf is wide and high. */
export const TILE = 32;
export const LEAF = [16, 8] as const;
export const LEAVES = TILE ** 2 / (LEAF[0] * LEAF[1]);
/** Open neurons that the network of a tile or of a leaf may have; multiples of four. */
export const SLOTS = 128;
export const LEAF_SLOTS = 32;
/** Tiles, or leaves, whose rows lie together. */
export const BLOCK = 16;
/** Quads of a map (see culled.wgsl). */
export const QUADS = quadsFor(SLOTS);
export const LEAF_QUADS = quadsFor(LEAF_SLOTS);
/** Layers for which there is room in the uniform buffer, the output layer included. */
export const MAX_LAYERS = MAX_HIDDEN_LAYERS + 1;
/** Threads that share what is evaluated without culling, and by loops. */
export const PLAIN_THREADS = 1024;
export const LOOPED_THREADS = 4096;

/** Straight-line code is made for small networks of up to so many neurons. */
const CLASSES = [2, 4, 8, 16];
const STRAIGHT = CLASSES[CLASSES.length - 1];

function quadsFor(open: number): number {
  return 1 + Math.ceil(open / 4);
}

/** Where in a network the quads of a slot begin, as in culled.wgsl. */
export function rowOf(slot: number): number {
  const block = slot >> 2;
  return 2 * slot + block * (2 * block - 2 + (slot & 3));
}

/** Quads of the network of a tile: slots, the output's map and radii. */
export const TILE_NET_QUADS = rowOf(SLOTS) + QUADS + SLOTS / 4;
export const LEAF_NET_QUADS = rowOf(LEAF_SLOTS) + LEAF_QUADS + LEAF_SLOTS / 4;

const RESULTS: Partial<Record<Output, string>> = {
  value: 'value',
  partial1: 'd1',
  partial2: 'd2',
  gradientNorm: 'hypotenuse(d1, d2)',
  gradientDirection: 'direction(d1, d2)',
  valueAndGradient: '',
  openNeurons: '',
};

/** True for outputs that tiles can be culled for: those that ask for no more than value and gradient, or what is culled. */
export function isCullable(output: Output): boolean {
  return output in RESULTS;
}

/** Channels of activations in evaluatePlain. */
export function plainChannels(output: Output): number {
  return output === 'value' || output === 'openNeurons' ? 1 : 3;
}

/** The entry points begin, carryMiddle, carry, settle, assign, conclude, refine, evaluate, evaluateLooped and evaluatePlain. */
export function composeCulled(activation: Activation, output: Output): string {
  const channels = plainChannels(output);
  const source = `${culledSource}\n${leavesSource}`
    .replace('//#carryMiddle', carryMiddleLines().join('\n'))
    .replace('//#carry', carryLines().join('\n'))
    .replaceAll('//#range', rangeLine(activation))
    .replace('//#classes', leafLines(activation, output).join('\n'))
    .replace('//#looped', loopedLines(activation, output).join('\n'))
    .replace('//#store', resultLines(output).join('\n'))
    .replace('//#begin', beginLines(channels).join('\n'))
    .replaceAll('//#product', productLines(channels).join('\n'))
    .replace(
      '//#activate',
      activateLines(activation, channels === 1 ? 'point' : 'tangents', output).join('\n'),
    )
    .replace('//#finish', finishLines(channels, output).join('\n'));
  const constants = [
    `const SLOTS = ${SLOTS}u;`,
    `const LEAF_SLOTS = ${LEAF_SLOTS}u;`,
    `const TILE_OUTPUT = ${rowOf(SLOTS)}u;`,
    `const LEAF_OUTPUT = ${rowOf(LEAF_SLOTS)}u;`,
    `const STRAIGHT = ${STRAIGHT}u;`,
    `const MAX_LAYERS = ${MAX_LAYERS}u;`,
    `const PLAIN_THREADS = ${PLAIN_THREADS}u;`,
    `const LOOPED_THREADS = ${LOOPED_THREADS}u;`,
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

/** What an open neuron contributes lies between 0 and `2 radius`. */
function rangeLine(activation: Activation): string {
  const above = 'height + reach';
  return activation === 'relu'
    ? `let radius = 0.5 * (${above});`
    : `let radius = 0.5 * max(${above}, reach - height);`;
}

/** A leaf goes through the loop of one of the classes. */
function leafLines(activation: Activation, output: Output): string[] {
  if (output !== 'openNeurons') return CLASSES.flatMap((_, i) => classLines(i, activation, output));
  return [
    // The tiles of evaluatePlain keep all.
    'let kept = select(open, layer.firstNeuron, open > SLOTS);',
    ...sampleLoop([], ['samples[target0] = vec4u(kept);']),
  ];
}

/** The samples of a thread's leaf, four at a time; `across` and `up` tell them from its middle. */
function sampleLoop(body: readonly string[], results: readonly string[]): string[] {
  return [
    'for (var row = corner.y; row < endRow; row++) {',
    'let up = (f32(grid.firstRow + row) - grid.origin.y) * grid.step.y - middle.y;',
    'for (var group = firstGroup; group < endGroup; group++) {',
    'let across = (vec4f(f32(4u * group)) + vec4f(LANES) - grid.origin.x) * grid.step.x - middle.x;',
    ...body,
    'let target0 = (grid.targetRow + row) * grid.groupsPerRow + group;',
    ...results,
    '}',
    '}',
  ];
}

const hasValue = (output: Output) => output === 'value' || output === 'valueAndGradient';

/**
 * The network of a leaf with more than CLASSES[i − 1] and at most CLASSES[i] open neurons.
 *
 * Names: m{k}_{quad} the map of neuron k, z its pre-activation over its floor, e what it contributes, g the
 * derivative of the output by z. `out` is the output's map. Slots that a leaf does not use are loaded as zeros.
 */
function classLines(i: number, activation: Activation, output: Output): string[] {
  const size = CLASSES[i];
  const least = i === 0 ? 0 : CLASSES[i - 1] + 1;
  const all = range(size);
  const weight = (name: string, j: number) => `${name}_${1 + (j >> 2)}[${j & 3}]`;
  const load = all.flatMap((k) => [
    ...range(quadsFor(k)).map(
      (quad) =>
        `let m${k}_${quad} = select(vec4f(0.0), nets[quadAt(net, ${rowOf(k) + quad}u)], ${k}u < open);`,
    ),
  ]);
  const loadOut = range(quadsFor(size)).map((quad) => {
    const value = `nets[quadAt(net, LEAF_OUTPUT + ${quad}u)]`;
    if (quad === 0) return `let out_0 = ${value};`;
    return `let out_${quad} = select(vec4f(0.0), ${value}, vec4u(open) > (LANES + ${4 * (quad - 1)}u));`;
  });
  const forward = all.flatMap((k) => {
    const terms = range(k).map((j) => `${weight(`m${k}`, j)} * e${j}`);
    const z = [`(m${k}_0.x + m${k}_0.z * up)`, `m${k}_0.y * across`, ...terms].join(' + ');
    const off = activation === 'relu' ? 'vec4f(0.0)' : `-z${k}`;
    return [`let z${k} = ${z};`, `let e${k} = select(${off}, z${k}, z${k} > vec4f(0.0));`];
  });
  const value = `let value = ${['(out_0.x + out_0.z * up)', 'out_0.y * across', ...all.map((j) => `${weight('out', j)} * e${j}`)].join(' + ')};`;
  const backward = all.toReversed().flatMap((k) => {
    const above = range(size - k - 1).map((n) => `${weight(`m${k + 1 + n}`, k)} * g${k + 1 + n}`);
    const a = [`vec4f(${weight('out', k)})`, ...above].join(' + ');
    return activation === 'relu'
      ? `let g${k} = select(vec4f(0.0), ${a}, z${k} > vec4f(0.0));`
      : `let g${k} = sign(z${k}) * (${a});`;
  });
  const slope = (axis: string) =>
    [`vec4f(out_0.${axis})`, ...all.map((k) => `m${k}_0.${axis} * g${k}`)].join(' + ');
  const gradient = [...backward, `let d1 = ${slope('y')};`, `let d2 = ${slope('z')};`];
  return [
    `for (var turn = 0u; turn < once((open >= ${least}u) & (open <= ${size}u)); turn++) {`,
    ...load,
    ...loadOut,
    ...sampleLoop(
      [...forward, ...(hasValue(output) ? [value] : []), ...(output === 'value' ? [] : gradient)],
      resultLines(output),
    ),
    '}',
  ];
}

/** The same for any number of open neurons. `e` holds what neurons contribute, on the way back their derivatives. */
function loopedLines(activation: Activation, output: Output): string[] {
  if (output === 'openNeurons') return [];
  const lanes = ['x', 'y', 'z', 'w'];
  const dot = (base: string) =>
    lanes.map((lane, r) => `w.${lane} * e[${base} + ${r}u]`).join(' + ');
  const relu = activation === 'relu';
  const forward = [
    'for (var k = 0u; k < open; k++) {',
    'let row = rowOf(k);',
    'let own = nets[quadAt(net, row)];',
    'var z = (own.x + own.z * up) + own.y * across;',
    'for (var j = 0u; j < k; j += 4u) {',
    'let w = nets[quadAt(net, row + 1u + j / 4u)];',
    `z += ${dot('j')};`,
    '}',
    relu ? 'e[k] = select(vec4f(0.0), z, z > vec4f(0.0));' : 'e[k] = abs(z);',
    ...(output === 'value'
      ? []
      : [`slope[k] = ${relu ? 'select(vec4f(0.0), vec4f(1.0), z > vec4f(0.0))' : 'sign(z)'};`]),
    '}',
    'let out = nets[quadAt(net, output)];',
  ];
  const value = [
    'var value = (out.x + out.z * up) + out.y * across;',
    'for (var j = 0u; j < open; j += 4u) {',
    'let w = nets[quadAt(net, output + 1u + j / 4u)];',
    `value += ${dot('j')};`,
    '}',
  ];
  const gradient = [
    'var d1 = vec4f(out.y);',
    'var d2 = vec4f(out.z);',
    'for (var k = 0u; k < open; k++) {',
    'e[k] = vec4f(nets[quadAt(net, output + 1u + k / 4u)][k % 4u]);',
    '}',
    'for (var k = open; k > 0u; k--) {',
    'let row = rowOf(k - 1u);',
    'let g = e[k - 1u] * slope[k - 1u];',
    'let own = nets[quadAt(net, row)];',
    'd1 += own.y * g;',
    'd2 += own.z * g;',
    'for (var j = 0u; j < k - 1u; j += 4u) {',
    'let w = nets[quadAt(net, row + 1u + j / 4u)];',
    ...lanes.map((lane, r) => `e[j + ${r}u] += w.${lane} * g;`),
    '}',
    '}',
  ];
  return [...forward, ...(hasValue(output) ? value : []), ...(output === 'value' ? [] : gradient)];
}

function resultLines(output: Output): string[] {
  if (output === 'openNeurons') return [];
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
