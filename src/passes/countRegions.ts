import countSource from '../../shaders/countRegions.wgsl?raw';
import {
  type BufferUse,
  bindBuffers,
  createBufferLayout,
  createPipelineLayout,
} from '../gpu/bindings.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import { workgroups } from '../gpu/pipelines.ts';
import { Readback } from '../gpu/readback.ts';
import type { Grid } from '../kernels/grid.ts';
import { prepareField } from '../kernels/prepareField.ts';
import { WORKGROUP_SIZE, withConstants } from '../kernels/shaderConstants.ts';
import type { Field } from '../model/field.ts';
import { resolve } from '../model/resolve.ts';
import { evaluateBands, type SamplerContext } from './evaluateBands.ts';

export const COUNT_SOURCE = withConstants({ WORKGROUP_SIZE }, countSource);

/** Bytes of `struct Count` and `struct Found` in countRegions.wgsl. */
const COUNT_BYTES = 12;
const FOUND_BYTES = 8;
/** Places of the hash table: 4 MiB. */
const TABLE_PLACES = 2 ** 20;

export interface RegionCount {
  /** Distinct regions among the samples, by their 32-bit identities. */
  readonly regions: number;
  /** False if there were too many to count: `regions` is then a lower bound. */
  readonly complete: boolean;
}

/** Counts the distinct regions among the samples of a grid: shaders/countRegions.wgsl. */
export async function countRegions(
  context: SamplerContext,
  field: Field,
  grid: Grid,
): Promise<RegionCount> {
  const { device } = context;
  const uses: BufferUse[] = ['uniform', 'read', 'read and write', 'read and write'];
  const layout = createBufferLayout(device, 'CountRegions', GPUShaderStage.COMPUTE, uses);
  const pipelineLayout = createPipelineLayout(device, 'CountRegions', layout);
  const pipeline = await context.pipelines.compute(
    'CountRegions',
    pipelineLayout,
    'countRegions',
    () => COUNT_SOURCE,
  );
  const buffer = (name: string, size: number, usage: number) =>
    device.createBuffer({ label: `CountRegions.${name}`, size, usage });
  const uniform = buffer('tile', COUNT_BYTES, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  const table = buffer('table', 4 * TABLE_PLACES, GPUBufferUsage.STORAGE);
  const found = buffer('found', FOUND_BYTES, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
  const readback = new Readback(device, context.fence, 'CountRegions.readback', FOUND_BYTES);
  let result: RegionCount = { regions: 0, complete: true };
  try {
    await evaluateBands(context, prepareField(resolve(field)), grid, 'region', {
      encode(encoder, { samples, rows }) {
        const perRow = groupsPerRow(grid.width);
        device.queue.writeBuffer(uniform, 0, Uint32Array.of(perRow * rows, perRow, grid.width));
        const pass = encoder.beginComputePass({ label: 'CountRegions' });
        pass.setPipeline(pipeline);
        pass.setBindGroup(
          0,
          bindBuffers(device, 'CountRegions', layout, [uniform, samples, table, found]),
        );
        pass.dispatchWorkgroups(workgroups(perRow * rows));
        pass.end();
        readback.encodeCopy(encoder, found, FOUND_BYTES);
      },
      finish: () =>
        readback.read(FOUND_BYTES, (data) => {
          const [regions, overflow] = new Uint32Array(data);
          result = { regions, complete: overflow === 0 };
        }),
    });
  } finally {
    for (const resource of [uniform, table, found, readback]) resource.destroy();
  }
  return result;
}
