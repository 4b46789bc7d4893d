import { CancelledError } from './arrangement.ts';
import type { CutResult } from './cutCells.ts';
import { FORM_SIZE } from './homogeneous.ts';
import { OutputMaps } from './outputMaps.ts';
import { HELPER_LINE, NO_CELL } from './subdivision.ts';

/** Which cells form a region. */
export interface LinearRegions {
  /** [cells]: index of the activation region; differs from the cell's only if there are helper lines. */
  readonly activationRegion: Int32Array;
  /** [cells]: index of the connected set with one affine map. */
  readonly linearRegion: Int32Array;
  /** [cells]: index of the affine map. */
  readonly affineFunction: Int32Array;
  readonly activationRegions: number;
  readonly linearRegions: number;
  readonly affineFunctions: number;
  /** [cells, 6]: the affine maps as forms, see homogeneous.ts. */
  readonly maps: Float64Array;
}

const CELLS_PER_CHECK = 4096;

/** Merges cells with the same pattern, or the same affine map; every comparison is exact. */
export function findLinearRegions(cut: CutResult, cancelled: () => boolean): LinearRegions {
  const count = cut.subdivision.cellCount;
  const merger = new Merger(cut);
  const activation = new DisjointSets(count);
  if (cut.hasHelpers) joinByPattern(cut, activation);
  const linear = new DisjointSets(count);
  const { maps, open } = merger.joinNeighbours(linear, cancelled);
  for (const [left, right] of open) {
    if (linear.find(left) !== linear.find(right) && merger.haveEqualMaps(maps, left, right)) {
      linear.join(left, right);
    }
  }
  const activationRegion = activation.number();
  const linearRegion = linear.number();
  const functionOf = merger.groupFunctions(maps, linearRegion.firstCells);
  return {
    activationRegion: activationRegion.indices,
    linearRegion: linearRegion.indices,
    affineFunction: linearRegion.indices.map((region) => functionOf.indices[region]),
    activationRegions: activationRegion.firstCells.length,
    linearRegions: linearRegion.firstCells.length,
    affineFunctions: functionOf.count,
    maps,
  };
}

/** Helper lines cut regions into convex parts, which share their pattern. */
function joinByPattern({ subdivision, patterns }: CutResult, sets: DisjointSets): void {
  const firstWith = new Map<string, number>();
  for (let cell = 0; cell < subdivision.cellCount; cell++) {
    const key = patterns.key(cell);
    const first = firstWith.get(key);
    if (first === undefined) firstWith.set(key, cell);
    else sets.join(first, cell);
  }
}

class Merger {
  readonly #cut: CutResult;

  constructor(cut: CutResult) {
    this.#cut = cut;
  }

  /**
   * Joins neighbours with the same map, as far as the influence of the neuron between them decides it;
   * the rest is returned as `open`, with the maps of all cells.
   */
  joinNeighbours(
    sets: DisjointSets,
    cancelled: () => boolean,
  ): { maps: Float64Array; open: [number, number][] } {
    const { network, subdivision, patterns } = this.#cut;
    const { loops, edgeLeft, edgeRight } = subdivision;
    const outputs = new OutputMaps(network);
    const maps = new Float64Array(loops.length * FORM_SIZE);
    const open: [number, number][] = [];
    for (let cell = 0; cell < loops.length; cell++) {
      if (cell % CELLS_PER_CHECK === 0 && cancelled()) throw new CancelledError();
      outputs.load(patterns, cell);
      maps.set(outputs.form, cell * FORM_SIZE);
      for (const edge of loops[cell]) {
        const right = edgeRight[edge];
        if (edgeLeft[edge] !== cell || right === NO_CELL) continue;
        const verdict = this.#compare(outputs, edge, cell, right);
        if (verdict === 'equal') sets.join(cell, right);
        else if (verdict === 'open') open.push([cell, right]);
      }
    }
    return { maps, open };
  }

