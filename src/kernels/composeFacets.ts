import facetsSource from '../../shaders/facets.wgsl?raw';
import { AT_SAMPLE, commonSource, type Output, storeLines } from './composeEvaluate.ts';
import { RESULTS } from './leafLines.ts';
import {
  type OutputsReadout,
  readoutBlock,
  readoutNumberLines,
  readoutSourceAt,
  rowNames,
} from './outputsReadout.ts';
import { fillIn, WORKGROUP_SIZE, withConstants } from './shaderConstants.ts';

/** Follows the samples. */
const READOUT_BINDING = 4;

const LANES = ['x', 'y', 'z', 'w'];

/**
 * Whether a kernel evaluates an output by facets. np.gradient's steps lead from one facet to another, and a picture of regions needs
 * the signs of all neurons; lines are drawn without a kernel.
 */
export function isMadeOfFacets(output: Output): boolean {
  return output !== 'openNeurons' && RESULTS[output] !== undefined;
}

/**
 * The shader that evaluates facets; its entry point is `evaluate`.
 * @param readout null for the one output itself
 */
export function composeFacets(output: Output, readout: OutputsReadout | null): string {
  const body = [
    AT_SAMPLE.plane,
    ...placeLines(),
    ...(readout
      ? readoutLines(output, readout)
      : [...rowLines('value', 0), 'let d1 = valueX; let d2 = valueY;']),
  ];
  const source = fillIn(facetsSource, {
    body,
    store: [
      ...(RESULTS[output] ? [`let result = bitcast<vec4u>(${RESULTS[output]});`] : []),
      ...storeLines(output),
    ],
  });
  return withConstants(
    { WORKGROUP_SIZE, ROWS: readout?.rows ?? 1 },
    [commonSource('plane'), ...(readout ? [readoutSourceAt(READOUT_BINDING)] : []), source].join(
      '\n',
    ),
  );
}

/** Reads a row of the facet of each sample. @returns its first three components, as expressions */
function readRow(name: string, row: number): readonly [lines: string[], components: string[]] {
  const components = LANES.slice(0, 3).map(
    (component) => `vec4f(${LANES.map((lane) => `${name}_${lane}.${component}`).join(', ')})`,
  );
  return [LANES.map((lane) => `let ${name}_${lane} = maps[own.${lane} + ${row}u];`), components];
}

/** The place of each sample in its facet, `across` and `up`. */
function placeLines(): string[] {
  const [read, [x, y]] = readRow('place', 0);
  return [...read, `let across = x - ${x}; let up = y - ${y};`];
}

/** The change {name} of a row of the output layer since the anchor, and its slopes {name}X and {name}Y. */
function rowLines(name: string, row: number): string[] {
  const [read, [change, x, y]] = readRow(name, 1 + row);
  return [
    ...read,
    `let ${name}X = ${x}; let ${name}Y = ${y};`,
    `let ${name} = ${change} + ${name}X * across + ${name}Y * up;`,
  ];
}

function readoutLines(output: Output, readout: OutputsReadout): string[] {
  const names = rowNames(readout);
  return [
    ...readoutNumberLines(readout),
    ...names.flatMap(rowLines),
    ...readoutBlock(readout, output, {
      rows: [],
      before: ['var d1 = vec4f(0.0); var d2 = vec4f(0.0);'],
      seeds: (through) => [
        `d1 = ${through((row) => `${names[row]}X`)};`,
        `d2 = ${through((row) => `${names[row]}Y`)};`,
      ],
    }),
  ];
}
