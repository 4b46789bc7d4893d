import gridSource from '../../shaders/common/grid.wgsl?raw';
import layerSource from '../../shaders/common/layer.wgsl?raw';
import tilesSource from '../../shaders/common/tiles.wgsl?raw';
import culledSource from '../../shaders/culled.wgsl?raw';
import leavesSource from '../../shaders/leaves.wgsl?raw';
import plainSource from '../../shaders/plain.wgsl?raw';
import { AT_SAMPLE, MATH_SOURCE, type Output } from './composeEvaluate.ts';
import { neuronsLine, productLines } from './composeLayered.ts';
import { CULLING_LINES } from './cullingLines.ts';
import type { KinkFamily } from './families.ts';
import { range, sum } from './fieldCode.ts';
import { activateLines } from './layerLines.ts';
import { type LeafFamily, leafLines, loopedLines, RESULTS, resultLines } from './leafLines.ts';
import { constantLines, fillIn, WORKGROUP_SIZE } from './shaderConstants.ts';
import {
  BLOCK,
  LEAF,
  LEAF_NET_ROWS,
  LEAF_QUADS,
  LEAF_SLOTS,
  MAX_LAYERS,
  QUADS,
  rowOf,
  SLOTS,
  STRAIGHT,
  STRIPS,
  TILE,
  TILE_NET_ROWS,
} from './tileNetworks.ts';

/** True for outputs for which tiles can be culled: those that need only value and gradient, or the count of open neurons. */
export function isCullable(output: Output): boolean {
  return output in RESULTS;
}

/** Channels of activations in evaluatePlain. */
export function plainChannels(output: Output): number {
  return output === 'value' || output === 'openNeurons' ? 1 : 3;
}

/** Entry points that make the networks of tiles and leaves. They are the same for all outputs of a family. */
export const MAKING_NETWORKS = [
  'begin',
  'carryMiddle',
  'carry',
  'settle',
  'assign',
  'conclude',
  'refine',
] as const;

/** Entry points that evaluate samples by these networks. */
export const EVALUATING = ['evaluate', 'evaluateLooped', 'evaluatePlain'] as const;

/** The entry points of MAKING_NETWORKS and EVALUATING. */
export function composeCulled(family: KinkFamily, output: Output): string {
  const channels = plainChannels(output);
  const leafFamily = family === 'abs' ? 'abs' : 'relu';
  const plan = channels === 1 ? 'point' : 'tangents';
  const source = fillIn([tilesSource, culledSource, leavesSource, plainSource].join('\n'), {
    neurons: neuronsLine(family, 5),
    ...CULLING_LINES[family],
    carryMiddle: carryMiddleLines(family),
    carry: carryLines(),
    range: rangeLine(leafFamily),
    classes: leafLines(leafFamily, output),
    looped: loopedLines(leafFamily, output),
    store: resultLines(output),
    begin: beginLines(channels),
    product: productLines(channels),
    activate: activateLines(family, plan, output),
    finish: finishLines(channels, output),
  });
  const constants = constantLines({
    WORKGROUP_SIZE,
    TILE,
    STRIPS,
    LEAF: `vec2u(${LEAF[0]}u, ${LEAF[1]}u)`,
    BLOCK,
    SLOTS,
    LEAF_SLOTS,
    QUADS,
    LEAF_QUADS,
    TILE_OUTPUT: rowOf(SLOTS),
    LEAF_OUTPUT: rowOf(LEAF_SLOTS),
    TILE_NET_ROWS,
    LEAF_NET_ROWS,
    STRAIGHT,
    MAX_LAYERS,
    CHANNELS: channels,
    // The activation of a neuron that is off, apart from a constant.
    OFF_FACTOR: leafFamily === 'relu' ? '0.0' : '-1.0',
  });
  return [constants, gridSource, MATH_SOURCE, layerSource, source].join('\n');
}

/** s{block}{neuron}_{tile}: the pre-activation of a neuron at a tile's middle, with slopes. */
function carryMiddleLines(family: KinkFamily): string[] {
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
        (family === 'leaky'
          ? `s${block}${r}_${tile};`
          : `n${block}.sign[${r}] * s${block}${r}_${tile} + vec4f(n${block}.shift[${r}], 0.0, 0.0, 0.0);`),
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

/** The contribution of an open neuron lies between 0 and `2 radius`. */
function rangeLine(family: LeafFamily): string {
  const above = 'height + reach';
  return family === 'relu'
    ? `let radius = 0.5 * (${above});`
    : `let radius = 0.5 * max(${above}, reach - height);`;
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
