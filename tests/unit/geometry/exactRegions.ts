import type { PlaneNetwork } from '../../../src/model/planeNetwork.ts';

/**
 * The slow, independent oracle: regions of a network by recursion over neurons, in fractions of
 * BigInts, with nothing of src/geometry in it.
 *
 * A region is a polygon with exact corners, cut out of a box. For the whole plane the box is so large
 * that it provably holds every crossing of two hinges, and meets every hinge (`boundingBox`); what
 * touches its border is then unbounded, and what does not is bounded.
 */
export interface OracleCounts {
  readonly activationRegions: number;
  readonly linearRegions: number;
  readonly affineFunctions: number;
  readonly vertices: number;
  readonly unbounded: number;
  /** As an exact fraction; null without vertices. */
  readonly reach: Fraction | null;
  /** Patterns of all regions, sorted, neurons in order. */
  readonly patterns: readonly string[];
  /** Pairs of patterns of regions that share an edge, sorted. */
  readonly neighbours: readonly string[];
  /** Where the vertices lie, exactly. */
  readonly places: readonly (readonly [Fraction, Fraction])[];
}

/** top / bottom in lowest terms, bottom > 0. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** a·x + b·y + c */
type Affine = readonly [Fraction, Fraction, Fraction];
type Corner = readonly [Fraction, Fraction];

interface Region {
  readonly corners: readonly Corner[];
  readonly pattern: string;
  readonly map: Affine;
}

interface FractionLayer {
  readonly weight: readonly (readonly Fraction[])[];
  readonly bias: readonly Fraction[];
}

const ZERO: Fraction = { top: 0n, bottom: 1n };
const ONE: Fraction = { top: 1n, bottom: 1n };

/** Sides of a rectangle, counted from center + centerLow where they are given. */
interface OracleWindow {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly center?: readonly [number, number];
  readonly centerLow?: readonly [number, number];
}

/** @param window null for the whole plane. */
export function countExactly(network: PlaneNetwork, window: OracleWindow | null): OracleCounts {
  const layers = network.layers.map(toFractions);
  const { activation } = network.layers[0];
  const isAbs = activation.kind === 'twoSlope' && activation.slopes[0] === -1;
  const [x0, x1, y0, y1] = window ? sidesOf(window) : boundingBox(layers);
  const box: Corner[] = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const regions: Region[] = [];
  const plane: Affine[] = [
    [ONE, ZERO, ZERO],
    [ZERO, ONE, ZERO],
  ];
  enterLayer(layers, isAbs, 0, plane, box, '', regions);
  const isOnBorder = ([x, y]: Corner) =>
    equal(x, x0) || equal(x, x1) || equal(y, y0) || equal(y, y1);
  return { ...summarize(regions, isOnBorder), ...(window ? { unbounded: 0 } : {}) };
}

function sidesOf({ x, y, center = [0, 0], centerLow = [0, 0] }: OracleWindow): Fraction[] {
  const place = (side: number, axis: 0 | 1) =>
    add(fraction(side), add(fraction(center[axis]), fraction(centerLow[axis])));
  return [place(x[0], 0), place(x[1], 0), place(y[0], 1), place(y[1], 1)];
}

/** Enters a layer with the activations of the layer below as affine maps of the plane. */
function enterLayer(
  layers: readonly FractionLayer[],
  isAbs: boolean,
  index: number,
  inputs: readonly Affine[],
  polygon: readonly Corner[],
  pattern: string,
  regions: Region[],
): void {
  const preActivations = layers[index].weight.map((row, neuron) =>
    combine(row, inputs, layers[index].bias[neuron]),
  );
  if (index === layers.length - 1) {
    regions.push({ corners: polygon, pattern, map: preActivations[0] });
    return;
  }
  const activations: Affine[] = [];
  const cutByNeuron = (part: readonly Corner[], neuron: number, bits: string): void => {
    if (neuron === preActivations.length) {
      enterLayer(layers, isAbs, index + 1, [...activations], part, pattern + bits, regions);
      return;
    }
    const z = preActivations[neuron];
    const positive = clip(part, z, 1n);
    if (positive) {
      activations[neuron] = z;
      cutByNeuron(positive, neuron + 1, `${bits}1`);
    }
    const rest = positive ? clip(part, z, -1n) : part;
    if (rest) {
      activations[neuron] = isAbs ? [negate(z[0]), negate(z[1]), negate(z[2])] : [ZERO, ZERO, ZERO];
      cutByNeuron(rest, neuron + 1, `${bits}0`);
    }
  };
  cutByNeuron(polygon, 0, '');
}

/** The part of a convex polygon where sign · z ≥ 0; null if that has no interior. */
function clip(polygon: readonly Corner[], z: Affine, sign: bigint): Corner[] | null {
  const values = polygon.map(([x, y]) => evaluate(z, x, y));
  if (!values.some(({ top }) => sign * top > 0n)) return null;
  const kept: Corner[] = [];
  polygon.forEach((corner, i) => {
    const next = (i + 1) % polygon.length;
    if (sign * values[i].top >= 0n) kept.push(corner);
    if (values[i].top * values[next].top < 0n) {
      // p + t (q − p) with t = z(p) / (z(p) − z(q))
      const t = divide(values[i], add(values[i], negate(values[next])));
      const along = (p: Fraction, q: Fraction) => add(p, multiply(t, add(q, negate(p))));
      kept.push([along(corner[0], polygon[next][0]), along(corner[1], polygon[next][1])]);
    }
  });
  return kept;
}

