import { anchorWide, neuronFloats } from '../kernels/anchorWide.ts';
import { type LayerCode, layerCodes } from '../kernels/families.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import { READOUT_BYTES } from '../kernels/outputsReadout.ts';
import { type LayerShape, layerShapes, packWeights } from '../kernels/packWide.ts';
import type { WideField } from '../kernels/prepareField.ts';
import { MAX_LAYERS } from '../kernels/tileNetworks.ts';

/** Bytes of `struct Layer` in common/layer.wgsl. */
export const LAYER_BYTES = 32;

/**
 * `struct Layer`.
 * @param stride neurons for which a channel of activations has room
 */
export function packLayer(
  shape: LayerShape,
  index: number,
  stride: number,
): Uint32Array<ArrayBuffer> {
  return Uint32Array.of(
    shape.inputs,
    shape.blocks,
    shape.firstWeight,
    shape.firstBlock,
    shape.firstNeuron,
    shape.number,
    index % 2,
    stride,
  );
}

/** The buffers whose sizes depend on the widths. */
export class NetworkBuffers {
  readonly shapes: LayerShape[];
  /** What the pipelines of the hidden layers compute. */
  codes: LayerCode[];
  /** Neurons for which a channel of activations has room. */
  readonly stride: number;
  /** [layers] of `struct Layer`, each in a slot that a dynamic offset can reach. */
  readonly layers: GPUBuffer;
  /** [MAX_LAYERS] of `struct Layer`, packed. */
  readonly layerTable: GPUBuffer;
  readonly weights: GPUBuffer;
  readonly neurons: GPUBuffer;
  /** `struct Readout`; unused if the one output is shown. */
  readonly readout: GPUBuffer;
  field: WideField;

  constructor(
    private readonly device: GPUDevice,
    field: WideField,
  ) {
    const slotBytes = device.limits.minUniformBufferOffsetAlignment;
    this.field = field;
    this.codes = layerCodes(field.plane);
    this.shapes = layerShapes(field);
    this.stride = Math.max(4, ...this.shapes.map((shape) => 4 * shape.blocks));
    const buffer = (name: string, size: number, usage: number) =>
      device.createBuffer({
        label: `Network.${name}`,
        size,
        usage: usage | GPUBufferUsage.COPY_DST,
      });
    const last = this.shapes[this.shapes.length - 1];
    const weights = last.firstWeight + last.inputs * last.blocks;
    this.layers = buffer('layers', this.shapes.length * slotBytes, GPUBufferUsage.UNIFORM);
    this.layerTable = buffer('layerTable', MAX_LAYERS * LAYER_BYTES, GPUBufferUsage.UNIFORM);
    this.weights = buffer('weights', 16 * weights, GPUBufferUsage.STORAGE);
    this.neurons = buffer('neurons', 4 * neuronFloats(field), GPUBufferUsage.STORAGE);
    this.readout = buffer('readout', READOUT_BYTES, GPUBufferUsage.UNIFORM);
    this.shapes.forEach((shape, index) => {
      const packed = packLayer(shape, index, this.stride);
      device.queue.writeBuffer(this.layers, index * slotBytes, packed);
      device.queue.writeBuffer(this.layerTable, index * LAYER_BYTES, packed);
    });
  }

  write(field: WideField): void {
    this.field = field;
    this.codes = layerCodes(field.plane);
    this.device.queue.writeBuffer(this.weights, 0, packWeights(field));
  }

  /** Writes what depends on the view. */
  writeAnchor(grid: Grid): AnchoredField {
    const { anchored, outputs } = anchorWide(this.field, grid.anchor);
    const { queue } = this.device;
    queue.writeBuffer(this.neurons, 0, anchored.parameters as Float32Array<ArrayBuffer>);
    if (outputs) {
      queue.writeBuffer(this.weights, 16 * this.shapes.at(-1)!.firstWeight, outputs.weights);
      queue.writeBuffer(this.readout, 0, outputs.numbers);
    }
    return anchored;
  }

  /** Whether the buffers have the right sizes for another network. */
  fits(field: WideField): boolean {
    const shapes = layerShapes(field);
    const isSame = ({ inputs, blocks, firstNeuron }: LayerShape, i: number) =>
      shapes[i].inputs === inputs &&
      shapes[i].blocks === blocks &&
      shapes[i].firstNeuron === firstNeuron;
    return shapes.length === this.shapes.length && this.shapes.every(isSame);
  }

  destroy(): void {
    this.layers.destroy();
    this.layerTable.destroy();
    this.weights.destroy();
    this.neurons.destroy();
    this.readout.destroy();
  }
}
