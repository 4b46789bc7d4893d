import type { Vec2 } from '../model/field.ts';
import { neuronKey, ownPatterns } from '../model/pattern.ts';
import { add, type Point, scale, toNumber } from '../numeric/doubleDouble.ts';
import {
  type ArrangementEdge,
  type ArrangementPoint,
  type Cell,
  type CutTree,
  type DetailedArrangement,
  LimitExceededError,
  type PlaneMap,
  type PlaneWindow,
} from './arrangement.ts';
import { Coordinates } from './coordinates.ts';
import type { CutResult } from './cutCells.ts';
import { type Dyadic, multiplyDyadic, roundDyadic, sumDyadic, toDyadic } from './dyadic.ts';
import { FORM_SIZE } from './homogeneous.ts';
import type { LinearRegions } from './linearRegions.ts';
import { areaOf, interiorPointOf } from './polygon.ts';
import { NO_CELL } from './subdivision.ts';

/** Which classes win in it is added later. */
type PlainCell = Omit<Cell, 'classes'>;

interface Details extends Pick<DetailedArrangement, 'points' | 'edges' | 'cutTree'> {
  readonly cells: readonly PlainCell[];
}

/** As plain data, each takes some hundred bytes. */
const MAPS_MAX = 2 ** 21;

/** The cells as plain data; regions that helper lines have split are merged. */
export function describeCells(
  cut: CutResult,
  linear: LinearRegions,
  window: PlaneWindow | null,
): Details {
  if (linear.activationRegions * cut.network.output.outputs > MAPS_MAX) {
    throw new LimitExceededError('affine maps of outputs', MAPS_MAX);
  }
  const describer = new Describer(cut, linear, new Coordinates(cut, window));
  const cells = outlines(cut, linear).map((outline) => describer.describe(outline));
  return {
    points: describer.points,
    edges: describer.edges,
    cells,
    cutTree: describeCuts(cut, linear.activationRegion),
  };
}

/** A region's edges, counterclockwise, and the cell of the subdivision to which each belongs. */
interface Outline {
  readonly edges: readonly number[];
  readonly owners: readonly number[];
}

function outlines({ subdivision, hasHelpers }: CutResult, linear: LinearRegions): Outline[] {
  if (!hasHelpers) {
    return subdivision.loops.map((edges, cell) => ({ edges, owners: edges.map(() => cell) }));
  }
  const { activationRegion } = linear;
  const regionAt = (cell: number) => (cell === NO_CELL ? NO_CELL : activationRegion[cell]);
  // For each region its border edges, by their starting points: the end of one is the start of the next.
  const borders = Array.from(
    { length: linear.activationRegions },
    () => new Map<number, { edge: number; owner: number; end: number }>(),
  );
  subdivision.loops.forEach((loop, cell) => {
    for (const edge of loop) {
      const [left, right] = [subdivision.edgeLeft[edge], subdivision.edgeRight[edge]];
      if (regionAt(left) === regionAt(right)) continue;
      const [from, to] = [subdivision.edgeFrom[edge], subdivision.edgeTo[edge]];
      const [start, end] = left === cell ? [from, to] : [to, from];
      borders[regionAt(cell)].set(start, { edge, owner: cell, end });
    }
  });
  return borders.map((border) => {
    const edges: number[] = [];
    const owners: number[] = [];
    let next = border.values().next().value;
    while (next && edges.length < border.size) {
      edges.push(next.edge);
      owners.push(next.owner);
      next = border.get(next.end);
    }
    return { edges, owners };
  });
}

/** Describes cells one by one, with the points and edges that they use. */
class Describer {
  readonly points: ArrangementPoint[] = [];
  readonly edges: ArrangementEdge[] = [];
  readonly #cut: CutResult;
  readonly #linear: LinearRegions;
  readonly #coordinates: Coordinates;
  readonly #keys: readonly number[];
  /** From indices of the subdivision to those of the arrangement; −1 until first used. */
  readonly #pointIndex: Int32Array;
  readonly #edgeIndex: Int32Array;

  constructor(cut: CutResult, linear: LinearRegions, coordinates: Coordinates) {
    this.#cut = cut;
    this.#linear = linear;
    this.#coordinates = coordinates;
    this.#keys = Array.from({ length: cut.network.neurons }, (_, neuron) => neuronKey(neuron));
    this.#pointIndex = new Int32Array(cut.subdivision.points.count).fill(-1);
    this.#edgeIndex = new Int32Array(cut.subdivision.edgeFrom.length).fill(-1);
  }