  #compare(
    outputs: OutputMaps,
    edge: number,
    left: number,
    right: number,
  ): 'equal' | 'different' | 'open' {
    const { network, subdivision, patterns } = this.#cut;
    const neuron = subdivision.lineNeuron[subdivision.edgeLine[edge]];
    if (neuron === HELPER_LINE) return 'equal';
    if (!patterns.differOnlyIn(neuron, left, right)) return 'open';
    const influence = outputs.influence(neuron);
    if (influence === 1 || influence === -1) return 'different';
    return influence === 0 && network.underflow.trustsZeros ? 'equal' : 'open';
  }

  haveEqualMaps(maps: Float64Array, first: number, second: number): boolean {
    const { threshold } = this.#cut.network.underflow;
    for (let i = 0; i < 3; i++) {
      const f = first * FORM_SIZE + i;
      const s = second * FORM_SIZE + i;
      if (Math.abs(maps[f] - maps[s]) > 2 * (maps[f + 3] + maps[s + 3]) + threshold) return false;
    }
    return this.#key(first) === this.#key(second);
  }

  /** Numbers the maps of the given cells; equal maps have the same number. */
  groupFunctions(
    maps: Float64Array,
    cells: readonly number[],
  ): { indices: Int32Array; count: number } {
    const indices = new Int32Array(cells.length);
    let count = 0;
    let groups: number[][] = [cells.map((_, i) => i)];
    for (let axis = 0; axis < 3; axis++) {
      groups = groups.flatMap((group) => this.#separate(maps, cells, group, axis));
    }
    for (const group of groups) {
      const known = new Map<string, number>();
      for (const i of group) {
        const key = group.length > 1 ? this.#key(cells[i]) : '';
        let index = known.get(key);
        if (index === undefined) {
          index = count++;
          known.set(key, index);
        }
        indices[i] = index;
      }
    }
    return { indices, count };
  }

  /** Splits a group where one coefficient certainly differs; possibly equal maps stay together. */
  #separate(
    maps: Float64Array,
    cells: readonly number[],
    group: readonly number[],
    axis: number,
  ): number[][] {
    if (group.length === 1) return [[...group]];
    const { threshold } = this.#cut.network.underflow;
    const value = (i: number) => maps[cells[i] * FORM_SIZE + axis];
    const error = (i: number) => 2 * maps[cells[i] * FORM_SIZE + axis + 3] + threshold;
    if (!group.every((i) => Number.isFinite(value(i) + error(i)))) return [[...group]];
    // Sorted by lower ends: there is a gap where the next lower end lies above all upper ends so far.
    const sorted = group.toSorted((i, j) => value(i) - error(i) - (value(j) - error(j)));
    const parts: number[][] = [];
    let highest = -Infinity;
    for (const i of sorted) {
      if (value(i) - error(i) > highest) parts.push([]);
      parts[parts.length - 1].push(i);
      highest = Math.max(highest, value(i) + error(i));
    }
    return parts;
  }

  /** The exact map as text. */
  #key(cell: number): string {
    return this.#cut.exact.output(cell).join();
  }
}

/** Union-find with path halving. */
class DisjointSets {
  readonly #parent: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, i) => i);
  }

  find(element: number): number {
    const parent = this.#parent;
    let root = element;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  /** Joins two sets; the smaller root represents both. */
  join(first: number, second: number): void {
    const a = this.find(first);
    const b = this.find(second);
    this.#parent[Math.max(a, b)] = Math.min(a, b);
  }

  /** Numbers the sets 0, 1, 2… by their first elements. */
  number(): { indices: Int32Array; firstCells: number[] } {
    const firstCells: number[] = [];
    const indices = new Int32Array(this.#parent.length);
    for (let i = 0; i < indices.length; i++) {
      const root = this.find(i);
      if (root === i) indices[i] = firstCells.push(i) - 1;
      else indices[i] = indices[root];
    }
    return { indices, firstCells };
  }
}
