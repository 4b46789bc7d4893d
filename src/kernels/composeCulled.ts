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
import { activateLines, sumLines } from './layerLines.ts';
import { type LeafFamily, leafLines, loopedLines, RESULTS, resultLines } from './leafLines.ts';
import { loopedReadoutLines, type OutputsReadout, readoutSourceAt } from './outputsReadout.ts';
import type { Reads } from './reads.ts';
import { constantLines, fillIn, WORKGROUP_SIZE } from './shaderConstants.ts';
import {
  BLOCK,
  LEAF,
  LEAF_QUADS,
  LEAF_SLOTS,
  leafMaps,
  leafNetRows,
  MAX_LAYERS,
  QUADS,
  rowOf,
  SLOTS,
  STRAIGHT,
  STRIPS,
  TILE,
  tileNetRows,
} from './tileNetworks.ts';

/** True for outputs for which tiles can be culled: those that need only value and gradient, or the count of open neurons. */
export function isCullable(output: Output): boolean {
  return output in RESULTS;
}

/** Channels of activations in evaluatePlain. */
export function plainChannels(output: Output): number {
  return output === 'value' || output === 'openNeurons' ? 1 : 3;
}

/** Follows the samples, binding 9. */
const READOUT_BINDING = 10;

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

/**
 * The entry points of MAKING_NETWORKS and EVALUATING.
 * @param readout null for the one output itself
 */
export function composeCulled(
  family: KinkFamily,
  output: Output,
  readout: OutputsReadout | null = null,
  reads: Reads = 'by lines',
): string {
  const channels = plainChannels(output);
  const leafFamily = family === 'abs' ? 'abs' : 'relu';
  const plan = channels === 1 ? 'point' : 'tangents';
  const source = fillIn([tilesSource, culledSource, leavesSource, plainSource].join('\n'), {
    neurons: neuronsLine(family, 5),
    ...CULLING_LINES[family],
    carryMiddle: carryMiddleLines(),
    carry: carryLines(),
    range: rangeLine(leafFamily),
    classes: leafLines(leafFamily, output, readout, reads),
    looped: loopedLines(leafFamily, output, readout),
    store: resultLines(output),
    begin: beginLines(channels),
    product: productLines(channels),
    activate: activateLines(family, plan, output),
    outputs: outputsLines(channels, readout),
    finish: finishLines(channels, output, readout),
  });
  const outputs = readout?.rows ?? 1;
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
    OUTPUTS: outputs,
    TILE_NET_ROWS: tileNetRows(outputs),
    LEAF_NET_ROWS: leafNetRows(outputs),
    LEAF_MAPS: leafMaps(outputs),
    STRAIGHT,
    MAX_LAYERS,
    CHANNELS: channels,
    // The activation of a neuron that is off, apart from a constant.
    OFF_FACTOR: leafFamily === 'relu' ? '0.0' : '-1.0',
  });
  const own = readout ? [readoutSourceAt(READOUT_BINDING)] : [];
  return [constants, gridSource, MATH_SOURCE, layerSource, ...own, source].join('\n');
}

/** s{block}{neuron}_{tile}: the pre-activation of a neuron at a tile's middle, with slopes. */
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

/** The contribution of an open neuron lies between 0 and `2 radius`. */
function rangeLine(family: LeafFamily): string {
  const most = family === 'relu' ? 'high' : 'max(high, -low)';
  return `let radius = 0.5 * ${most};`;
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

/** The sums of the output; of several, kept where the other half of `activations` was. */
function outputsLines(channels: number, readout: OutputsReadout | null): string[] {
  const product = productLines(channels);
  if (!readout) return ['let block = 0u;', ...product];
  return [
    'let targetHalf = 1u - sourceHalf;',
    'for (var block = 0u; block < layer.blocks; block++) {',
    ...product,
    ...sumLines(channels),
    '}',
  ];
}

function finishLines(channels: number, output: Output, readout: OutputsReadout | null): string[] {
  const names = channels === 1 ? ['value'] : ['value', 'd1', 'd2'];
  const shown = readout
    ? loopedReadoutLines(readout, output, 'targetHalf', false)
    : names.map((name, c) => `let ${name} = s${c}_0;`);
  return output === 'openNeurons' ? [] : [...shown, ...resultLines(output)];
}
