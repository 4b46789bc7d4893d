import { groupsPerRow } from '../gpu/gridUniform.ts';
import { Readback } from '../gpu/readback.ts';
import { calibrationOf, readValue } from '../kernels/calibration.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import { type Grid, linspaceGrid } from '../kernels/grid.ts';
import { type PreparedField, prepareField } from '../kernels/prepareField.ts';
import { NO_DIRECTION } from '../kernels/shaderConstants.ts';
import type { Quantity } from '../model/field.ts';
import { centerOf } from '../model/rectangle.ts';
import { resolve } from '../model/resolve.ts';
import { type Bounds, UNBOUNDED } from '../reference/bounds.ts';
import type { GridRequest } from '../reference/grid.ts';
import { evaluateBands, rowsInBand, type SamplerContext } from './evaluateBands.ts';

export interface SampledGrid {
  readonly width: number;
  readonly height: number;
  /** [height, width], row-major, row 0 at the start of y. */
  readonly values: Float64Array;
}

/** Rows of an evaluated grid, as the kernel wrote them: groups of four samples, the last one padded. */
export interface RawRows {
  readonly data: ArrayBuffer;
  readonly firstRow: number;
  readonly rows: number;
  readonly anchored: AnchoredField;
}

/**
 * Evaluates a grid by the kernels that draw and reads it back, in bands of whole rows.
 * @param take gets the rows of each band in turn, for the duration of the call
 * @throws GpuError if a shader does not compile
 */
export async function readGrid(
  context: SamplerContext,
  field: PreparedField,
  grid: Grid,
  output: Output,
  take: (raw: RawRows) => void,
): Promise<void> {
  const { device, fence } = context;
  const rowBytes = groupsPerRow(grid.width) * 16;
  const readback = new Readback(device, fence, 'Sample.readback', rowsInBand(grid) * rowBytes);
  try {
    await evaluateBands(context, field, grid, output, {
      encode: (encoder, { samples, rows }) =>
        readback.encodeCopy(encoder, samples, rows * rowBytes),
      finish: ({ firstRow, rows, anchored }) =>
        readback.read(rows * rowBytes, (data) => take({ data, firstRow, rows, anchored })),
    });
  } finally {
    readback.destroy();
  }
}

/**
 * Samples a field over a rectangle, end points included.
 * @param signal when aborted, the evaluation ends after the current band
 * @throws RangeError if the values do not fit into memory; GpuError if a shader does not compile; the
 *   signal's reason
 */
export async function sampleGrid(
  context: SamplerContext,
  request: GridRequest,
  signal?: AbortSignal,
): Promise<SampledGrid> {
  signal?.throwIfAborted();
  const { field, width, height, quantity } = request;
  const values = allocate(width, height);
  const grid = linspaceGrid(request.x, request.y, width, height, centerOf(request));
  const bounds = quantity === 'value' ? resolve(field).bounds : UNBOUNDED;
  await readGrid(context, prepareField(resolve(field)), grid, quantity, (raw) => {
    signal?.throwIfAborted();
    unpackRows(raw, grid, quantity, bounds, values);
  });
  return { width, height, values };
}

function allocate(width: number, height: number): Float64Array {
  try {
    return new Float64Array(width * height);
  } catch {
    const megabytes = Math.ceil((width * height * 8) / 2 ** 20);
    throw new RangeError(
      `width × height: received ${width} × ${height} samples, which take ${megabytes} MiB; ` +
        'this page has less memory left: ask for fewer samples, or for the grid in parts',
    );
  }
}

function unpackRows(
  { data, firstRow, rows, anchored }: RawRows,
  grid: Grid,
  quantity: Quantity,
  bounds: Bounds,
  values: Float64Array,
): void {
  const calibration = calibrationOf(anchored, quantity, grid);
  const stride = 4 * groupsPerRow(grid.width);
  const integers = new Uint32Array(data);
  const floats = new Float32Array(data);
  const readers: Partial<Record<Quantity, (at: number) => number>> = {
    region: (at) => integers[at],
    gradientDirection: (at) => (floats[at] === NO_DIRECTION ? 0 : floats[at]),
  };
  const read = readers[quantity] ?? ((at: number) => readValue(calibration, floats[at], bounds));
  for (let r = 0; r < rows; r += 1) {
    const to = (firstRow + r) * grid.width;
    for (let c = 0; c < grid.width; c += 1) values[to + c] = read(r * stride + c);
  }
}
