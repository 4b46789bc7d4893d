import type { DoubleDouble } from '../numeric/doubleDouble.ts';

/**
 * The lines of WGSL that differ from field to field. Each piece is straight-line code for four
 * samples of a row at a time. It reads `x: vec4f` and `y: f32` (coordinates relative to the anchor, in
 * units of its half-width; `y: vec4f` in a log-radial picture) and the names that `load` defines, and
 * defines the names in its comment.
 *
 * Each piece gets its own block, so pieces may use the same names.
 */
export interface Pieces {
  /** Defines `value: vec4f`, (f − offset) / scale. */
  readonly value: string;
  /** Defines `d1, d2: vec4f`, the gradient minus `base`, both divided by gradientScale. */
  readonly gradient: string;
  /**
   * After `gradient`, defines `along: vec4f`, the component of (d1, d2) along `base`. Absent if `base` is
   * always 0.
   */
  readonly along?: string;
  /** Defines `value`, `d1` and `d2` at once. */
  readonly valueAndGradient: string;
  /**
   * Given a step `hx: vec4f`, `hy: f32`, defines `difference: vec4f`,
   * (f(x + hx, y + hy) − f(x, y)) / scale, minus the contribution of `base` to the step if `small`.
   */
  readonly difference: string;
  /** Defines `region: vec4u`, the identity of the region. */
  readonly region: string;
  /**
   * Defines `hinge: vec4u`, coverage · 256 + layer (1, 2, …) of the hinge that covers most. Passes to
   * `hingeCoverage` slopes in steps of `unit: vec2f`, and `pen`, the width of a line.
   */
  readonly hinge: string;
  /** Likewise `boundary: vec4u`, where the output that wins changes, with the layer BOUNDARY_LAYER; absent if there is one output. */
  readonly boundary?: string;
  /** Defines `openNeurons: u32`, the number of neurons that are evaluated as more than an affine map; only for networks. */
  readonly openNeurons?: string;
}

/** The code of a field in several forms; each tile of a few rows is evaluated by one of them. */
export interface FieldCode {
  /** Distinguishes shapes: fields with equal keys have equal code. */
  readonly key: string;
  /** Reads parameters into `let`s, once per thread. */
  readonly load: string;
  readonly general: Pieces;
  /** Forms for tiles that pass their `test`, in order of preference; the general form for others. */
  readonly special: readonly SpecialForm[];
  /** For whole pictures that AnchoredField.servesSeries accepts: a separate kernel, since unused code costs time too. */
  readonly series?: SeriesForm;
}

/** A form with a kernel of its own. */
export interface SeriesForm {
  /** Defines what the pieces need, once per tile. Reads `tileX, tileY: f32`, the tile's middle. */
  readonly setup: string;
  /** Read also `across: vec4f` and `up: f32`, the sample minus the tile's middle. */
  readonly pieces: Partial<Pieces>;
}

export interface SpecialForm {
  /** Serves samples at any place, hence also those of a log-radial picture; its test does not depend on a tile. */
  readonly anywhere?: true;
  /** The name of the bool that `test` defines: whether the form serves the tile. */
  readonly name: string;
  /**
   * Defines that bool and everything that the pieces need, once per tile. Reads `tileX, tileY: f32`, the
   * tile's middle, and `reachX, reachY: f32`, how far the cells of its samples extend from there, and
   * more if a piece extends beyond its sample.
   */
  readonly test: string;
  /** Read also `across: vec4f` (as `test` may) and `up: f32`, the sample less the tile's middle. */
  readonly pieces: Partial<Pieces>;
}

/** What the numbers that a kernel stores stand for. */
export interface StoredNumbers {
  /** value = offset + scale · stored; in double-double, since a deep view changes only float64's last digits. */
  readonly offset: DoubleDouble;
  readonly scale: number;
  /** The gradient to which the kernel's gradients are relative; [0, 0] unless `small`. */
  readonly baseGradient: readonly [DoubleDouble, DoubleDouble];
  /** gradient = baseGradient + gradientScale · stored. */
  readonly gradientScale: number;
  /** Whether the view is small against the field's curvature (`small` in evaluate.wgsl). */
  readonly small: boolean;
}

/** A field evaluated at the centre of the view in float64: its kernel's input, and what that stores. */
export interface AnchoredField extends StoredNumbers {
  /** The kernel's parameters: `HEADER_LENGTH` common numbers, then the field's own. */
  readonly parameters: Float32Array;
  /**
   * Whether FieldCode.series serves a picture whose tiles extend this far from their middle, along x and y, in half-widths of the
   * view; absent if it never does.
   */
  readonly servesSeries?: (reach: readonly [number, number]) => boolean;
}

/** Numbers at the head of the parameters, which all fields have. */
export const HEADER_LENGTH = 4;

/** Writes the common numbers at the head of the parameters. */
export function writeHeader(
  parameters: Float32Array,
  base: readonly [number, number],
  small: boolean,
): void {
  parameters.set([base[0], base[1], Math.hypot(base[0], base[1]), small ? 1 : 0]);
}

/** `a + b + c` of the terms, '0' typed as vec4f if there are none. */
export function sum(terms: readonly string[]): string {
  return terms.length === 0 ? 'vec4f(0.0)' : terms.join(' + ');
}

/** [0, …, count − 1] */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Numbers the values of the parameter buffer in the order in which they are requested. */
export class ParameterReader {
  readonly lines: string[] = [];
  private next = HEADER_LENGTH;

  /** A line `let name = parameters[…];` for the next parameter; returns the name. */
  read(name: string): string {
    this.lines.push(`let ${name} = parameters[${this.next}];`);
    this.next += 1;
    return name;
  }
}

/** The number of parameters of a kernel, its header included: `load` reads each of its own once. */
export function countParameters(load: string): number {
  return HEADER_LENGTH + (load.match(/\bparameters\[/g)?.length ?? 0);
}

/**
 * Lines that define `name` as the largest of several names. `max` would do, but handles NaN, which costs
 * software adapters six times as much as a comparison and a selection.
 */
export function maximumLines(name: string, terms: readonly string[]): string[] {
  const last = terms.length - 1;
  if (last === 0) return [`let ${name} = ${terms[0]};`];
  return terms.slice(1).map((term, i) => {
    const before = i === 0 ? terms[0] : `${name}_${i}`;
    return `let ${i + 1 === last ? name : `${name}_${i + 1}`} = select(${before}, ${term}, ${term} > ${before});`;
  });
}
