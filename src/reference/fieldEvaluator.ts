import { neuronKey } from '../model/pattern.ts';
import { READOUTS, winsOf } from '../model/readouts.ts';
import type { ResolvedField } from '../model/resolve.ts';
import { pointOfSlice } from '../model/slice.ts';
import { add, type DoubleDouble, negate, toNumber } from '../numeric/doubleDouble.ts';
import type { DoubleDoubles } from '../numeric/doubleDoubles.ts';
import type { AffineMap, FieldEvaluator, OutputsReading, PreciseValue } from './evaluator.ts';
import { MAP_SIZE, PlanePass, toAffineMaps } from './planePass.ts';
import { marginOf, type Standing, softShares, standingOf, valuesOf } from './readoutValues.ts';

/**
 * Prepares a field for float64 evaluation. The probe reads this evaluation, and tests compare the GPU kernels with it.
 */
export function createEvaluatorFor(resolved: ResolvedField): FieldEvaluator {
  return new ResolvedEvaluator(resolved);
}

class ResolvedEvaluator implements FieldEvaluator {
  readonly resolved: ResolvedField;
  readonly bounds: ResolvedField['bounds'];
  readonly #pass: PlanePass;
  readonly #differences: Float64Array;
  /** Of all outputs, for the probe. */
  #whole: PlanePass | null = null;

  constructor(resolved: ResolvedField) {
    this.resolved = resolved;
    this.bounds = resolved.bounds;
    this.#pass = new PlanePass(resolved.plane);
    this.#differences = new Float64Array(resolved.plane.layers.at(-1)!.outputs);
  }

  value(x: number, y: number): number {
    return this.#valueOf(this.#load(x, y));
  }

  gradient(x: number, y: number): [number, number] {
    return this.#gradientOf(this.#load(x, y), this.#pass.differentiate());
  }

  regionId(x: number, y: number): number {
    return this.#regionOf(this.#load(x, y));
  }

  softmax(x: number, y: number): number[] | null {
    return this.#sharesOf(this.#load(x, y));
  }

  pattern(x: number, y: number): readonly string[] | null {
    this.#load(x, y);
    return this.#patternHere();
  }

  affineMap(x: number, y: number): AffineMap | null {
    this.#load(x, y);
    return this.#affineMapOf(this.#pass.differentiate());
  }

  affineMaps(x: number, y: number): AffineMap[] | null {
    if (!this.resolved.plane.isPiecewiseLinear) return null;
    this.#load(x, y);
    return toAffineMaps(this.#pass.differentiate());
  }

  evaluatePrecisely(x: DoubleDouble, y: DoubleDouble): PreciseValue {
    const standing = preciseStanding(this.resolved, this.#pass.loadPrecisely({ x, y }));
    const maps = this.#pass.differentiate();
    return {
      value: this.#valueOf(standing),
      gradient: this.#gradientOf(standing, maps),
      regionId: this.#regionOf(standing),
      softmax: this.#sharesOf(standing),
      pattern: this.#patternHere(),
      affineMap: this.#affineMapOf(maps),
    };
  }

  outputs(x: number, y: number): OutputsReading {
    const pass = this.#wholePass();
    const outputs = pass.load(x, y);
    const ranked = standingOf(outputs, winsOf(this.resolved.readout), outputs.slice());
    return readOutputs(this.resolved, pass, outputs, ranked, [x, y]);
  }

  outputsPrecisely(x: DoubleDouble, y: DoubleDouble): OutputsReading {
    const pass = this.#wholePass();
    const outputs = pass.loadPrecisely({ x, y });
    const ranked = preciseStanding(this.resolved, outputs);
    const rounded = outputs.high.map((high, k) => high + outputs.low[k]!);
    return readOutputs(this.resolved, pass, rounded, ranked, [toNumber(x), toNumber(y)]);
  }

  #wholePass(): PlanePass {
    this.#whole ??= new PlanePass(this.resolved.whole);
    return this.#whole;
  }

  #load(x: number, y: number): Standing {
    const { readout } = this.resolved;
    return standingOf(this.#pass.load(x, y), winsOf(readout), this.#differences);
  }

  #valueOf(standing: Standing): number {
    const { readout, bounds } = this.resolved;
    return valuesOf(readout).value(standing, readout, bounds);
  }

  #gradientOf(standing: Standing, maps: Float64Array): [number, number] {
    const { readout } = this.resolved;
    const [d1, d2] = valuesOf(readout).gradient(standing, maps, readout);
    // −0 + 0 is 0.
    return [d1 + 0, d2 + 0];
  }

  #sharesOf(standing: Standing): number[] | null {
    const { readout } = this.resolved;
    return valuesOf(readout).shares(standing, readout);
  }

  #regionOf({ winner, best }: Standing): number {
    const { plane, readout } = this.resolved;
    if (!plane.isPiecewiseLinear) return 0;
    if (this.#pass.hasHiddenLayers) return this.#pass.patternId();
    if (!READOUTS[readout.kind].ofOne) return neuronKey(winner);
    // The neuron that a sigmoid or tanh makes of an affine output.
    return readout.kind !== 'output' && best > 0 ? neuronKey(0) : 0;
  }

  #patternHere(): readonly string[] | null {
    const { plane } = this.resolved;
    return plane.isPiecewiseLinear && this.#pass.hasHiddenLayers ? this.#pass.pattern() : null;
  }

  #affineMapOf(maps: Float64Array): AffineMap | null {
    const { plane, readout } = this.resolved;
    return plane.isPiecewiseLinear && readout.kind === 'output' ? toAffineMaps(maps)[0]! : null;
  }
}

/** The standing of outputs in double-double, whose differences are rounded once. */
export function preciseStanding({ readout }: ResolvedField, outputs: DoubleDoubles): Standing {
  const isGreatest = winsOf(readout) === 'greatest';
  const difference = (k: number, l: number) =>
    toNumber(add(outputs.get(k), negate(outputs.get(l))));
  let winner = 0;
  for (let k = 1; k < outputs.length; k += 1) {
    const ahead = difference(k, winner);
    if (isGreatest ? ahead > 0 : ahead < 0) winner = k;
  }
  const differences = outputs.high.map((_, k) => difference(k, winner));
  return { winner, best: toNumber(outputs.get(winner)), differences };
}

function readOutputs(
  { field, readout, whole }: ResolvedField,
  pass: PlanePass,
  outputs: Float64Array,
  standing: Standing,
  [x, y]: readonly [number, number],
): OutputsReading {
  const maps = pass.differentiate();
  const greatest = Math.max(...standing.differences);
  const fromGreatest = standing.differences.map((difference) => difference - greatest);
  return {
    input: field.slice ? pointOfSlice(field.slice, x, y) : [x, y],
    outputs: [...outputs],
    gradients: Array.from(outputs, (_, k) => [maps[MAP_SIZE * k]!, maps[MAP_SIZE * k + 1]!]),
    affineMaps: whole.isPiecewiseLinear ? toAffineMaps(maps) : null,
    winner: standing.winner,
    margin: marginOf(standing),
    softmax: softShares(
      { ...standing, differences: fromGreatest },
      'lambda' in readout ? readout.lambda : 1,
    ),
    preActivations: pass.preActivations(),
  };
}
