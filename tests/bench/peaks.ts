// The device's peaks, measured: bytes per second by a copy kernel, FLOP per second by chains of
// multiply-and-add, which compilers fuse where they can.

export interface Peaks {
  readonly bytes: number;
  readonly flops: number;
}

const COPY = `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target0: array<vec4f>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let at = id.x + id.y * 256u * groups.x;
  target0[at] = source[at];
}`;

const STEPS = 512;
/** Chains that do not wait for each other. */
const CHAINS = 8;
const names = Array.from({ length: CHAINS }, (_, i) => `a${i}`);
const FMA = `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target0: array<vec4f>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let factor = source[id.x];
  ${names.map((name, i) => `var ${name} = factor + ${i}.0;`).join(' ')}
  for (var step = 0u; step < ${STEPS}u; step++) {
    ${names.map((name) => `${name} = ${name} * factor + factor;`).join(' ')}
  }
  target0[id.x] = ${names.join(' + ')};
}`;

const BYTES = 128 * 2 ** 20;
const THREADS = 2 ** 20;
/** Rounds of so many milliseconds, so that waiting for their end weighs little, and a limit for slow devices. */
const ROUNDS = 6;
const ROUND_MS = 30;
const MOST_REPEATS = 500;
const MOST_MS = 2500;

/** @returns bytes read and written per second, and FLOP per second (an fma counts as two) */
export async function measurePeaks(device: GPUDevice): Promise<Peaks> {
  const buffer = (label: string) =>
    device.createBuffer({ label, size: BYTES, usage: GPUBufferUsage.STORAGE });
  const buffers = [buffer('Peaks.source'), buffer('Peaks.target')];
  const copy = await best(device, COPY, buffers, [4096, BYTES / 16 / 256 / 4096]);
  const threads = Math.min(THREADS, BYTES / 16);
  const fma = await best(device, FMA, buffers, [threads / 256 / 16, 1]);
  for (const each of buffers) each.destroy();
  return {
    bytes: (2 * BYTES) / copy,
    flops: ((threads / 16) * STEPS * CHAINS * 4 * 2) / fma,
  };
}

/** Seconds of the fastest of several dispatches. */
async function best(
  device: GPUDevice,
  code: string,
  buffers: readonly GPUBuffer[],
  groups: readonly [number, number],
): Promise<number> {
  const module = device.createShaderModule({ label: 'Peaks', code });
  const group = device.createBindGroupLayout({
    label: 'Peaks.layout',
    entries: (['read-only-storage', 'storage'] as const).map((type, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type },
    })),
  });
  const pipeline = await device.createComputePipelineAsync({
    label: 'Peaks',
    layout: device.createPipelineLayout({
      label: 'Peaks.pipelineLayout',
      bindGroupLayouts: [group],
    }),
    compute: { module, entryPoint: 'main' },
  });
  const bindGroup = device.createBindGroup({
    label: 'Peaks.bindGroup',
    layout: group,
    entries: buffers.map((each, binding) => ({ binding, resource: { buffer: each } })),
  });
  let least = Infinity;
  let repeats = 1;
  const start = performance.now();
  for (let round = 0; round < ROUNDS && performance.now() - start < MOST_MS; round += 1) {
    const encoder = device.createCommandEncoder({ label: 'Peaks' });
    const pass = encoder.beginComputePass({ label: 'Peaks' });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    for (let i = 0; i < repeats; i += 1) pass.dispatchWorkgroups(...groups);
    pass.end();
    const submitted = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    const once = (performance.now() - submitted) / repeats;
    least = Math.min(least, once / 1e3);
    repeats = Math.max(1, Math.min(MOST_REPEATS, Math.round(ROUND_MS / once)));
  }
  return least;
}
