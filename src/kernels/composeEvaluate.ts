import gridSource from '../../shaders/common/grid.wgsl?raw';
import logRadialSource from '../../shaders/common/logRadial.wgsl?raw';
import mathSource from '../../shaders/common/math.wgsl?raw';
import planeSource from '../../shaders/common/plane.wgsl?raw';
import evaluateSource from '../../shaders/evaluate.wgsl?raw';
import type { Quantity } from '../model/field.ts';
import { DECADES_BEYOND, type ProjectionKind } from '../view/projection.ts';
import { countParameters, type FieldCode, type Pieces } from './fieldCode.ts';
import { UNIT_DECADES } from './grid.ts';
import {
  NO_DIRECTION,
  STRAIGHT_TILE_ROWS,
  WORKGROUP_SIZE,
  withConstants,
} from './shaderConstants.ts';

/**
 * What a dispatch writes: a quantity, the hinges or the boundary between classes to draw over it, the value with both derivatives (three
 * consecutive groups of four), or for a network the number of neurons evaluated for a sample.
 */
export type Output = Quantity | 'hinge' | 'boundary' | 'valueAndGradient' | 'openNeurons';

/** Writes `result`, or the value and both derivatives, to `target0`. */
export function storeLines(output: Output): string[] {
  if (output !== 'valueAndGradient') return ['samples[target0] = result;'];
  return ['value', 'd1', 'd2'].map(
    (name, plane) => `samples[3u * target0 + ${plane}u] = bitcast<vec4u>(${name});`,
  );
}

/** Sample coordinates relative to the anchor. */
export const AT_SAMPLE: Readonly<Record<ProjectionKind, string>> = {
  plane: `let x = (column - grid.origin.x) * grid.step.x;
let y = (line - grid.origin.y) * grid.step.y;`,
  logRadial: `let place = placeOf(column, line);
let x = place.x;
let y = place.y;`,
};

/** The arguments of hingeCoverage, besides AT_SAMPLE. */
export const WITH_PEN: Readonly<Record<ProjectionKind, string>> = {
  plane: 'let unit = grid.step; let pen = grid.hingeHalfWidth;',
  logRadial: 'let unit = vec2f(1.0); let pen = place;',
};

/** Functions that WGSL does not have. */
export const MATH_SOURCE = withConstants({ NO_DIRECTION: `f32(${NO_DIRECTION})` }, mathSource);

const GREATEST_POWER = Math.log2(10) * (DECADES_BEYOND - UNIT_DECADES);

/** The functions and structs that AT_SAMPLE and the pieces use. */
export function commonSource(kind: ProjectionKind): string {
  const own = {
    plane: planeSource,
    // Powers of two of the largest distance in a picture that extends beyond the unit.
    logRadial: withConstants({ GREATEST_POWER: String(GREATEST_POWER) }, logRadialSource),
  }[kind];
  return [gridSource, MATH_SOURCE, own].join('\n');
}

/**
 * np.gradient's step along an axis, from the previous sample to the next, cut at the border. Only for
 * plane pictures: others have no common step.
 */
export const ALONG_COLUMNS = `let middle = min(column, vec4f(f32(grid.size.x - 1u)));
let before = max(middle - 1.0, vec4f(0.0));
let span = min(middle + 1.0, vec4f(f32(grid.size.x - 1u))) - before;
let x = (before - grid.origin.x) * grid.step.x;
let y = (line - grid.origin.y) * grid.step.y;
let hx = span * grid.step.x;
let hy = 0.0;`;

export const ALONG_ROWS = `let before = max(line - 1.0, 0.0);
let span = min(line + 1.0, f32(grid.size.y - 1u)) - before;
let x = (column - grid.origin.x) * grid.step.x;
let y = (before - grid.origin.y) * grid.step.y;
let hx = vec4f(0.0);
let hy = span * grid.step.y;`;

export const PER_UNIT = 'let result = bitcast<vec4u>(difference * (grid.samplesPerUnit / span));';

/** The whole evaluate shader for a field, an output, and a kind of picture. */
export function composeEvaluate(
  code: FieldCode,
  output: Output,
  kind: ProjectionKind = 'plane',
): string {
  return fillIn(code, kind, rowLoops(code, output, kind));
}

/** Whether a field has a kernel by FieldCode.series for an output. */
export function hasSeries(code: FieldCode, output: Output, kind: ProjectionKind): boolean {
  return kind === 'plane' && code.series?.pieces[planOf(output, kind).piece] !== undefined;
}

/** The shader for plane pictures that the series serves. @throws Error if there is none for the output */
export function composeSeries(code: FieldCode, output: Output): string {
  const { piece, frame } = planOf(output, 'plane');
  const lines = code.series?.pieces[piece];
  if (!code.series || lines === undefined) {
    throw new Error(`'${code.key}' has no series for '${output}'`);
  }
  const body = [UP, ...frame(lines, code.series.pieces)];
  const tile = [TILE_MIDDLE, code.series.setup, ...loop('tile', body, output)];
  return fillIn(code, 'plane', tile);
}

