import readoutSource from '../../shaders/common/readout.wgsl?raw';
import { MAX_OUTPUTS } from '../model/networks.ts';
import type { PlaneReadout } from '../model/resolve.ts';
import type { Output } from './composeEvaluate.ts';
import { range, sum } from './fieldCode.ts';
import { type OutputsReadoutKind, READOUT_LINES, readsOutputs } from './readoutLines.ts';
import { loopPasses, type Pass, type ReadoutLines, unrollPasses } from './readoutPasses.ts';
import { boundaryPasses } from './readoutWinners.ts';
import { BOUNDARY_LAYER, withConstants } from './shaderConstants.ts';

/** Floats of `struct OutputNumbers`, and of the others of `struct Readout`. */
export const STRUCT_FLOATS = 8;
export const READOUT_BYTES = 4 * STRUCT_FLOATS * (1 + MAX_OUTPUTS);

/** How kernels of wide networks read several outputs. */
export interface OutputsReadout {
  readonly kind: OutputsReadoutKind;
  /** K */
  readonly count: number;
  /** Rows of the output layer: the outputs less their common part, then that part if it counts. */
  readonly rows: number;
}

/** null if the readout is the one output of the network itself. */
export function outputsReadout(readout: PlaneReadout, outputs: number): OutputsReadout | null {
  if (readout.kind === 'output') return null;
  // Sigmoid and tanh are softmax of the two outputs 0 and z.
  const kind = readsOutputs(readout.kind) ? readout.kind : 'softmax';
  const count = kind === readout.kind ? outputs : 2;
  return { kind, count, rows: count + Number(READOUT_LINES[kind].hasCommonPart) };
}

/** The struct of a readout's numbers, and their binding. */
export function readoutSourceAt(binding: number): string {
  const source = withConstants({ MAX_OUTPUTS }, readoutSource);
  return `${source}\n@group(0) @binding(${binding}) var<uniform> readout: Readout;`;
}

/** What an output of a kernel shows of the readout. */
interface Shown {
  readonly value: boolean;
  readonly gradient: boolean;
  readonly difference: boolean;
  readonly boundary: boolean;
}

function shownBy(output: Output): Shown {
  const difference = output.startsWith('np');
  const boundary = output === 'boundary';
  const value = output === 'value' || output === 'valueAndGradient';
  const isGradient = !value && !difference && !boundary;
  const gradient = isGradient || output === 'valueAndGradient';
  return { value, gradient, difference, boundary };
}

/** The passes of a readout that an output needs, but for those that turn shares into a gradient. */
function passesFor({ base, value, shares, difference }: ReadoutLines, shown: Shown): Pass[] {
  if (shown.boundary) return [...boundaryPasses('boundary', BOUNDARY_LAYER)];
  if (shown.difference) return [...base, ...difference];
  return [...base, ...(shown.value ? value : []), ...(shown.gradient && shares ? shares : [])];
}

/** Numbers that are the same for all outputs. */
const READOUT_NUMBERS = ['steep', 'inverse', 'outer', 'rate', 'near', 'logitUnit'].map(
  (name) => `let ${name} = readout.${name};`,
);

function outputNumberLines(k: string, index: string): string[] {
  return ['p', 'behind', 'pi', 'logPi', 'pick'].map(
    (name) => `let ${name}${k} = readout.outputs[${index}].${name};`,
  );
}

/**
 * Lines that define value, d1 and d2, difference, or boundary, whatever the output needs, from the outputs in `activations`.
 *
 * @param half an expression: where these are
 * @param isAnchored whether tangents and steps are relative to those that the neurons' blocks have
 */
