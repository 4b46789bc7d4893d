import type { Field, Vec2 } from '../model/field.ts';
import { factsOf, type ModelUnit, unitOfInput } from '../model/models.ts';
import type { NetworkSource } from '../model/networks.ts';
import { coordinatesOf } from '../model/slice.ts';
import { add, type DoubleDouble, scale, twoSum } from '../numeric/doubleDouble.ts';
import { formatAffine, subscript } from './format.ts';

/** What inputs, outputs and axes are called: by the names and in the units of the network's file where it has some. */

/** One coordinate of the plane as people read it. */
export interface PlaneAxis {
  readonly name: string;
  /** What is read is mean + scale · the coordinate; null if it is the coordinate itself. */
  readonly unit: ModelUnit | null;
}

export type PlaneAxes = readonly [PlaneAxis, PlaneAxis];

/** What a field's regions and readings are described with. */
export interface FieldNames {
  readonly axes: PlaneAxes;
  nameOutput(index: number): string;
  nameClass(index: number): string;
}

/** x₁ for input 0. */
export function numberInput(input: number): string {
  return `x${subscript(input + 1)}`;
}

/** People count from 1. */
export function numberOutput(index: number): string {
  return `output ${index + 1}`;
}

/** Its name in the file, or its number. */
export function nameInput(network: NetworkSource, input: number): string {
  return factsOf(network)?.inputs[input]?.name ?? numberInput(input);
}

/** Its name in the file, or its number. */
export function nameOutput(network: NetworkSource, index: number): string {
  return factsOf(network)?.outputNames?.[index] ?? numberOutput(index);
}

/** The output that wins, as a class. */
export function nameClass(network: NetworkSource, index: number): string {
  return factsOf(network)?.outputNames?.[index] ?? `class ${index + 1}`;
}

/** @param classNames what a data set calls the outputs as classes; null for the file's names, or numbers */
export function namesOf(field: Field, classNames: readonly string[] | null = null): FieldNames {
  const { network } = field;
  return {
    axes: axesOf(field),
    nameOutput: (index) => classNames?.[index] ?? nameOutput(network, index),
    nameClass: (index) => classNames?.[index] ?? nameClass(network, index),
  };
}

/** For a plane of which nothing else is known. */
export const PLAIN_NAMES: FieldNames = {
  axes: [
    { name: 'x₁', unit: null },
    { name: 'x₂', unit: null },
  ],
  nameOutput: numberOutput,
  nameClass: (index) => `class ${index + 1}`,
};

/**
 * The axes: those inputs that vary by themselves, z₁ and z₂ where the plane is that of the logits, else u₁ and u₂, the
 * coordinates of the slice.
 */
export function axesOf(field: Field): PlaneAxes {
  const { network } = field;
  const [first, second] = inputsOfAxes(field);
  const axis = (input: number | null, coordinate: string): PlaneAxis => {
    if (input === null) return { name: coordinate, unit: null };
    const unit = unitOfInput(network, input);
    return {
      name: network.kind === 'identity' ? `z${subscript(input + 1)}` : nameInput(network, input),
      unit,
    };
  };
  return [axis(first, 'u₁'), axis(second, 'u₂')];
}

/** The input that is each coordinate of the plane; null if it is none. */
export function inputsOfAxes({ slice }: Field): readonly [number | null, number | null] {
  if (slice === null) return [0, 1];
  const { origin, axis1 } = slice;
  if (origin.length === 1) return [origin[0] === 0 && axis1[0] === 1 ? 0 : null, null];
  return coordinatesOf(slice) ?? [null, null];
}

/** A coordinate of the plane as it is read. */
export function toUnit(value: DoubleDouble, unit: ModelUnit | null): DoubleDouble {
  return unit === null ? value : add(scale(value, unit.scale), twoSum(unit.mean, 0));
}

/** The coordinate that is read so. */
export function fromUnit(value: DoubleDouble, unit: ModelUnit | null): DoubleDouble {
  if (unit === null) return value;
  const away = add(value, twoSum(-unit.mean, 0));
  const high = (away.high + away.low) / unit.scale;
  const rest = add(away, scale({ high: -high, low: 0 }, unit.scale));
  return twoSum(high, (rest.high + rest.low) / unit.scale);
}

/** An affine map of the plane in the units of its axes: 0.5 x₁ − 2 x₂ + 1. */
export function formatMap(
  { a, b }: { readonly a: Vec2; readonly b: number },
  significant: number,
  axes: PlaneAxes,
): string {
  const scales = axes.map(({ unit }) => unit?.scale ?? 1);
  const means = axes.map(({ unit }) => unit?.mean ?? 0);
  const slopes: Vec2 = [a[0] / scales[0]!, a[1] / scales[1]!];
  const map = { a: slopes, b: b - slopes[0] * means[0]! - slopes[1] * means[1]! };
  return formatAffine(map, significant, [axes[0].name, axes[1].name]);
}
