/** How a shader uses a buffer; the bindings of a group count from 0 in the order given. */
export type BufferUse = 'uniform' | 'uniform at an offset' | 'read' | 'read and write';

const ENTRIES: Record<BufferUse, GPUBufferBindingLayout> = {
  uniform: { type: 'uniform' },
  'uniform at an offset': { type: 'uniform', hasDynamicOffset: true },
  read: { type: 'read-only-storage' },
  'read and write': { type: 'storage' },
};

/** The layout of group 0 of a shader that binds only buffers. */
export function createBufferLayout(
  device: GPUDevice,
  label: string,
  visibility: GPUShaderStageFlags,
  uses: readonly BufferUse[],
): GPUBindGroupLayout {
  return device.createBindGroupLayout({
    label: `${label}.layout`,
    entries: uses.map((use, binding) => ({ binding, visibility, buffer: ENTRIES[use] })),
  });
}

/** The pipeline layout with only this group. */
export function createPipelineLayout(
  device: GPUDevice,
  label: string,
  group: GPUBindGroupLayout,
): GPUPipelineLayout {
  return device.createPipelineLayout({
    label: `${label}.pipelineLayout`,
    bindGroupLayouts: [group],
  });
}

/** A bind group of buffers in the order of their layout; a binding may be a part of its buffer. */
export function bindBuffers(
  device: GPUDevice,
  label: string,
  layout: GPUBindGroupLayout,
  buffers: readonly (GPUBuffer | GPUBufferBinding)[],
): GPUBindGroup {
  return device.createBindGroup({
    label: `${label}.bindGroup`,
    layout,
    entries: buffers.map((buffer, binding) => ({
      binding,
      resource: 'buffer' in buffer ? buffer : { buffer },
    })),
  });
}
