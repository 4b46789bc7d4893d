import { messageOf } from '../input/messageOf.ts';
import { adviseNoAdapter, adviseNoWebgpu } from './advice.ts';
import { GpuError } from './errors.ts';

export interface GpuDevice {
  readonly device: GPUDevice;
  readonly adapter: { readonly name: string; readonly software: boolean };
}

/** Limits that are raised from their defaults to the adapter's maximum. */
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxTextureDimension2D',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** Adapters that compute on the CPU, by their names. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|warp|basic render/i;

/**
 * Gets a device; if there is none, the error says what is missing and what to do.
 * @param gpu `navigator.gpu`, or its replacement in Node
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
        : 'WebGPU needs a secure page: open this page over https:// or at http://localhost.',
    );
  }
  // It answers with an error while the browser's process for the GPU starts again.
  const adapter = await gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
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
    return { device, adapter: await describeAdapter(adapter) };
  } catch (cause) {
    throw new GpuError(
      'no-device',
      `The graphics adapter refused a device (${messageOf(cause)}). Close other pages that use the GPU ` +
        'and reload; if that does not help, restart the browser.',
    );
  }
}

/** The predecessor of `GPUAdapter.info` (Chrome 113 to 126). */
interface OldAdapter {
  readonly isFallbackAdapter?: boolean;
  requestAdapterInfo?(): Promise<GPUAdapterInfo>;
}

async function describeAdapter(adapter: GPUAdapter): Promise<GpuDevice['adapter']> {
  const old = adapter as OldAdapter;
  const info: Partial<GPUAdapterInfo> | undefined =
    (adapter.info as GPUAdapterInfo | undefined) ?? (await old.requestAdapterInfo?.());
  const { vendor, architecture, device, description } = info ?? {};
  const parts = [vendor, architecture, device].filter(Boolean);
  const isSoftware = SOFTWARE.test([...parts, description].join(' '));
  return {
    name: description || parts.join(' ') || 'unknown adapter',
    software: isSoftware || (info?.isFallbackAdapter ?? old.isFallbackAdapter) === true,
  };
}
