import { winsOf } from '../model/readouts.ts';
import type { ResolvedField } from '../model/resolve.ts';
import { add, negate, type Point, toNumber } from '../numeric/doubleDouble.ts';
import { AnchoredPass } from './anchoredPass.ts';
import { preciseStanding } from './fieldEvaluator.ts';
import { changesOf, type Move } from './readoutChanges.ts';
import { type Standing, secondOf, standingOf, valuesOf } from './readoutValues.ts';

/**
 * A field about a centre: how it changes from there, with the relative accuracy of float64 also where float64 cannot distinguish
 * the points or their values. Offsets are of the same plane as the centre.
 */
export interface AnchoredEvaluator {
  readonly resolved: ResolvedField;
  /** The value and the gradient at the centre. */
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** value(center + d) − value(center). */
  change(dx: number, dy: number): number;
  /** gradient(center + d), [∂₁, ∂₂]. */
  gradientAt(dx: number, dy: number): [number, number];
  /** gradient(center + d) − gradient(center). */
  gradientChange(dx: number, dy: number): [number, number];
}

/** The field about a centre. */
export function anchoredEvaluator(resolved: ResolvedField, center: Point): AnchoredEvaluator {
  return new FieldAbout(resolved, center);
}

class FieldAbout implements AnchoredEvaluator {
  readonly resolved: ResolvedField;
  readonly value: number;
  readonly gradient: [number, number];
  readonly #pass: AnchoredPass;
  readonly #center: Standing;
  readonly #fromSecond: Float64Array | null;

  constructor(resolved: ResolvedField, center: Point) {
    const { plane, readout, bounds } = resolved;
    this.resolved = resolved;
    this.#pass = new AnchoredPass(plane, center);
    const { outputs, maps } = this.#pass;
    this.#center = preciseStanding(resolved, outputs);
    const second = secondOf(this.#center);
    this.#fromSecond =
      second === null
        ? null
        : outputs.high.map((_, k) => toNumber(add(outputs.get(k), negate(outputs.get(second)))));
    this.value = valuesOf(readout).value(this.#center, readout, bounds);
    const [d1, d2] = valuesOf(readout).gradient(this.#center, maps, readout);
    this.gradient = [d1 + 0, d2 + 0];
  }

  change(dx: number, dy: number): number {
    const { readout } = this.resolved;
    return changesOf(readout).value(this.#moveTo(dx, dy), readout) + 0;
  }

  gradientAt(dx: number, dy: number): [number, number] {
    const { readout } = this.resolved;
    const { after } = this.#moveTo(dx, dy);
    const { maps } = this.#pass.differentiate();
    const standing = { ...after, best: this.#center.best + after.best };
    const [d1, d2] = valuesOf(readout).gradient(standing, maps, readout);
    return [d1 + 0, d2 + 0];
  }

  gradientChange(dx: number, dy: number): [number, number] {
    const { readout } = this.resolved;
    const move = this.#moveTo(dx, dy);
    const maps = { mapsBefore: this.#pass.maps, ...this.#pass.differentiate() };
    const [d1, d2] = changesOf(readout).gradient({ ...move, ...maps }, readout);
    return [d1 + 0, d2 + 0];
  }

  #moveTo(dx: number, dy: number): Move {
    const center = this.#center;
    const changes = this.#pass.load(dx, dy);
    const outputs = center.differences.map((difference, k) => difference + changes[k]!);
    return {
      center,
      fromSecond: this.#fromSecond,
      changes,
      after: standingOf(outputs, winsOf(this.resolved.readout), outputs.slice()),
    };
  }
}
