import { neuronKey } from '../model/pattern.ts';
import {
  type FieldCode,
  ParameterReader,
  type Pieces,
  range,
  type SpecialForm,
  sum,
} from './fieldCode.ts';
import { evaluationPieces, loadLogits } from './logitFields.ts';
import { smallForm } from './logitsSmall.ts';
import { loadNetwork, mlpKey } from './mlp.ts';
import type { NetworkShape } from './mlpFamilies.ts';
import {
  backwardLines,
  forwardLines,
  hingeLines,
  stepLines,
  stepOf,
  tangentLines,
  tangentOf,
} from './mlpLayers.ts';
import { inputOf, product, regionOf } from './mlpLines.ts';
import { affineOutputs, oneHingeOutputs } from './mlpOutputTiles.ts';
import { NO_GRADIENT, type OutputLines, outputLines } from './outputLines.ts';
import type { OutputsReadoutKind } from './readoutLines.ts';
import { unrollPasses } from './readoutPasses.ts';
import { isShareReadout } from './readoutShares.ts';
import { boundaryPasses, LEAD, WINNER_PARAMETERS } from './readoutWinners.ts';

/**
 * Straight-line code for a readout of the K outputs of a small network; without hidden layers, of K affine functions. The lines of a
 * readout (readoutPasses.ts) are unrolled over the outputs. Where one of the forms for tiles serves, outputs are affine functions, or
 * these and the contribution of one neuron.
 *
 * Names: as in mlp.ts; row k of the output layer is output k less the common part, row K the common part.
 */
export function outputsCode(
  shape: NetworkShape,
  count: number,
  kind: OutputsReadoutKind,
): FieldCode {
  const all = range(count);
  const lines = outputLines(count, kind);
  const small: SpecialForm[] = isShareReadout(kind)
    ? [{ name: 'small', anywhere: true, test: '', pieces: evaluationPieces(smallForm(kind, all)) }]
    : [];
  const tiles =
    shape.hidden.length === 0 ? [] : [oneHingeOutputs(shape, lines), affineOutputs(shape, lines)];
  return {
    key: outputsKey(shape, count, kind),
    load: loadLines(shape, lines.rows.length, count, kind).join('\n'),
    general: generalPieces(shape, count, lines),
    special: [...small, ...tiles],
  };
}

/** The key of outputsCode, without its lines. */
export function outputsKey(shape: NetworkShape, count: number, kind: OutputsReadoutKind): string {
  return `${mlpKey(shape, count)} ${kind}`;
}

/** The order of the parameters; packOutputs.ts writes the same. */
function loadLines(
  shape: NetworkShape,
  rows: number,
  count: number,
  kind: OutputsReadoutKind,
): string[] {
  const reader = new ParameterReader();
  if (isShareReadout(kind)) {
    const units = loadLogits(reader, range(count));
    return [...loadNetwork(reader, shape, rows), ...units];
  }
  for (const k of range(count)) {
    for (const name of WINNER_PARAMETERS[kind]) reader.read(`${name}${k}`);
  }
  return loadNetwork(reader, shape, rows);
}

function generalPieces(
  shape: NetworkShape,
  count: number,
  { rows, readout, boundary }: OutputLines,
): Pieces {
  const { hidden } = shape;
  const last = hidden.length;
  const row = (i: number, input: (layer: number, j: number) => string) =>
    product(shape, last, i, (j) => input(last, j));
  const forward = [
    ...forwardLines(shape),
    ...rows.map(({ row: i, value }) => `let ${value} = ${row(i, inputOf)};`),
  ];
  const steps = rows.map(({ row: i, step }) => `let ${step} = ${row(i, stepOf)};`);
  const tangent = (k: number, name: 's' | 't') => tangentOf(shape, last, k, name);
  const withTangents = [
    ...forward,
    ...tangentLines(shape),
    ...range(count).map((k) => `let sX${k} = ${tangent(k, 's')}; let sY${k} = ${tangent(k, 't')};`),
  ];
  const seed = (j: number) => sum(rows.map(({ row: i, share }) => `w${last}_${i}_${j}${share}`));
  const backward = readout.shares ? backwardLines(shape, (j) => `(${seed(j)})`) : NO_GRADIENT;
  const hinge =
    last === 0
      ? [...withTangents, ...unrollPasses(boundaryPasses('hinge', 1), count)]
      : [...forward, ...hingeLines(shape)];
  return {
    value: [...forward, ...readout.value].join('\n'),
    gradient: [...(readout.shares ? [...forward, ...readout.shares] : []), ...backward].join('\n'),
    valueAndGradient: [...forward, ...readout.valueAndShares, ...backward].join('\n'),
    difference: [...forward, ...stepLines(shape), ...steps, ...readout.difference].join('\n'),
    region: [...forward, ...regionLines(shape, count)].join('\n'),
    hinge: hinge.join('\n'),
    boundary: [...withTangents, ...boundary].join('\n'),
    openNeurons: `let openNeurons = ${hidden.reduce((total, width) => total + width, 0)}u;`,
  };
}

/** The regions of affine functions are where one of them is the largest. */
function regionLines(shape: NetworkShape, count: number): string[] {
  if (shape.hidden.length > 0) return [`let region = ${regionOf(shape, 'z', 'vec4')};`];
  const key = range(count).reduce(
    (found, k) => `select(${found}, vec4u(${neuronKey(k)}u), m == vec4u(${k}u))`,
    'vec4u(0u)',
  );
  return [...unrollPasses([LEAD], count), `let region = ${key};`];
}
