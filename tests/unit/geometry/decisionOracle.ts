import type { Activation } from '../../../src/model/activations.ts';
import type { FullNetwork, NetworkLayer } from '../../../src/model/networks.ts';
import type { Wins } from '../../../src/model/readouts.ts';
import type { Slice } from '../../../src/model/slice.ts';

/**
 * The slow, independent oracle of decision regions: polygons in integers, with nothing of src/geometry and nothing of
 * src/model/restrict.ts in it.
 *
 * A polygon is the list of its sides, as lines with the inside on their positive side; its corners are their crossings, in
 * homogeneous coordinates. Every number of a network is an integer over a power of two. A piece is where one output
 * is at least each of the others, in one region of the activations.
 */
export interface OracleDecision {
  readonly activationRegions: number;
  readonly linearRegions: number;
  readonly affineFunctions: number;
  /** [K] */
  readonly regions: readonly number[];
  /** [K]; they and the length mean nothing for the whole plane. */
  readonly areas: readonly number[];
  readonly boundaryLength: number;
}

export interface OracleWindow {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly center?: readonly [number, number];
  readonly centerLow?: readonly [number, number];
}

/** a·x + b·y + c, or a point (x, y, w) with w > 0. */
type Triple = readonly [bigint, bigint, bigint];
type Polygon = readonly Triple[];

/** Affine maps of the plane: integers over 2^scale. */
interface Maps {
  readonly forms: readonly Triple[];
  readonly scale: number;
}

interface Cell {
  readonly sides: Polygon;
  readonly outputs: readonly Triple[];
}

interface Piece {
  readonly sides: Polygon;
  readonly winner: number;
}

/** @param window null for the whole plane */
export function decideExactly(
  { layers }: FullNetwork,
  slice: Slice | null,
  window: OracleWindow | null,
  wins: Wins,
): OracleDecision {
  const inputs = planeOf(slice);
  const cells: Cell[] = [];
  enterLayer(layers, 0, inputs, window ? boxOf(window) : hugeBox(layers, inputs), cells);
  const pieces = cells.flatMap((cell) => piecesOf(cell, wins));
  const maps = cells.map(({ outputs }) => outputs.join(' '));
  const linear = connect(cells, (i, j) => maps[i] === maps[j]);
  const decided = connect(pieces, (i, j) => pieces[i].winner === pieces[j].winner);
  const outputs = layers[layers.length - 1].outputs;
  const ofClass = (index: number) => pieces.filter(({ winner }) => winner === index);
  return {
    activationRegions: cells.length,
    linearRegions: linear.representatives.length,
    affineFunctions: new Set(maps).size,
    regions: Array.from(
      { length: outputs },
      (_, index) => decided.representatives.filter((i) => pieces[i].winner === index).length,
    ),
    areas: Array.from({ length: outputs }, (_, index) =>
      fixedToNumber(ofClass(index).reduce((sum, { sides }) => sum + fixedArea(sides), 0n)),
    ),
    boundaryLength: decided.lengths.reduce((sum, length) => sum + length, 0),
  };
}

function planeOf(slice: Slice | null): Maps {
  const { origin, axis1, axis2 } = slice ?? { origin: [0, 0], axis1: [1, 0], axis2: [0, 1] };
  const scale = scaleOf([...origin, ...axis1, ...axis2]);
  const forms = origin.map((o, i): Triple => {
    return [integer(axis1[i], scale), integer(axis2[i], scale), integer(o, scale)];
  });
  return { forms, scale };
}

function boxOf({ x, y, center = [0, 0], centerLow = [0, 0] }: OracleWindow): Polygon {
  const scale = scaleOf([...x, ...y, ...center, ...centerLow]);
  const one = 1n << BigInt(scale);
  const place = (side: number, axis: 0 | 1) =>
    integer(side, scale) + integer(center[axis], scale) + integer(centerLow[axis], scale);
  return [
    [0n, one, -place(y[0], 1)],
    [-one, 0n, place(x[1], 0)],
    [0n, -one, place(y[1], 1)],
    [one, 0n, -place(x[0], 0)],
  ];
}

