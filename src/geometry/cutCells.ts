import {
  CancelledError,
  DEFAULT_MAX_REGIONS,
  type EnumerateOptions,
  LimitExceededError,
} from './arrangement.ts';
import { boxesOf } from './boxes.ts';
import type { CenterValues } from './center.ts';
import { findCrossed } from './crossings.ts';
import { ExactDecisions } from './exactDecisions.ts';
import { FORM_SIZE } from './homogeneous.ts';
import { formsOfLayer, type LayerBelow } from './layerForms.ts';
import { Patterns } from './patterns.ts';
import type { PreparedNetwork } from './preparedNetwork.ts';
import { type Start, startFromPlane, startFromWindow } from './startCells.ts';
import type { Subdivision } from './subdivision.ts';

/** The result once all neurons have cut the plane or the window. */
export interface CutResult {
  readonly network: PreparedNetwork;
  readonly subdivision: Subdivision;
  readonly patterns: Patterns;
  readonly exact: ExactDecisions;
  /** [cells, K, 6]: the outputs' affine maps as forms, see homogeneous.ts; c is the value at the centre. */
  readonly outputs: Float64Array;
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
  const start = options.window ? startFromWindow(options.window) : startFromPlane(network);
  const cutter = new Cutter(network, start, options);
  let source: LayerBelow | CenterValues = network.atCenter;
  network.hidden.forEach((layer, index) => {
    const forms = formsOfLayer(layer, start.subdivision.cellCount, source);
    cutter.beginLayer(index, forms);
    for (let neuron = 0; neuron < layer.outputs; neuron++) {
      cutter.cut(neuron);
      onNeuron(start.subdivision.cellCount);
    }
    const startOf = Int32Array.from(cutter.startOf);
    source = { forms, layer, startOf, patterns: cutter.patterns };
  });
  return {
    network,
    subdivision: start.subdivision,
    patterns: cutter.patterns,
    exact: cutter.exact,
    outputs: formsOfLayer(network.output, start.subdivision.cellCount, source),
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
  /** [start cells, neurons of the layer, 6] */
  #forms: Float64Array = new Float64Array();
  /** Around the start cells. */
  #boxes: Float64Array = new Float64Array();

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

  beginLayer(layer: number, forms: Float64Array): void {
    this.#layer = layer;
    this.#forms = forms;
    this.#boxes = boxesOf(this.#subdivision, this.#network.underflow.threshold);
    this.startOf = this.#subdivision.loops.map((_, cell) => cell);
  }

  /** Cuts all cells along the hinge of one neuron of the layer, and sets its bits. */
  cut(neuron: number): void {
    if (this.#cancelled()) throw new CancelledError();
    if (this.#layer === 0 && this.#start.done.some((done) => done.neuron === neuron)) return;
    const { outputs, offset } = this.#network.hidden[this.#layer];
    const [first, stride] = [neuron * FORM_SIZE, outputs * FORM_SIZE];
    const { crossed, positive } = findCrossed(this.#subdivision, {
      forms: this.#forms,
      first,
      stride,
      rows: this.#forms.length / stride,
      rowOf: this.startOf,
      boxes: this.#boxes,
      boxOf: (start) => start,
      underflow: this.#network.underflow,
      decide: (cell, point) => this.#decide(neuron, cell, point),
      onZero: (point) => this.#noteZero(point),
    });
    this.#checkLimit(this.#subdivision.cellCount + crossed.length);
    for (const cell of positive) this.patterns.set(cell, offset + neuron);
    for (const cell of crossed) {
      const at = first + this.startOf[cell] * stride;
      const line = this.#subdivision.addLine(this.#forms, at, offset + neuron, cell);
      const child = this.#subdivision.splitCell(cell, line, this.#layer);
      this.startOf.push(this.startOf[cell]);
      this.patterns.copy(cell, child);
      this.patterns.set(child, offset + neuron);
    }
  }

  #decide(neuron: number, cell: number, point: number): -1 | 0 | 1 {
    if (this.exact.count % DECISIONS_PER_CHECK === 0 && this.#cancelled()) {
      throw new CancelledError();
    }
    return this.exact.signAt(this.#layer, neuron, cell, point);
  }

  /** In layer 1 a zero at infinity means parallel hinges; deeper ones are often parallel. */
  #noteZero(point: number): void {
    if (this.#layer === 0 || !this.#subdivision.isAtInfinity(point)) this.isGeneric = false;
  }

  #checkLimit(cells: number): void {
    // Helper lines split a region into at most four cells.
    const cellsPerRegion = this.#start.hasHelpers ? 4 : 1;
    if (cells > this.#maxRegions * cellsPerRegion) {
      throw new LimitExceededError('regions', this.#maxRegions);
    }
  }
}
