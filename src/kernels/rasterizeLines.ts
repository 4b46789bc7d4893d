import type { Grid } from './grid.ts';
import type { Rows } from './rasterizeFacets.ts';

/** Segments, each with the layer by which it is coloured. */
export interface Lines {
  /** [segments, 4]: x, y of both ends, in samples. */
  readonly segments: Float64Array;
  /** [segments], from 1. */
  readonly layers: Uint8Array;
}

/**
 * Draws lines as the kernels do `hinge` and `boundary`: coverage · 256 + layer of the line that covers most of a sample, 0 where none
 * does.
 * @param stride samples from one row to the next
 * @param target [rows, stride]
 */
export function fillLines(
  { segments, layers }: Lines,
  grid: Grid,
  rows: Rows,
  stride: number,
  target: Uint32Array,
): void {
  target.fill(0, 0, rows.count * stride);
  layers.forEach((layer, segment) => {
    fillSegment(segments, 4 * segment, layer, grid, rows, stride, target);
  });
}

const clampPart = (part: number) => Math.min(1, Math.max(0, part));

function fillSegment(
  ends: Float64Array,
  from: number,
  layer: number,
  { width, hingeHalfWidth }: Grid,
  { first, count }: Rows,
  stride: number,
  target: Uint32Array,
): void {
  const reach = hingeHalfWidth + 0.5;
  const isUp = ends[from + 1]! <= ends[from + 3]!;
  const [low, high] = isUp ? [from, from + 2] : [from + 2, from];
  const [x0, y0] = [ends[low]!, ends[low + 1]!];
  const [dx, dy] = [ends[high]! - x0, ends[high + 1]! - y0];
  const lengthSquared = dx * dx + dy * dy;
  const lowest = Math.max(0, Math.ceil(y0 - reach - first));
  const highest = Math.min(count - 1, Math.floor(y0 + dy + reach - first));
  for (let row = lowest; row <= highest; row += 1) {
    const y = first + row - y0;
    // The part of the segment that can reach the row.
    const xa = x0 + (dy > 0 ? clampPart((y - reach) / dy) : 0) * dx;
    const xb = x0 + (dy > 0 ? clampPart((y + reach) / dy) : 1) * dx;
    const begin = Math.max(0, Math.ceil(Math.min(xa, xb) - reach));
    const end = Math.min(width - 1, Math.floor(Math.max(xa, xb) + reach));
    for (let column = begin; column <= end; column += 1) {
      const x = column - x0;
      const along = lengthSquared > 0 ? clampPart((x * dx + y * dy) / lengthSquared) : 0;
      const distance = Math.hypot(x - along * dx, y - along * dy);
      const covered = Math.floor(255 * clampPart(reach - distance) + 0.5);
      const at = row * stride + column;
      const found = covered * 256 + layer;
      if (covered > 0 && found > target[at]!) target[at] = found;
    }
  }
}