/**
 * A square around the origin that holds every crossing of two lines and meets every line: all coefficients are integers over
 * one power of two, below a bound, so that a crossing, a quotient of two 2 × 2 determinants of them, is below its square.
 */
function hugeBox(layers: readonly NetworkLayer[], { forms, scale }: Maps): Polygon {
  let size = forms.flat().reduce((greatest, n) => (abs(n) > greatest ? abs(n) : greatest), 1n);
  size <<= BigInt(scale + 1);
  for (const { inputs, weight, bias, activation } of layers) {
    const numbers = [...weight, ...bias, ...numbersOf(activation), 1];
    const layerScale = scaleOf(numbers);
    const greatest = numbers
      .map((value) => abs(integer(value, layerScale)))
      .reduce((a, b) => (a > b ? a : b));
    size *= (BigInt(inputs + 1) * (greatest + 1n) ** 2n) << BigInt(2 * layerScale);
  }
  const half = 8n * size * size;
  return [
    [0n, 1n, half],
    [-1n, 0n, half],
    [0n, -1n, half],
    [1n, 0n, half],
  ];
}

function enterLayer(
  layers: readonly NetworkLayer[],
  index: number,
  below: Maps,
  polygon: Polygon,
  cells: Cell[],
): void {
  const layer = layers[index];
  const { forms, scale } = affine(layer, below);
  if (index === layers.length - 1) {
    cells.push({ sides: polygon, outputs: forms });
    return;
  }
  const activationScale = scaleOf(numbersOf(layer.activation));
  const number = (value: number) => integer(value, activationScale);
  const passed: Triple[] = [];
  const enterNeuron = (part: Polygon, neuron: number): void => {
    if (neuron === forms.length) {
      const next = { forms: [...passed], scale: scale + activationScale };
      enterLayer(layers, index + 1, next, part, cells);
      return;
    }
    const [a, b, c] = forms[neuron];
    const enterPiece = (piece: Polygon, slope: number, offset: number) => {
      const s = number(slope);
      passed[neuron] = [s * a, s * b, s * c + (number(offset) << BigInt(scale))];
      enterNeuron(piece, neuron + 1);
    };
    const { breakpoints, lines } = piecesOfActivation(layer.activation, neuron);
    let rest: Polygon | null = part;
    breakpoints.forEach((breakpoint, i) => {
      if (!rest) return;
      const one = BigInt(activationScale);
      const beyond: Triple = [
        a << one,
        b << one,
        (c << one) - (number(breakpoint) << BigInt(scale)),
      ];
      const { low, high } = split(rest, beyond);
      if (low) enterPiece(low, ...lines[i]);
      rest = high;
    });
    if (rest) enterPiece(rest, ...lines[breakpoints.length]);
  };
  enterNeuron(polygon, 0);
}

function affine({ inputs, outputs, weight, bias }: NetworkLayer, below: Maps): Maps {
  const scale = scaleOf([...weight, ...bias]);
  const forms = Array.from({ length: outputs }, (_, i): Triple => {
    const sum = [0n, 0n, integer(bias[i], scale) << BigInt(below.scale)];
    for (let j = 0; j < inputs; j += 1) {
      const w = integer(weight[i * inputs + j], scale);
      below.forms[j].forEach((value, part) => {
        sum[part] += w * value;
      });
    }
    return [sum[0], sum[1], sum[2]];
  });
  return { forms, scale: scale + below.scale };
}