/** The map's value, not in lowest terms: it is only compared with 0 and divided once. */
function evaluate([a, b, c]: Affine, x: Fraction, y: Fraction): Fraction {
  const bottomX = a.bottom * x.bottom;
  const bottomY = b.bottom * y.bottom;
  const sum = a.top * x.top * bottomY + b.top * y.top * bottomX;
  const bottom = bottomX * bottomY;
  return { top: sum * c.bottom + c.top * bottom, bottom: bottom * c.bottom };
}

function summarize(
  regions: readonly Region[],
  isOnBorder: (corner: Corner) => boolean,
): OracleCounts {
  const vertices = new Map<string, Corner>();
  const sides = new Map<string, number[]>();
  let unbounded = 0;
  regions.forEach(({ corners }, region) => {
    const names = corners.map(([x, y]) => `${text(x)},${text(y)}`);
    const onBorder = corners.map(isOnBorder);
    if (onBorder.some(Boolean)) unbounded++;
    corners.forEach((corner, i) => {
      if (!onBorder[i]) vertices.set(names[i], corner);
      const next = (i + 1) % corners.length;
      const side = [names[i], names[next]].sort().join(' ');
      sides.set(side, [...(sides.get(side) ?? []), region]);
    });
  });
  const groups = regions.map((_, i) => i);
  const find = (i: number): number => (groups[i] === i ? i : find(groups[i]));
  const mapNames = regions.map(({ map }) => map.map(text).join(' '));
  const neighbours: string[] = [];
  for (const shared of sides.values()) {
    // More than two would be an overlap; one only belongs to the border of the box.
    if (shared.length > 2) throw new Error(`${shared.length} regions share a side`);
    if (shared.length < 2) continue;
    const [a, b] = shared;
    neighbours.push([regions[a].pattern, regions[b].pattern].sort().join(' '));
    if (mapNames[a] === mapNames[b]) groups[find(a)] = find(b);
  }
  const reach = [...vertices.values()]
    .flat()
    .map(({ top, bottom }) => ({ top: top < 0n ? -top : top, bottom }))
    .reduce<Fraction | null>((best, d) => (best && !isLess(best, d) ? best : d), null);
  return {
    activationRegions: regions.length,
    linearRegions: groups.filter((parent, i) => parent === i).length,
    affineFunctions: new Set(mapNames).size,
    vertices: vertices.size,
    unbounded,
    reach,
    patterns: regions.map(({ pattern }) => pattern).sort(),
    neighbours: [...new Set(neighbours)].sort(),
    places: [...vertices.values()],
  };
}

/**
 * A square around the origin that every hinge enters and that holds every crossing. Over a common
 * denominator d all coefficients of layer l are integers over d^l, of size at most m^l with the
 * largest sum m of a neuron's weights and bias, times d. A crossing is a quotient of 2 × 2
 * determinants of them, of which the lower one is at least 1 in these integers.
 */
function boundingBox(layers: readonly FractionLayer[]): Fraction[] {
  let size = 1n;
  for (const { weight, bias } of layers) {
    const all = [...weight.flat(), ...bias];
    const denominator = all.reduce((d, { bottom }) => (d * bottom) / gcd(d, bottom), 1n);
    let greatest = 1n;
    weight.forEach((row, neuron) => {
      let sum = denominator;
      for (const { top, bottom } of [...row, bias[neuron]]) {
        sum += ((top < 0n ? -top : top) * denominator) / bottom;
      }
      if (sum > greatest) greatest = sum;
    });
    // Both the integers and the common denominator are at most this.
    size *= greatest;
  }
  const half: Fraction = { top: 4n * size * size, bottom: 1n };
  return [negate(half), half, negate(half), half];
}

function toFractions(layer: PlaneNetwork['layers'][number]): FractionLayer {
  return {
    weight: Array.from({ length: layer.outputs }, (_, o) =>
      Array.from(layer.weight.subarray(o * layer.inputs, (o + 1) * layer.inputs), fraction),
    ),
    bias: Array.from(layer.bias, fraction),
  };
}

function combine(row: readonly Fraction[], inputs: readonly Affine[], bias: Fraction): Affine {
  const sum = (part: 0 | 1 | 2) =>
    row.reduce((total, w, i) => add(total, multiply(w, inputs[i][part])), ZERO);
  return [sum(0), sum(1), add(sum(2), bias)];
}

/** The exact value of a finite float64. */
export function fraction(value: number): Fraction {
  let [numerator, bottom] = [value, 1n];
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    bottom *= 2n;
  }
  return { top: BigInt(numerator), bottom };
}

function lowest(top: bigint, bottom: bigint): Fraction {
  const divisor = gcd(top < 0n ? -top : top, bottom);
  return { top: top / divisor, bottom: bottom / divisor };
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.top === 0n) return b;
  if (b.top === 0n) return a;
  return lowest(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  if (a.top === 0n || b.top === 0n) return ZERO;
  return lowest(a.top * b.top, a.bottom * b.bottom);
}

function divide(a: Fraction, b: Fraction): Fraction {
  const sign = b.top < 0n ? -1n : 1n;
  return lowest(sign * a.top * b.bottom, sign * a.bottom * b.top);
}

export function negate({ top, bottom }: Fraction): Fraction {
  return { top: -top, bottom };
}

function equal(a: Fraction, b: Fraction): boolean {
  return a.top === b.top && a.bottom === b.bottom;
}

function isLess(a: Fraction, b: Fraction): boolean {
  return a.top * b.bottom < b.top * a.bottom;
}

function text({ top, bottom }: Fraction): string {
  return `${top}/${bottom}`;
}
