import type { CanvasRenderer, RendererOptions } from './canvasRenderer.ts';
import { CpuRenderer } from './cpuRenderer.ts';
import type { Machine } from './machines.ts';
import { Renderer } from './renderer.ts';

/** @throws GpuError whose message says what is missing and what to do */
export async function createRenderer(
  canvas: HTMLCanvasElement,
  options: RendererOptions,
  { device }: Machine,
): Promise<CanvasRenderer> {
  return device ? Renderer.create(canvas, options, device) : new CpuRenderer(canvas, options);
}
