import type { Vec2 } from '../model/field.ts';
import { writePower } from '../scales/decimal.ts';
import { formatNumber } from '../scales/format.ts';
import { cornerRadius, radiusAt } from './projection.ts';
import type { View } from './view.ts';

/** What replaces the axes on a log-radial picture, in pixels from its top left corner. */
export interface PolarAxes {
  readonly center: Vec2;
  readonly rings: readonly Ring[];
  /** Lines from the innermost ring outwards, beyond the border. */
  readonly spokes: readonly (readonly [Vec2, Vec2])[];
  /** The places of the axes' names, at the right end and the upper end. */
  readonly names: readonly [Vec2, Vec2];
}

/** A circle about the centre at a round distance. */
export interface Ring {
  readonly radius: number;
  /** Its distance in the plane, e.g. 10⁻³. */
  readonly label: string;
  /** null if the border would cut the label off. */
  readonly labelAt: Vec2 | null;
}

/** The minimum distance between two rings, and between a ring and the centre. */
const GAP_PX = 34;
/** If a decade is at least this wide, 2 and 5 are marked in it too. */
const WIDE_DECADE_PX = 150;
const SPOKES = 8;
const CENTER_DIGITS = 6;
/** The maximum extent of a label from its middle, to either side, and above and below. */
const LABEL_PX: Vec2 = [22, 10];
/** From the border to the names. */
const NAME_GAP_PX = 14;

/** Rings at powers of ten and spokes for a log-radial picture of this size. */
export function polarAxes(view: View, decades: number, width: number, height: number): PolarAxes {
  const pixelsPerUnit = Math.min(width, height) / 2;
  const center: Vec2 = [width / 2, height / 2];
  const corner = Math.hypot(...center);
  // Labels lie towards a corner, the longest direction.
  const direction: Vec2 = [center[0] / corner, -center[1] / corner];
  const rings = ringsOf(view.halfWidth, decades, cornerRadius(width, height), pixelsPerUnit).map(
    ({ rho, label }): Ring => {
      const radius = rho * pixelsPerUnit;
      const place: Vec2 = [center[0] + radius * direction[0], center[1] + radius * direction[1]];
      const isWhole = place[0] <= width - LABEL_PX[0] && place[1] >= LABEL_PX[1];
      return { radius, label, labelAt: isWhole ? place : null };
    },
  );
  const inner = rings[0]?.radius ?? GAP_PX;
  const spokes = Array.from({ length: SPOKES }, (_, i) => {
    const angle = (2 * Math.PI * i) / SPOKES;
    const at = (radius: number): Vec2 => [
      center[0] + radius * Math.cos(angle),
      center[1] - radius * Math.sin(angle),
    ];
    return [at(inner), at(corner)] as const;
  });
  const names: PolarAxes['names'] = [
    [width - NAME_GAP_PX, center[1]],
    [center[0], NAME_GAP_PX],
  ];
  return { center, rings, spokes, names };
}

/** The meaning of a view's rings. */
export function nameRings({ center }: View): string {
  const [x, y] = center.map((part) => formatNumber(part, CENTER_DIGITS));
  return `rings: distance from (${x}, ${y})`;
}

function ringsOf(
  halfWidth: number,
  decades: number,
  outer: number,
  pixelsPerUnit: number,
): { rho: number; label: string }[] {
  const decadePx = pixelsPerUnit / decades;
  const step = Math.ceil(GAP_PX / decadePx);
  const mantissas = decadePx >= WIDE_DECADE_PX ? [1, 2, 5] : [1];
  const first = Math.floor(Math.log10(halfWidth) - decades);
  const last = Math.ceil(Math.log10(halfWidth) + decades * (outer - 1));
  const rings: { rho: number; label: string }[] = [];
  for (let exponent = Math.ceil(first / step) * step; exponent <= last; exponent += step) {
    for (const mantissa of mantissas) {
      const distance = mantissa * 10 ** exponent;
      const rho = radiusAt({ kind: 'logRadial', decades }, distance / halfWidth);
      if (rho * pixelsPerUnit < GAP_PX / 2 || rho >= outer) continue;
      rings.push({ rho, label: labelOf(mantissa, exponent) });
    }
  }
  return rings;
}

/** 10⁻³, 2×10⁻³, but 1, 20. */
function labelOf(mantissa: number, exponent: number): string {
  if (exponent === 0 || exponent === 1) return String(mantissa * 10 ** exponent);
  const power = writePower(exponent);
  return mantissa === 1 ? power.slice(1) : mantissa + power;
}
