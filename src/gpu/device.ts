import { adviseNoAdapter, adviseNoWebgpu } from './advice.ts';
import { GpuError } from './errors.ts';

export interface GpuDevice {
  readonly device: GPUDevice;
  readonly adapter: { readonly name: string; readonly software: boolean };
}

/** Limits worth more than the defaults, taken as far as the adapter goes. */
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxTextureDimension2D',
  'maxComputeWorkgroupsPerDimension',
] as const;

/**
 * Gets a device, and says what is missing and what to do where there is none.
 * @param gpu `navigator.gpu`, or what stands for it in Node
 * @throws GpuError of kind no-webgpu, no-adapter or no-device
 */
export async function requestDevice(gpu: GPU | undefined): Promise<GpuDevice> {
  const userAgent = globalThis.navigator?.userAgent ?? '';
  if (!gpu) {
    const secure = globalThis.isSecureContext !== false;
    throw new GpuError(
      'no-webgpu',
      secure
        ? `This browser has no WebGPU. ${adviseNoWebgpu(userAgent)}`
        : 'WebGPU needs a secure page: open this one by https:// or as http://localhost.',
    );
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new GpuError(
      'no-adapter',
      `WebGPU found no graphics adapter. ${adviseNoAdapter(userAgent)}`,
    );
  }
  try {
    const device = await adapter.requestDevice({
      label: 'Reluscope',
      requiredLimits: Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]])),
    });
    return { device, adapter: describeAdapter(adapter) };
  } catch (cause) {
    throw new GpuError(
      'no-device',
      `The graphics adapter refused a device (${messageOf(cause)}). Close other pages that use the GPU ` +
        'and reload; if it stays so, restart the browser.',
    );
  }
}

function describeAdapter(adapter: GPUAdapter): GpuDevice['adapter'] {
  const { vendor, architecture, device, description } = adapter.info;
  const name =
    description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unknown adapter';
  const software = /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(
    `${vendor} ${architecture} ${device} ${description}`,
  );
  return { name, software: software || adapter.info.isFallbackAdapter === true };
}

export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
