import { groupsPerRow } from '../gpu/gridUniform.ts';
import { Readback } from '../gpu/readback.ts';
import { type Calibration, calibrationOf, readValue } from '../kernels/calibration.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../kernels/fieldCode.ts';
import { leavesFloat32, readsOrder } from '../kernels/float32Range.ts';
import { type Grid, linspaceGrid } from '../kernels/grid.ts';
import { type PreparedField, prepareField } from '../kernels/prepareField.ts';
import { NO_DIRECTION } from '../kernels/shaderConstants.ts';
import type { Quantity } from '../model/field.ts';
import { isAngle, isIdentity } from '../model/quantities.ts';
import { centerOf } from '../model/rectangle.ts';
import { resolve } from '../model/resolve.ts';
import { type Bounds, boundsOf } from '../reference/bounds.ts';
import type { GridRequest, SampledGrid } from '../reference/grid.ts';
import { baseOf } from '../reference/relativeGrid.ts';
import { evaluateBands, rowsInBand, type SamplerContext } from './evaluateBands.ts';

/** Rows of an evaluated grid, as the kernel wrote them: groups of four samples, the last one padded. */
export interface RawRows {
  readonly data: ArrayBuffer;
  readonly firstRow: number;
  readonly rows: number;
  readonly anchored: StoredNumbers;
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
 * Samples a field over a rectangle, end points included. All are NaN if numbers within a wide network overflow float32.
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
  const bounds = boundsOf(quantity, resolve(field).bounds);
  const base = request.relative ? { base: baseOf(request) } : {};
  const prepared = prepareField(resolve(field));
  if (prepared.form === 'layered') {
    const { plane, readout } = prepared;
    if (leavesFloat32(plane, grid.anchor, !readsOrder(readout))) {
      return { width, height, values: values.fill(Number.NaN), ...base };
    }
  }
  await readGrid(context, prepared, grid, quantity, (raw) => {
    signal?.throwIfAborted();
    const calibration = calibrationOf(raw.anchored, quantity, grid);
    const read =
      base.base === undefined
        ? readerOf(quantity, calibration, bounds)
        : differenceReader(calibration, base.base);
    unpackRows(raw, grid, read, values);
  });
  return { width, height, values, ...base };
}

/** Makes a number of what a kernel stored, given as a float32 and as its bits. */
type Reader = (stored: number, bits: number) => number;

function readerOf(quantity: Quantity, calibration: Calibration, bounds: Bounds): Reader {
  if (isIdentity(quantity)) return (_, bits) => bits;
  if (isAngle(quantity)) return (stored) => (stored === NO_DIRECTION ? 0 : stored);
  return (stored) => readValue(calibration, stored, bounds);
}

/** Stored numbers are differences from the middle already, unless the kernel counts from 0. */
function differenceReader({ offset, scale }: Calibration, base: number): Reader {
  const countsFrom0 = offset.high === 0 && offset.low === 0;
  return (stored) => scale * stored - (countsFrom0 ? base : 0);
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
  { data, firstRow, rows }: RawRows,
  grid: Grid,
  read: Reader,
  values: Float64Array,
): void {
  const stride = 4 * groupsPerRow(grid.width);
  const integers = new Uint32Array(data);
  const floats = new Float32Array(data);
  for (let r = 0; r < rows; r += 1) {
    const to = (firstRow + r) * grid.width;
    for (let c = 0; c < grid.width; c += 1) {
      const at = r * stride + c;
      values[to + c] = read(floats[at], integers[at]);
    }
  }
}