function fillIn(code: FieldCode, kind: ProjectionKind, rows: readonly string[]): string {
  const source = evaluateSource
    .replace('//#load', () => code.load)
    .replace('//#rows', () => rows.join('\n'));
  const constants = {
    WORKGROUP_SIZE,
    STRAIGHT_TILE_ROWS,
    PARAMETERS: countParameters(code.load),
  };
  return withConstants(constants, [commonSource(kind), source].join('\n'));
}

/**
 * A tile's rows are evaluated by one of several loops. These loops replace branches: software
 * adapters run both sides of an `if` and keep one, but skip a loop that no lane enters.
 */
function rowLoops(code: FieldCode, output: Output, kind: ProjectionKind): string[] {
  const { piece, frame } = planOf(output, kind);
  const generalPiece = code.general[piece];
  if (generalPiece === undefined) throw new Error(`'${code.key}' has no code for '${output}'`);
  const general = frame(generalPiece, code.general);
  // A tile of a log-radial picture is not a rectangle of the plane.
  const forms = code.special.filter(
    ({ pieces, anywhere }) => pieces[piece] !== undefined && (kind === 'plane' || anywhere),
  );
  if (forms.length === 0) return loop('tile', general, output);
  const choose = forms.flatMap(({ test, name }, i) => [
    test,
    `let takes${i} = ${name}${i === 0 ? '' : ` & !taken${i - 1}`};`,
    `let taken${i} = takes${i}${i === 0 ? '' : ` | taken${i - 1}`};`,
  ]);
  const tiles = [`let margin = ${MARGINS[piece] ?? '0.5'};`, TILE_MIDDLE, TILE_REACH];
  const up = kind === 'plane' ? [UP] : [];
  return [
    ...(kind === 'plane' ? tiles : []),
    ...choose,
    ...loop(`select(tile, tileEnd, taken${forms.length - 1})`, general, output),
    ...forms.flatMap(({ pieces }, i) =>
      loop(`select(tileEnd, tile, takes${i})`, [...up, ...frame(pieces[piece]!, pieces)], output),
    ),
  ];
}

function loop(from: string, body: readonly string[], output: Output): string[] {
  return [
    `for (var row = ${from}; row < tileEnd; row++) {`,
    'let line = f32(grid.firstRow + row);',
    ...body,
    'let target0 = (grid.targetRow + row) * grid.groupsPerRow + id.x;',
    ...storeLines(output),
    '}',
  ];
}

/** How far a piece extends beyond its sample, in samples, if that is more than the sample's cell. */
const MARGINS: Partial<Record<keyof Pieces, string>> = {
  difference: '1.5',
  hinge: 'grid.hingeHalfWidth + 1.0',
  boundary: 'grid.hingeHalfWidth + 1.0',
};

const TILE_MIDDLE = `let halfHeight = 0.5 * f32(tileEnd - tile - 1u);
let middleLine = f32(grid.firstRow + tile) + halfHeight;
let middleColumn = f32(4u * id.x) + 1.5;
let tileX = (middleColumn - grid.origin.x) * grid.step.x;
let tileY = (middleLine - grid.origin.y) * grid.step.y;
let across = (column - middleColumn) * grid.step.x;`;

const TILE_REACH = `let reachX = (1.5 + margin) * abs(grid.step.x);
let reachY = (halfHeight + margin) * abs(grid.step.y);`;

const UP = 'let up = (line - middleLine) * grid.step.y;';

interface OutputPlan {
  readonly piece: keyof Pieces;
  /** The piece with the lines before and after it. */
  frame(piece: string, pieces: Partial<Pieces>): string[];
}

const floats = (expression: string) => `let result = bitcast<vec4u>(${expression});`;

function planOf(output: Output, kind: ProjectionKind): OutputPlan {
  const at = AT_SAMPLE[kind];
  const gradient = (expression: string): OutputPlan => ({
    piece: 'gradient',
    frame: (piece) => [at, piece, floats(expression)],
  });
  const plans: Record<Output, OutputPlan> = {
    value: { piece: 'value', frame: (piece) => [at, piece, floats('value')] },
    partial1: gradient('d1'),
    partial2: gradient('d2'),
    gradientNorm: {
      piece: 'gradient',
      frame: (piece, { along }) => [
        at,
        piece,
        ...(along === undefined
          ? [floats('hypotenuse(d1, d2)')]
          : [along, floats('lengthIncrease(base, baseLength, along, d1, d2)')]),
      ],
    },
    gradientDirection: gradient('direction(base.x + d1, base.y + d2)'),
    npGradientRows: { piece: 'difference', frame: (piece) => [ALONG_ROWS, piece, PER_UNIT] },
    npGradientColumns: { piece: 'difference', frame: (piece) => [ALONG_COLUMNS, piece, PER_UNIT] },
    region: { piece: 'region', frame: (piece) => [at, piece, 'let result = region;'] },
    hinge: { piece: 'hinge', frame: (piece) => [at, WITH_PEN[kind], piece, 'let result = hinge;'] },
    boundary: {
      piece: 'boundary',
      frame: (piece) => [at, WITH_PEN[kind], piece, 'let result = boundary;'],
    },
    valueAndGradient: { piece: 'valueAndGradient', frame: (piece) => [at, piece] },
    openNeurons: {
      piece: 'openNeurons',
      frame: (piece) => [piece, 'let result = vec4u(openNeurons);'],
    },
  };
  return plans[output];
}
