import {
  CancelledError,
  DEFAULT_MAX_REGIONS,
  type EnumerateOptions,
  LimitExceededError,
} from './arrangement.ts';
import type { CenterValues } from './center.ts';
import { ExactDecisions } from './exactDecisions.ts';
import { FORM_SIZE, signOfForm, UNDECIDED } from './homogeneous.ts';
import { type LayerBelow, LayerForms } from './layerForms.ts';
import { Patterns } from './patterns.ts';
import type { PreparedNetwork } from './preparedNetwork.ts';
import { type Start, startFromPlane, startFromWindow } from './startCells.ts';
import { type Subdivision, UNKNOWN_SIDE } from './subdivision.ts';

/** The result once all neurons have cut the plane or the window. */
export interface CutResult {
  readonly network: PreparedNetwork;
  readonly subdivision: Subdivision;
  readonly patterns: Patterns;
  readonly exact: ExactDecisions;
  readonly hasHelpers: boolean;
  readonly generic: boolean;
}

/** Exact decisions between two calls of `cancelled`. */
const DECISIONS_PER_CHECK = 256;

/** Cuts the plane or the window along the hinges of all neurons, layer by layer. */
export function cutCells(
  network: PreparedNetwork,
  options: EnumerateOptions,
  onNeuron: (regions: number) => void,
): CutResult {
  const start = options.window
    ? startFromWindow(options.window)
    : startFromPlane(network.hidden[0]);
  const cutter = new Cutter(network, start, options);
  let source: LayerBelow | CenterValues = network.atCenter;
  network.hidden.forEach((layer, index) => {
    const isLast = index === network.hidden.length - 1;
    const forms = new LayerForms(layer, start.subdivision.cellCount, source, isLast);
    cutter.beginLayer(index, forms);
    for (let neuron = 0; neuron < layer.outputs; neuron++) {
      cutter.cut(neuron);
      onNeuron(start.subdivision.cellCount);
    }
    if (!isLast) {
      source = forms.below(Int32Array.from(cutter.startOf), cutter.patterns, network);
    }
  });
  return {
    network,
    subdivision: start.subdivision,
    patterns: cutter.patterns,
    exact: cutter.exact,
    hasHelpers: start.hasHelpers,
    generic: cutter.isGeneric,
  };
}

class Cutter {
  readonly patterns: Patterns;
  readonly exact: ExactDecisions;
  isGeneric = true;
  /** [cells]: the start cell of the current layer from which each cell comes. */
  startOf: number[] = [];
  readonly #network: PreparedNetwork;
  readonly #subdivision: Subdivision;
  readonly #start: Start;
  readonly #cancelled: () => boolean;
  readonly #maxRegions: number;
  #layer = 0;
  #forms: LayerForms | null = null;

  constructor(network: PreparedNetwork, start: Start, options: EnumerateOptions) {
    this.#network = network;
    this.#start = start;
    this.#subdivision = start.subdivision;
    this.patterns = new Patterns(network.neurons);
    this.exact = new ExactDecisions(network, this.#subdivision, this.patterns);
    this.#cancelled = options.cancelled ?? (() => false);
    this.#maxRegions = options.maxRegions ?? DEFAULT_MAX_REGIONS;
    for (const { neuron, positive } of start.done) {
      for (const cell of positive) this.patterns.set(cell, neuron);
    }
  }

  beginLayer(layer: number, forms: LayerForms): void {
    this.#layer = layer;
    this.#forms = forms;
    this.startOf = Array.from({ length: forms.starts }, (_, cell) => cell);
  }

  /** Cuts all cells along the hinge of one neuron of the layer, and sets its bits. */
  cut(neuron: number): void {
    if (this.#cancelled()) throw new CancelledError();
    const forms = this.#forms!;
    forms.load(neuron);
    if (this.#layer === 0 && this.#start.done.some((done) => done.neuron === neuron)) return;
    const crossed = this.#classify(neuron, forms.forms);
    this.#checkLimit(this.#subdivision.cellCount + crossed.length);
    const index = forms.layer.offset + neuron;
    for (const cell of crossed) {
      const at = this.startOf[cell] * FORM_SIZE;
      const line = this.#subdivision.addLine(forms.forms, at, index, cell);
      const child = this.#subdivision.splitCell(cell, line, this.#layer);
      this.startOf.push(this.startOf[cell]);
      this.patterns.copy(cell, child);
      this.patterns.set(child, index);
    }
  }

  /** Finds the neuron's sign in every point; sets its bit where positive; returns crossed cells. */
  #classify(neuron: number, forms: Float64Array): number[] {
    const { loops, edgeLeft, edgeFrom, edgeTo, side } = this.#subdivision;
    const index = this.#forms!.layer.offset + neuron;
    side.fill(UNKNOWN_SIDE);
    const crossed: number[] = [];
    for (let cell = 0; cell < loops.length; cell++) {
      let hasPlus = false;
      let hasMinus = false;
      for (const edge of loops[cell]) {
        const point = edgeLeft[edge] === cell ? edgeFrom[edge] : edgeTo[edge];
        let sign = side[point];
        if (sign === UNKNOWN_SIDE) {
          sign = this.#sign(neuron, cell, point, forms);
          side[point] = sign;
        }
        if (sign > 0) hasPlus = true;
        else if (sign < 0) hasMinus = true;
      }
      if (hasPlus && hasMinus) crossed.push(cell);
      else if (hasPlus) this.patterns.set(cell, index);
    }
    return crossed;
  }

  #sign(neuron: number, cell: number, point: number, forms: Float64Array): -1 | 0 | 1 {
    const { points } = this.#subdivision;
    const { threshold, trustsZeros } = this.#network.underflow;
    const at = this.startOf[cell] * FORM_SIZE;
    const bounded = signOfForm(forms, at, points, point, threshold);
    let sign: -1 | 0 | 1;
    if (bounded === UNDECIDED || (bounded === 0 && !trustsZeros)) {
      if (this.exact.count % DECISIONS_PER_CHECK === 0 && this.#cancelled()) {
        throw new CancelledError();
      }
      sign = this.exact.signAt(this.#layer, neuron, cell, point);
    } else {
      sign = bounded;
    }
    // In layer 1 a zero at infinity means parallel hinges; deeper ones are often parallel.
    if (sign === 0 && (this.#layer === 0 || !this.#subdivision.isAtInfinity(point))) {
      this.isGeneric = false;
    }
    return sign;
  }

  #checkLimit(cells: number): void {
    // Helper lines split a region into at most four cells.
    const cellsPerRegion = this.#start.hasHelpers ? 4 : 1;
    if (cells > this.#maxRegions * cellsPerRegion) {
      throw new LimitExceededError('regions', this.#maxRegions);
    }
  }
}
