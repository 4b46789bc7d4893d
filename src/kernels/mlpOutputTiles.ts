import { type SpecialForm, sum } from './fieldCode.ts';
import { affineIdentities, affineTest, ofTile } from './mlpAffine.ts';
import { FAMILIES, type NetworkShape } from './mlpFamilies.ts';
import { HINGE_HEIGHT, oneHingeTest, openNeuronCount, openNeuronLines } from './mlpOneHinge.ts';
import { NO_GRADIENT, type OutputLines, type OutputRow } from './outputLines.ts';

/**
 * The forms for tiles of mlpAffine.ts and mlpOneHinge.ts, for several outputs.
 *
 * Names: outC{row} is a row of the output layer at the tile's middle, outX and outY its slopes, outO the weight of the open neuron.
 */

const NAMES = { outC: 'v', outX: 'va', outY: 'vb', outO: 'vo' };

function tileRows(
  shape: NetworkShape,
  rows: readonly OutputRow[],
  names: readonly (keyof typeof NAMES)[],
): string[] {
  return rows.map(({ row }) =>
    names.map((name) => `let ${name}${row} = ${ofTile(shape, row, NAMES[name])};`).join(' '),
  );
}

/** For tiles that no hinge crosses: what values and gradients do not need. */
export function affineOutputs(
  shape: NetworkShape,
  { rows, readout, boundary }: OutputLines,
): SpecialForm {
  const at = (across: string, up: string) =>
    rows.map(
      ({ row, value }) =>
        `let ${value} = outX${row} * ${across} + (outC${row} + outY${row} * ${up});`,
    );
  // np.gradient's step begins at another sample.
  const beforeStep = ['let fromX = x - tileX; let fromY = y - tileY;', ...at('fromX', 'fromY')];
  const steps = rows.map(
    ({ row, step }) => `let ${step} = outX${row} * hx + vec4f(outY${row} * hy);`,
  );
  const slopes = rows.map(
    ({ row }) => `let sX${row} = outX${row} * unit.x; let sY${row} = outY${row} * unit.y;`,
  );
  return {
    name: 'isAffine',
    test: [...affineTest(shape), ...tileRows(shape, rows, ['outC', 'outX', 'outY'])].join('\n'),
    pieces: {
      difference: [...beforeStep, ...steps, ...readout.difference].join('\n'),
      boundary: [...at('across', 'up'), ...slopes, ...boundary].join('\n'),
      ...affineIdentities(shape),
    },
  };
}

/** For tiles that at most one hinge crosses. */
export function oneHingeOutputs(shape: NetworkShape, { rows, readout }: OutputLines): SpecialForm {
  const { kink } = FAMILIES[shape.family].open;
  const outputs = [
    HINGE_HEIGHT,
    `let kink = ${kink.value};`,
    ...rows.map(
      ({ row, value }) =>
        `let ${value} = (outAcross${row} + (outC${row} + outY${row} * up)) + outO${row} * kink;`,
    ),
  ];
  const shared = (name: string) => sum(rows.map(({ row, share }) => `${name}${row}${share}`));
  const gradient = readout.shares
    ? [
        `let kinkSlope = (${shared('outO')}) * ${kink.derivative};`,
        `let d1 = ${shared('outX')} + kinkSlope * hingeA;`,
        `let d2 = ${shared('outY')} + kinkSlope * hingeB;`,
      ]
    : NO_GRADIENT;
  return {
    name: 'hasAtMostOneHinge',
    test: [
      ...oneHingeTest(shape),
      ...tileRows(shape, rows, ['outC', 'outX', 'outY', 'outO']),
      ...openNeuronLines(shape.hidden),
      ...rows.map(({ row }) => `let outAcross${row} = outX${row} * across;`),
      'let hingeAcross = hingeA * across;',
    ].join('\n'),
    pieces: {
      value: [...outputs, ...readout.value].join('\n'),
      gradient: [...(readout.shares ? [...outputs, ...readout.shares] : []), ...gradient].join(
        '\n',
      ),
      valueAndGradient: [...outputs, ...readout.valueAndShares, ...gradient].join('\n'),
      openNeurons: openNeuronCount(shape.hidden),
    },
  };
}
