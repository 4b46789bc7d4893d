import { GpuError } from '../gpu/errors.ts';
import { SharedDevice } from '../gpu/sharedDevice.ts';
import type { CanvasRenderer, RendererOptions } from './canvasRenderer.ts';
import { CpuRenderer } from './cpuRenderer.ts';
import { Renderer } from './renderer.ts';

/** What draws the pictures of a page: a graphics device; without one the CPU, for a reason. */
export type Machine =
  | { readonly device: SharedDevice }
  | { readonly device: null; readonly reason: GpuError };

export async function findMachine(): Promise<Machine> {
  try {
    return { device: await SharedDevice.request() };
  } catch (reason) {
    if (!(reason instanceof GpuError)) throw reason;
    return { device: null, reason };
  }
}

/** @throws GpuError whose message says what is missing and what to do */
export async function createRenderer(
  canvas: HTMLCanvasElement,
  options: RendererOptions,
  { device }: Machine,
): Promise<CanvasRenderer> {
  return device ? Renderer.create(canvas, options, device) : new CpuRenderer(canvas, options);
}
