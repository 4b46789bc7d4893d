import { type Dyadic, normalize } from './dyadic.ts';
import {
  coordinateForm,
  crossForms,
  type ExactForm,
  ExactNetwork,
  type ExactPoint,
  exactForm,
  signOfExact,
  subtractForms,
} from './exact.ts';
import { FORM_SIZE } from './homogeneous.ts';
import type { Patterns } from './patterns.ts';
import type { PreparedNetwork } from './preparedNetwork.ts';
import type { Subdivision } from './subdivision.ts';

/** Two outputs, of which the first is the larger one on one side of the line where they are level. */
export interface Level {
  readonly upper: number;
  readonly lower: number;
}

/** Forms kept at a time: at most a few hundred MiB for deep networks. */
const KEPT_FORMS = 100_000;

/**
 * Decides in integers what float64 leaves open. Forms and points are computed on demand,
 * from the cell's pattern, and cached for a while.
 */
export class ExactDecisions {
  /** The number of signs and comparisons so far. */
  count = 0;
  readonly #prepared: PreparedNetwork;
  readonly #subdivision: Subdivision;
  readonly #patterns: Patterns;
  #exact: ExactNetwork | null = null;
  /** By layer and start cell. */
  readonly #layers: Cache<string, LayerInCell>;
  readonly #lines = new Cache<number, ExactForm>(KEPT_FORMS);
  readonly #points = new Cache<number, ExactPoint>(KEPT_FORMS);
  /** By line: the outputs that are level on it. */
  readonly #levels = new Map<number, Level>();

  constructor(network: PreparedNetwork, subdivision: Subdivision, patterns: Patterns) {
    this.#prepared = network;
    this.#subdivision = subdivision;
    this.#patterns = patterns;
    const widest = Math.max(...[...network.hidden, network.output].map(({ outputs }) => outputs));
    this.#layers = new Cache(Math.ceil(KEPT_FORMS / widest));
  }

  /** The sign of a neuron at a point of a cell. */
  signAt(layer: number, neuron: number, cell: number, point: number): -1 | 0 | 1 {
    this.count++;
    return signOfExact(this.#form(layer, neuron, cell), this.point(point));
  }

  point(index: number): ExactPoint {
    return this.#points.get(index, () => {
      const { firstLine, secondLine, sense } = this.#subdivision.points;
      return crossForms(this.#line(firstLine[index]), this.#line(secondLine[index]), sense[index]);
    });
  }

  /** The affine maps of all outputs in a cell; equal maps give equal integers. */
  outputs(cell: number): ExactForm[] {
    this.count++;
    const { hidden, output } = this.#prepared;
    return Array.from({ length: output.outputs }, (_, index) =>
      this.#form(hidden.length, index, cell),
    );
  }

  /** Likewise, as numbers. */
  outputNumbers(cell: number): Dyadic[][] {
    const forms = this.outputs(cell);
    const { outputExponent } = this.#network();
    return forms.map((form) => form.map((integer) => normalize(integer, outputExponent)));
  }

  /** The sign of the difference of two outputs at a point of a cell. */
  signOfLevel(level: Level, cell: number, point: number): -1 | 0 | 1 {
    this.count++;
    return signOfExact(this.#difference(level, cell), this.point(point));
  }

  /** Says of a line that the outputs are level on it, and `upper` the larger one on its positive side. */
  addLevel(line: number, level: Level): void {
    this.#levels.set(line, level);
  }

  #difference({ upper, lower }: Level, cell: number): ExactForm {
    const { length } = this.#prepared.hidden;
    return subtractForms(this.#form(length, upper, cell), this.#form(length, lower, cell));
  }

  #line(line: number): ExactForm {
    return this.#lines.get(line, () => {
      const { lineNeuron, lineCell, lineForms } = this.#subdivision;
      const level = this.#levels.get(line);
      if (level) return this.#difference(level, lineCell[line]);
      const neuron = lineNeuron[line];
      if (neuron < 0) {
        const at = line * FORM_SIZE;
        return exactForm(lineForms[at], lineForms[at + 1], lineForms[at + 2]);
      }
      const layer = this.#prepared.hidden.findIndex((l) => neuron < l.offset + l.outputs);
      const { offset } = this.#prepared.hidden[layer];
      return this.#form(layer, neuron - offset, lineCell[line]);
    });
  }

  #form(layer: number, neuron: number, cell: number): ExactForm {
    return this.#formIn(layer, neuron, this.#startCell(layer, cell));
  }

  /** @param start the start cell of the layer */
  #formIn(layer: number, neuron: number, start: number): ExactForm {
    const { forms, slopes } = this.#layers.get(`${layer} ${start}`, () => {
      return { forms: [], slopes: this.#slopesBelow(layer, start) };
    });
    forms[neuron] ??= this.#makeForm(layer, neuron, start, slopes);
    return forms[neuron];
  }

  #makeForm(
    layer: number,
    neuron: number,
    start: number,
    slopes: readonly bigint[] | null,
  ): ExactForm {
    if (layer === 0) return this.#network().form(0, neuron, coordinateForm, null);
    const below = this.#startCell(layer - 1, start);
    const formBelow = (input: number) => this.#formIn(layer - 1, input, below);
    return this.#network().form(layer, neuron, formBelow, slopes);
  }

  /** The slopes of the layer below in a start cell; null for the first layer. */
  #slopesBelow(layer: number, start: number): bigint[] | null {
    if (layer === 0) return null;
    const { offset, outputs } = this.#prepared.hidden[layer - 1];
    return Array.from({ length: outputs }, (_, j) =>
      this.#network().slope(layer - 1, j, this.#patterns.has(start, offset + j)),
    );
  }

  #network(): ExactNetwork {
    this.#exact ??= new ExactNetwork(this.#prepared);
    return this.#exact;
  }

  /** One cell for all cells that share their patterns below the layer. */
  #startCell(layer: number, cell: number): number {
    return layer === 0 ? 0 : this.#subdivision.ancestor(cell, layer);
  }
}

interface LayerInCell {
  /** Of the neurons that were needed. */
  readonly forms: ExactForm[];
  /** Of the layer below; null for the first layer. */
  readonly slopes: readonly bigint[] | null;
}

/** A map that forgets everything once it has grown too large. */
class Cache<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: K, make: () => V): V {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.#entries.size >= this.#capacity) this.#entries.clear();
    this.#entries.set(key, made);
    return made;
  }
}