/** Breakpoints, and slope and offset of each piece: φ(z) = slope · z + offset. */
function piecesOfActivation(
  activation: Activation,
  neuron: number,
): { breakpoints: number[]; lines: (readonly [number, number])[] } {
  const oneBreak = (slope: number) => ({
    breakpoints: [0],
    lines: [[slope, 0] as const, [1, 0] as const],
  });
  const clamp = (min: number, max: number) => ({
    breakpoints: [min, max],
    lines: [[0, min] as const, [1, 0] as const, [0, max] as const],
  });
  if (activation === 'relu') return oneBreak(0);
  if (activation === 'abs') return oneBreak(-1);
  if (activation === 'relu6') return clamp(0, 6);
  if (activation === 'identity') return { breakpoints: [], lines: [[1, 0]] };
  if (typeof activation === 'string') throw new Error(`${activation} is not piecewise linear`);
  if (activation.kind === 'leakyRelu') return oneBreak(activation.slope);
  if (activation.kind === 'hardtanh') return clamp(activation.min, activation.max);
  if (activation.kind !== 'prelu') throw new Error(`${activation.kind} is not piecewise linear`);
  const { slopes } = activation;
  return oneBreak(slopes[slopes.length === 1 ? 0 : neuron]);
}

function numbersOf(activation: Activation): number[] {
  const count =
    typeof activation === 'object' && 'slopes' in activation ? activation.slopes.length : 1;
  return Array.from({ length: count }, (_, neuron) => {
    const { breakpoints, lines } = piecesOfActivation(activation, neuron);
    return [...breakpoints, ...lines.flat()];
  }).flat();
}

/** The parts of a cell where each output wins. */
function piecesOf({ sides, outputs }: Cell, wins: Wins): Piece[] {
  return outputs.flatMap((own, winner): Piece[] => {
    let part: Polygon | null = sides;
    outputs.forEach((other, rival) => {
      if (part === null || rival === winner) return;
      const ahead = wins === 'greatest' ? minus(own, other) : minus(other, own);
      const isLevel = ahead.every((coefficient) => coefficient === 0n);
      if (isLevel) part = winner < rival ? part : null;
      else part = split(part, ahead).high;
    });
    return part === null ? [] : [{ sides: part, winner }];
  });
}

/** The parts of a polygon where the form is ≥ 0 and > 0 somewhere, and the rest; null without an interior. */
function split(sides: Polygon, form: Triple): { low: Polygon | null; high: Polygon | null } {
  const signs = cornersOf(sides).map((corner) => sign(dot(form, corner)));
  const [isHigh, isLow] = [signs.some((s) => s > 0), signs.some((s) => s < 0)];
  if (!isHigh) return { low: sides, high: null };
  if (!isLow) return { low: null, high: sides };
  const opposite: Triple = [-form[0], -form[1], -form[2]];
  return {
    high: keep(sides, signs, form),
    low: keep(
      sides,
      signs.map((s) => -s),
      opposite,
    ),
  };
}

/** @param signs of the form at the corner where each side begins; both signs occur */
function keep(sides: Polygon, signs: readonly number[], form: Triple): Triple[] {
  return sides.flatMap((side, i) => {
    const end = signs[(i + 1) % signs.length];
    if (signs[i] <= 0 && end <= 0) return [];
    // The new side follows the one along which the form falls to 0 or below.
    return end > 0 ? [side] : [side, form];
  });
}

/** Where each side begins. */
function cornersOf(sides: Polygon): Triple[] {
  return sides.map((side, i) => cross(sides[(i + sides.length - 1) % sides.length], side));
}

/** Polygons connected over a stretch of a common side, where they belong together; the lengths of the other stretches. */
function connect(
  polygons: readonly { readonly sides: Polygon }[],
  belong: (i: number, j: number) => boolean,
): { representatives: number[]; lengths: number[] } {
  const parent = polygons.map((_, i) => i);
  const find = (i: number): number => (parent[i] === i ? i : find(parent[i]));
  const lengths: number[] = [];
  for (const stretches of byLine(polygons).values()) {
    stretches.forEach((one, at) => {
      for (const other of stretches.slice(at + 1)) {
        if (one.sense === other.sense) continue;
        const from = compare(one.from, other.from) > 0 ? one.from : other.from;
        const to = compare(one.to, other.to) < 0 ? one.to : other.to;
        if (compare(from, to) >= 0) continue;
        if (belong(one.polygon, other.polygon)) parent[find(one.polygon)] = find(other.polygon);
        else lengths.push(distance(from.point, to.point));
      }
    });
  }
  return { representatives: parent.flatMap((p, i) => (p === i ? [i] : [])), lengths };
}