export function loopedReadoutLines(
  { kind, count }: OutputsReadout,
  output: Output,
  half: string,
  isAnchored: boolean,
): string[] {
  const lines = READOUT_LINES[kind];
  const shown = shownBy(output);
  const at = (channel: number, k: string) =>
    `activations[indexOf(${half}, ${channel}u, ${k}, group)]`;
  const tangent = (axis: 1 | 2) => `neurons[layer.firstBlock + k / 4u].tangent${axis}[k % 4u]`;
  const common = `${count}u`;
  const step = isAnchored ? `${at(1, 'k')} + ${tangent(1)} * hx + ${tangent(2)} * hy` : at(1, 'k');
  const along = (axis: 1 | 2) =>
    isAnchored ? `(${at(axis, 'k')} + ${tangent(axis)})` : at(axis, 'k');
  const load = [
    ...outputNumberLines('', 'k'),
    `let h = ${at(0, 'k')};`,
    ...(shown.difference ? [`let step = ${step};`] : []),
    ...(shown.boundary ? [`let sX = ${along(1)} * unit.x; let sY = ${along(2)} * unit.y;`] : []),
  ];
  const before = [
    ...READOUT_NUMBERS,
    ...(lines.hasCommonPart ? [`let commonPart = ${at(0, common)};`] : []),
    ...(lines.hasCommonPart && shown.difference ? [`let commonStep = ${at(1, common)};`] : []),
  ];
  const passes = passesFor(lines, shown);
  if (shown.gradient) {
    const start = (channel: number) => (lines.hasCommonPart ? at(channel, common) : 'vec4f(0.0)');
    const gather = [1, 2].map((axis) => `d${axis} += share * ${at(axis, 'k')};`);
    // Sums of their own, beside which the changes would lose digits.
    const changed = lines.shareChanges ? 'change' : 'share';
    const fromBase = ([1, 2] as const).map(
      (axis) => `base${axis} += ${changed} * ${tangent(axis)};`,
    );
    if (isAnchored) passes.push(...(lines.shareChanges ?? []));
    passes.push({
      before: [
        `var d1 = ${start(1)}; var d2 = ${start(2)};`,
        ...(isAnchored ? ['var base1 = vec4f(0.0); var base2 = vec4f(0.0);'] : []),
      ],
      ...(lines.shares && { gather: () => [...gather, ...(isAnchored ? fromBase : [])] }),
      after: isAnchored ? ['d1 += base1; d2 += base2;'] : [],
    });
  }
  return [...before, ...loopPasses(passes, `${count}u`, load)];
}

/** Numbers of the readout, for readoutBlock. */
export function readoutNumberLines({ count }: OutputsReadout): string[] {
  return [
    ...READOUT_NUMBERS,
    ...range(count).flatMap((k) => outputNumberLines(String(k), `${k}u`)),
  ];
}

/** Names of the rows of the output layer. */
export function rowNames({ count, rows }: OutputsReadout): string[] {
  return range(rows).map((row) => (row < count ? `h${row}` : 'commonPart'));
}

/** The lines around readoutBlock. */
interface RowLines {
  /** Define h{k} of each output, and commonPart. */
  readonly rows: readonly string[];
  /** Declare what `seeds` sets. */
  readonly before: readonly string[];
  /**
   * Set the derivatives of the value by what the rows are sums of.
   * @param through what a derivative is, an expression: from those of the rows, each an expression
   */
  seeds(through: (ofRow: (row: number) => string) => string): readonly string[];
}

/** The same without loops, in a block, so that its names do not get in the way of others. */
export function readoutBlock(
  { kind, count }: OutputsReadout,
  output: Output,
  { rows, before, seeds }: RowLines,
): string[] {
  const lines = READOUT_LINES[kind];
  const shown = shownBy(output);
  const through = (ofRow: (row: number) => string) =>
    sum([
      ...(lines.shares ? range(count).map((k) => `share${k} * ${ofRow(k)}`) : []),
      ...(lines.hasCommonPart ? [`vec4f(${ofRow(count)})`] : []),
    ]);
  return [
    ...(shown.value ? ['var shownValue = vec4f(0.0);'] : []),
    ...(shown.gradient ? before : []),
    '{',
    ...rows,
    ...unrollPasses(passesFor(lines, shown), count),
    ...(shown.value ? ['shownValue = value;'] : []),
    ...(shown.gradient ? seeds(through) : []),
    '}',
    ...(shown.value ? ['let value = shownValue;'] : []),
  ];
}