  describe({ edges, owners }: Outline): PlainCell {
    const { network, subdivision, patterns } = this.#cut;
    const cell = owners[0];
    const corners = edges.map((edge, i) => this.#point(subdivision.startOf(edge, owners[i])));
    const places = corners.map((corner) => this.points[corner]);
    const maps = this.#mapsIn(cell);
    const signs = network.hidden.map(({ offset, outputs }) => patterns.text(cell, offset, outputs));
    const { linearRegion, affineFunction } = this.#linear;
    const unbounded = places.some(({ kind }) => kind === 'infinity');
    return {
      corners,
      edges: edges.map((edge) => this.#edge(edge)),
      neighbours: edges.map((edge, i) => this.#across(edge, owners[i])),
      pattern: ownPatterns(signs, network.isOneToOne),
      regionId: this.#regionId(cell),
      map: maps[0],
      maps,
      area: unbounded ? Infinity : areaOf(places),
      interior: interiorPointOf(places),
      unbounded,
      linearRegion: linearRegion[cell],
      affineFunction: affineFunction[cell],
    };
  }

  #mapsIn(cell: number): PlaneMap[] {
    const { outputs: forms, network, exact } = this.#cut;
    const { outputs } = network.output;
    const starts = Array.from({ length: outputs }, (_, i) => (cell * outputs + i) * FORM_SIZE);
    if (!starts.every((at) => isAccurate(forms, at))) {
      return exact.outputNumbers(cell).map((form) => exactMapOf(form, network.center));
    }
    return starts.map((at) => {
      return mapOf([forms[at], forms[at + 1]], forms[at + 2], network.center);
    });
  }

  #point(point: number): number {
    if (this.#pointIndex[point] < 0) {
      this.#pointIndex[point] = this.points.push(this.#coordinates.describe(point)) - 1;
    }
    return this.#pointIndex[point];
  }

  #edge(edge: number): number {
    if (this.#edgeIndex[edge] < 0) {
      this.#edgeIndex[edge] = this.edges.push(this.#describeEdge(edge)) - 1;
    }
    return this.#edgeIndex[edge];
  }

  #describeEdge(edge: number): ArrangementEdge {
    const { subdivision, patterns } = this.#cut;
    const [left, right] = [subdivision.edgeLeft[edge], subdivision.edgeRight[edge]];
    return {
      from: this.#point(subdivision.edgeFrom[edge]),
      to: this.#point(subdivision.edgeTo[edge]),
      left: this.#region(left),
      right: this.#region(right),
      neuron: Math.max(-1, subdivision.lineNeuron[subdivision.edgeLine[edge]]),
      flips: left === NO_CELL || right === NO_CELL ? [] : patterns.differences(left, right),
    };
  }

  #across(edge: number, cell: number): number {
    const { edgeLeft, edgeRight } = this.#cut.subdivision;
    return this.#region(edgeLeft[edge] === cell ? edgeRight[edge] : edgeLeft[edge]);
  }

  #region(cell: number): number {
    return cell === NO_CELL ? NO_CELL : this.#linear.activationRegion[cell];
  }

  #regionId(cell: number): number {
    let id = 0;
    for (let neuron = 0; neuron < this.#keys.length; neuron++) {
      if (this.#cut.patterns.has(cell, neuron)) id ^= this.#keys[neuron];
    }
    return id >>> 0;
  }
}

/** The error of a map, relative to its largest number, above which it is computed exactly. */
const MAP_TOLERANCE = 2 ** -36;

/** Whether a form's terms neither overflow nor cancel, like those of a clamp with an end far away. */
function isAccurate(forms: Float64Array, at: number): boolean {
  const size = Math.max(Math.abs(forms[at]), Math.abs(forms[at + 1]), Math.abs(forms[at + 2]));
  const error = Math.max(forms[at + 3], forms[at + 4], forms[at + 5]);
  return size < Infinity && error <= MAP_TOLERANCE * size;
}

/** The affine map with this gradient and value at the centre. */
function mapOf(a: Vec2, atCenter: number, { x, y }: Point): PlaneMap {
  const change = add(scale(x, -a[0]), scale(y, -a[1]));
  return { a, b: toNumber(add({ high: atCenter, low: 0 }, change)), atCenter };
}

/** Likewise of exact numbers, each rounded once. */
function exactMapOf([a, b, c]: readonly Dyadic[], { x, y }: Point): PlaneMap {
  const change = [
    [a, x.high],
    [a, x.low],
    [b, y.high],
    [b, y.low],
  ] as const;
  const products = change.map(([slope, part]) => multiplyDyadic(slope, toDyadic(-part)));
  return {
    a: [roundDyadic(a), roundDyadic(b)],
    b: roundDyadic(sumDyadic([c, ...products])),
    atCenter: roundDyadic(c),
  };
}

function describeCuts({ subdivision, network }: CutResult, region: Int32Array): CutTree {
  const { firstCut, nextCut, cutChild, cutLine, lineNeuron, lineForms } = subdivision;
  const forms = new Float64Array(cutLine.length * FORM_SIZE);
  cutLine.forEach((line, cut) => {
    for (let i = 0; i < FORM_SIZE; i++)
      forms[cut * FORM_SIZE + i] = lineForms[line * FORM_SIZE + i];
  });
  return {
    first: Int32Array.from(firstCut),
    next: Int32Array.from(nextCut),
    child: Int32Array.from(cutChild),
    neuron: Int32Array.from(cutLine, (line) => Math.max(-1, lineNeuron[line])),
    forms,
    threshold: network.underflow.threshold,
    region,
  };
}
