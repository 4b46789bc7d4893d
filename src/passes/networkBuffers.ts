import type { AnchoredField } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import { type LayerShape, layerShapes, packNeurons, packWeights } from '../kernels/packWide.ts';
import type { WideField } from '../kernels/prepareField.ts';
import { MAX_LAYERS } from '../kernels/tileNetworks.ts';
import { ZERO } from '../numeric/doubleDouble.ts';

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
  /** Neurons for which a channel of activations has room. */
  readonly stride: number;
  /** [layers] of `struct Layer`, each in a slot that a dynamic offset can reach. */
  readonly layers: GPUBuffer;
  /** [MAX_LAYERS] of `struct Layer`, packed. */
  readonly layerTable: GPUBuffer;
  readonly weights: GPUBuffer;
  readonly neurons: GPUBuffer;
  field: WideField;

  constructor(
    private readonly device: GPUDevice,
    field: WideField,
  ) {
    const slotBytes = device.limits.minUniformBufferOffsetAlignment;
    this.field = field;
    this.shapes = layerShapes(field.network);
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
    this.neurons = buffer('neurons', 48 * (last.firstBlock + last.blocks), GPUBufferUsage.STORAGE);
    this.shapes.forEach((shape, index) => {
      const packed = packLayer(shape, index, this.stride);
      device.queue.writeBuffer(this.layers, index * slotBytes, packed);
      device.queue.writeBuffer(this.layerTable, index * LAYER_BYTES, packed);
    });
  }

  write(field: WideField): void {
    this.field = field;
    this.device.queue.writeBuffer(this.weights, 0, packWeights(field.network));
  }

  /** Writes what depends on the view. */
  writeAnchor(grid: Grid): AnchoredField {
    const { neurons, value } = packNeurons(this.field.network, grid.anchor);
    this.device.queue.writeBuffer(this.neurons, 0, neurons);
    return {
      parameters: neurons,
      offset: value,
      scale: grid.anchor.halfWidth,
      baseGradient: [ZERO, ZERO],
      gradientScale: 1,
      small: false,
    };
  }

  destroy(): void {
    this.layers.destroy();
    this.layerTable.destroy();
    this.weights.destroy();
    this.neurons.destroy();
  }
}
