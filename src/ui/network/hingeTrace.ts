import { contourLines } from '../../drawing/contourLines.ts';
import { breakpointsOf } from '../../model/activations.ts';
import type { Vec2 } from '../../model/field.ts';
import type { FullNetwork } from '../../model/networks.ts';
import type { NeuronPass, Offsets } from '../../reference/neuronPass.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';

/** CSS pixels from sample to sample: at first, and where a hinge was found. A closed hinge within a coarse cell is not found. */
const COARSE_PX = 14;
const FINE_PX = 2;

/** A rectangle of samples of a picture, ends included. */
interface Lattice {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Where the pre-activation of a neuron is at a breakpoint of its activation, in CSS pixels of the picture; none for a smooth one,
 * nor for an output.
 *
 * @param layer a hidden one, from 0
 */
export function* traceHinge(
  pass: NeuronPass,
  network: FullNetwork,
  [layer, index]: readonly [layer: number, index: number],
  geometry: PictureGeometry,
  halfWidth: number,
): Generator<void, Vec2[][]> {
  const { activation } = network.layers[layer]!;
  const breakpoints = breakpointsOf(activation);
  if (breakpoints.length === 0 || layer === network.layers.length - 1) return [];
  const valuesAt = function* (lattices: readonly Lattice[]): Generator<void, Float64Array> {
    const offsets = offsetsOf(lattices, geometry, halfWidth);
    return (yield* pass.one(layer, index, offsets)).preActivations;
  };
  const coarse = latticeOf(0, 0, geometry.width, geometry.height, COARSE_PX);
  const values = yield* valuesAt([coarse]);
  const cells = cellsWith(breakpoints, values, coarse).map(([x, y]) =>
    latticeOf(x, y, coarse.stepX, coarse.stepY, FINE_PX),
  );
  const fine = yield* valuesAt(cells);
  let start = 0;
  return cells.flatMap((cell) => {
    const own = fine.subarray(start, start + cell.columns * cell.rows);
    start += own.length;
    return breakpoints.flatMap((level) =>
      contourLines(own, cell.columns, cell.rows, level).map((line) =>
        line.map(
          ([column, row]): Vec2 => [cell.x + column * cell.stepX, cell.y + row * cell.stepY],
        ),
      ),
    );
  });
}

function latticeOf(x: number, y: number, width: number, height: number, step: number): Lattice {
  const [across, down] = [Math.ceil(width / step), Math.ceil(height / step)];
  return {
    ...{ x, y, columns: across + 1, rows: down + 1 },
    ...{ stepX: width / across, stepY: height / down },
  };
}

function offsetsOf(
  lattices: readonly Lattice[],
  geometry: PictureGeometry,
  halfWidth: number,
): Offsets {
  const count = lattices.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
  const [dx, dy] = [new Float64Array(count), new Float64Array(count)];
  let s = 0;
  for (const { x, y, stepX, stepY, columns, rows } of lattices) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, s += 1) {
        const [u1, u2] = geometry.toView(x + column * stepX, y + row * stepY);
        dx[s] = halfWidth * u1;
        dy[s] = halfWidth * u2;
      }
    }
  }
  return { dx, dy };
}

/** The corners of the cells in which a value is crossed, and of their neighbours, which a line may touch between samples. */
function cellsWith(
  levels: readonly number[],
  values: Float64Array,
  { x, y, stepX, stepY, columns, rows }: Lattice,
): Vec2[] {
  const found = new Set<number>();
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const at = row * columns + column;
      const corners = [at, at + 1, at + columns, at + columns + 1].map((i) => values[i]!);
      const [least, greatest] = [Math.min(...corners), Math.max(...corners)];
      if (!levels.some((level) => least < level && greatest >= level)) continue;
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const [c, r] = [column + dx, row + dy];
        if (c >= 0 && r >= 0 && c + 1 < columns && r + 1 < rows) found.add(r * columns + c);
      }
    }
  }
  return [...found].map((at) => [x + (at % columns) * stepX, y + Math.floor(at / columns) * stepY]);
}