/** A point on a line: its place along it as the fraction top / bottom, bottom > 0. */
interface OnLine {
  readonly top: bigint;
  readonly bottom: bigint;
  readonly point: Triple;
}

interface Stretch {
  readonly polygon: number;
  /** On which side of the line the polygon lies. */
  readonly sense: number;
  readonly from: OnLine;
  readonly to: OnLine;
}

function byLine(polygons: readonly { readonly sides: Polygon }[]): Map<string, Stretch[]> {
  const lines = new Map<string, Stretch[]>();
  polygons.forEach(({ sides }, polygon) => {
    const corners = cornersOf(sides);
    sides.forEach((side, i) => {
      const divisor = gcd(gcd(abs(side[0]), abs(side[1])), abs(side[2]));
      const sense = side[0] > 0n || (side[0] === 0n && side[1] > 0n) ? 1 : -1;
      const [a, b, c] = side.map((n) => (BigInt(sense) * n) / divisor);
      // Along the line with the positive side to the left.
      const place = (point: Triple): OnLine => ({
        top: b * point[0] - a * point[1],
        bottom: point[2],
        point,
      });
      const ends = [place(corners[i]), place(corners[(i + 1) % corners.length])];
      const [from, to] = sense > 0 ? ends : ends.toReversed();
      const key = `${a} ${b} ${c}`;
      const known = lines.get(key) ?? [];
      known.push({ polygon, sense, from, to });
      lines.set(key, known);
    });
  });
  return lines;
}

function compare(p: OnLine, q: OnLine): number {
  return sign(p.top * q.bottom - q.top * p.bottom);
}

/** Binary digits behind the point: far more than anything here needs. */
const DIGITS = 600n;

/** The area, times 2^600, rounded down. */
function fixedArea(sides: Polygon): bigint {
  const corners = cornersOf(sides);
  return corners.reduce((sum, [px, py, pw], i) => {
    const [qx, qy, qw] = corners[(i + 1) % corners.length];
    return sum + ((px * qy - qx * py) << (DIGITS - 1n)) / (pw * qw);
  }, 0n);
}

function distance([px, py, pw]: Triple, [qx, qy, qw]: Triple): number {
  const dx = ((qx * pw - px * qw) << DIGITS) / (pw * qw);
  const dy = ((qy * pw - py * qw) << DIGITS) / (pw * qw);
  return Math.hypot(fixedToNumber(dx), fixedToNumber(dy));
}

function fixedToNumber(fixed: bigint): number {
  // In two steps, since the integer may be beyond float64.
  const shift = BigInt(Math.max(0, abs(fixed).toString(2).length - 64));
  return Number(fixed >> shift) * 2 ** Number(shift - DIGITS);
}

/** The least power of two that makes all of the numbers integers. */
function scaleOf(values: readonly number[]): number {
  let scale = 0;
  for (const value of values) while (!Number.isInteger(value * 2 ** scale)) scale += 1;
  return scale;
}

function integer(value: number, scale: number): bigint {
  return BigInt(value * 2 ** scale);
}

function minus([a, b, c]: Triple, [d, e, f]: Triple): Triple {
  return [a - d, b - e, c - f];
}

function dot(form: Triple, point: Triple): bigint {
  return form[0] * point[0] + form[1] * point[1] + form[2] * point[2];
}

/** Where two lines cross, with w > 0. */
function cross([a, b, c]: Triple, [d, e, f]: Triple): Triple {
  const w = a * e - b * d;
  const s = w < 0n ? -1n : 1n;
  return [s * (b * f - c * e), s * (c * d - a * f), s * w];
}

function sign(value: bigint): number {
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
