import { CancelledError } from './arrangement.ts';
import type { CutResult } from './cutCells.ts';
import { DisjointSets } from './disjointSets.ts';
import { FORM_SIZE } from './homogeneous.ts';
import { Influences } from './influences.ts';
import type { PreparedNetwork } from './preparedNetwork.ts';
import { HELPER_LINE, NO_CELL } from './subdivision.ts';

/** Which cells form a region. */
export interface LinearRegions {
  /** [cells]: index of the activation region; differs from the cell's only if there are helper lines. */
  readonly activationRegion: Int32Array;
  /** [cells]: index of the connected set with one affine map, of all outputs. */
  readonly linearRegion: Int32Array;
  /** [cells]: index of the affine map. */
  readonly affineFunction: Int32Array;
  readonly activationRegions: number;
  readonly linearRegions: number;
  readonly affineFunctions: number;
}

const CELLS_PER_CHECK = 4096;

/** Merges cells with the same pattern, or the same affine map; every comparison is exact. */
export function findLinearRegions(cut: CutResult, cancelled: () => boolean): LinearRegions {
  const count = cut.subdivision.cellCount;
  const activation = new DisjointSets(count);
  if (cut.hasHelpers) joinByPattern(cut, activation);
  const merger = new Merger(cut);
  const linear = merger.joinNeighbours(cancelled);
  const activationRegion = activation.number();
  const linearRegion = linear.number();
  const functionOf = merger.groupFunctions(linearRegion.firstCells);
  return {
    activationRegion: activationRegion.indices,
    linearRegion: linearRegion.indices,
    affineFunction: linearRegion.indices.map((region) => functionOf.indices[region]),
    activationRegions: activationRegion.firstCells.length,
    linearRegions: linearRegion.firstCells.length,
    affineFunctions: functionOf.count,
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
  readonly #outputs: number;
  readonly #influences: Influences;

  constructor(cut: CutResult) {
    this.#cut = cut;
    this.#outputs = cut.network.output.outputs;
    this.#influences = new Influences(cut.network, cut.patterns);
  }

  /** The connected sets of cells with the same map. */
  joinNeighbours(cancelled: () => boolean): DisjointSets {
    const { loops, edgeLeft, edgeRight, cellCount } = this.#cut.subdivision;
    const sets = new DisjointSets(cellCount);
    const open: [number, number][] = [];
    for (let cell = 0; cell < loops.length; cell++) {
      if (cell % CELLS_PER_CHECK === 0 && cancelled()) throw new CancelledError();
      for (const edge of loops[cell]) {
        const right = edgeRight[edge];
        if (edgeLeft[edge] !== cell || right === NO_CELL) continue;
        const verdict = this.#compare(edge, cell, right);
        if (verdict === 'equal') sets.join(cell, right);
        else if (verdict === 'open') open.push([cell, right]);
      }
    }
    for (const [left, right] of open) {
      if (sets.find(left) !== sets.find(right) && this.#key(left) === this.#key(right)) {
        sets.join(left, right);
      }
    }
    return sets;
  }

  /** As far as float64 decides it: by the maps, and by the influence of the neuron between the two. */
  #compare(edge: number, left: number, right: number): 'equal' | 'different' | 'open' {
    const { network, subdivision, patterns } = this.#cut;
    const neuron = subdivision.lineNeuron[subdivision.edgeLine[edge]];
    if (neuron === HELPER_LINE) return 'equal';
    if (this.#differ(left, right)) return 'different';
    if (!patterns.differOnlyIn(neuron, left, right)) return 'open';
    if (slopeOf(network, neuron) === 1) return 'equal';
    let isOpen = !network.underflow.trustsZeros;
    for (let output = 0; output < this.#outputs; output++) {
      this.#influences.load(left, output);
      const influence = this.#influences.of(neuron);
      if (influence === 1 || influence === -1) return 'different';
      if (influence !== 0) isOpen = true;
    }
    return isOpen ? 'open' : 'equal';
  }

  /** Whether a coefficient of the maps certainly differs. */
  #differ(first: number, second: number): boolean {
    const { outputs, network } = this.#cut;
    const { threshold } = network.underflow;
    for (let output = 0; output < this.#outputs; output++) {
      const f = (first * this.#outputs + output) * FORM_SIZE;
      const s = (second * this.#outputs + output) * FORM_SIZE;
      for (let i = 0; i < 3; i++) {
        const room = 2 * (outputs[f + i + 3] + outputs[s + i + 3]) + threshold;
        if (Math.abs(outputs[f + i] - outputs[s + i]) > room) return true;
      }
    }
    return false;
  }

  /** Numbers the maps of the given cells; equal maps have the same number. */
  groupFunctions(cells: readonly number[]): { indices: Int32Array; count: number } {
    const indices = new Int32Array(cells.length);
    let count = 0;
    let groups: number[][] = [cells.map((_, i) => i)];
    for (let output = 0; output < this.#outputs; output++) {
      for (let axis = 0; axis < 3; axis++) {
        const at = output * FORM_SIZE + axis;
        const parts: number[][] = [];
        for (const group of groups) {
          // As almost all.
          if (group.length === 1) parts.push(group);
          else for (const part of this.#separate(cells, group, at)) parts.push(part);
        }
        groups = parts;
      }
    }
    for (const group of groups) {
      // A table for each would take a tenth of all time.
      if (group.length === 1) {
        indices[group[0]] = count++;
        continue;
      }
      const known = new Map<string, number>();
      for (const i of group) {
        const key = this.#key(cells[i]);
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
  #separate(cells: readonly number[], group: number[], at: number): number[][] {
    const { outputs, network } = this.#cut;
    const { threshold } = network.underflow;
    const stride = this.#outputs * FORM_SIZE;
    const value = (i: number) => outputs[cells[i] * stride + at];
    const error = (i: number) => 2 * outputs[cells[i] * stride + at + 3] + threshold;
    if (!group.every((i) => Number.isFinite(value(i) + error(i)))) return [group];
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
    return this.#cut.exact.outputs(cell).join();
  }
}

function slopeOf({ hidden }: PreparedNetwork, neuron: number): number {
  const layer = hidden.findLast(({ offset }) => offset <= neuron)!;
  return layer.slopes[neuron - layer.offset];
}
