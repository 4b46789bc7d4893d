import type { MlpField } from './field.ts';
import { drawNetwork } from './network.ts';

let lastDraw: { key: string; bias: number } | null = null;

/** The bias of the output layer, drawn or set. It is cached, so that a network is not drawn for it every frame. */
export function outputBiasOf(field: MlpField): number {
  if (field.outputBias !== null) return Math.fround(field.outputBias);
  const key = `${field.widths.join('-')} ${field.seed}`;
  if (lastDraw?.key !== key) lastDraw = { key, bias: drawNetwork(field).layers.at(-1)!.bias[0]! };
  return lastDraw.bias;
}
