import { vi } from 'vitest';

/** A dispatch that was submitted, with its dynamic offsets. */
export interface FakeDispatch {
  readonly entryPoint: string;
  readonly workgroups: readonly number[];
  readonly offsets: readonly number[];
}

export interface FakeBuffer {
  readonly label: string;
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** As much of a device as passes need, which computes nothing and keeps account of everything. */
export interface FakeDevice {
  readonly device: GPUDevice;
  /** Buffers that were made and not destroyed. */
  readonly live: Set<FakeBuffer>;
  /** Called with what is submitted, while uniforms are as its dispatches read them. */
  onSubmit: (dispatches: readonly FakeDispatch[]) => void;
  /** How many pipelines compile before one does not. */
  pipelinesLeft: number;
}

/** Constants that only browsers have. */
function stubConstants(): void {
  vi.stubGlobal('GPUShaderStage', { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 });
  vi.stubGlobal('GPUMapMode', { READ: 1, WRITE: 2 });
  const names = ['MAP_READ', 'MAP_WRITE', 'COPY_SRC', 'COPY_DST', 'INDEX', 'VERTEX', 'UNIFORM'];
  const usages = [...names, 'STORAGE', 'INDIRECT', 'QUERY_RESOLVE'];
  vi.stubGlobal('GPUBufferUsage', Object.fromEntries(usages.map((name, i) => [name, 2 ** i])));
}

/** Its buffers keep up to 1 MiB of what is written to them. */
export function fakeDevice(): FakeDevice {
  stubConstants();
  const live = new Set<FakeBuffer>();
  const createBuffer = ({ label = '', size }: GPUBufferDescriptor) => {
    const bytes = new Uint8Array(Math.min(size, 2 ** 20));
    const buffer = {
      label,
      size,
      bytes,
      destroy: () => live.delete(buffer),
      mapAsync: async () => undefined,
      getMappedRange: (_: number, length: number) => new ArrayBuffer(length),
      unmap: () => undefined,
    };
    live.add(buffer);
    return buffer;
  };
  const queue = {
    writeBuffer(buffer: FakeBuffer, offset: number, data: ArrayBuffer | ArrayBufferView) {
      const source = ArrayBuffer.isView(data) ? data : new Uint8Array(data);
      const written = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
      buffer.bytes.set(written.subarray(0, buffer.bytes.length - offset), offset);
    },
    submit(commands: readonly FakeDispatch[][]) {
      fake.onSubmit(commands.flat());
    },
    onSubmittedWorkDone: async () => undefined,
  };
  const device = {
    queue,
    limits: { minUniformBufferOffsetAlignment: 256 },
    createBuffer,
    createBindGroupLayout: () => ({}),
    createPipelineLayout: () => ({}),
    createBindGroup: () => ({}),
    createShaderModule: () => ({ getCompilationInfo: async () => ({ messages: [] }) }),
    async createComputePipelineAsync({ compute }: GPUComputePipelineDescriptor) {
      fake.pipelinesLeft -= 1;
      if (fake.pipelinesLeft < 0) throw new Error('no more pipelines');
      return { entryPoint: compute.entryPoint };
    },
    createCommandEncoder: () => makeEncoder(),
  };
  const fake: FakeDevice = {
    device: device as unknown as GPUDevice,
    live,
    onSubmit: () => undefined,
    pipelinesLeft: Number.POSITIVE_INFINITY,
  };
  return fake;
}

function makeEncoder() {
  const dispatches: FakeDispatch[] = [];
  let entryPoint = '';
  let offsets: readonly number[] = [];
  const pass = {
    setPipeline(pipeline: { entryPoint: string }) {
      entryPoint = pipeline.entryPoint;
    },
    setBindGroup(_: number, __: unknown, dynamic: readonly number[] = []) {
      offsets = dynamic;
    },
    dispatchWorkgroups(...workgroups: number[]) {
      dispatches.push({ entryPoint, workgroups, offsets });
    },
    end: () => undefined,
  };
  return {
    beginComputePass: () => pass,
    copyBufferToBuffer: () => undefined,
    finish: () => dispatches,
  };
}
