import type { NodeReader } from '../nodeReader.ts';
import { shapeText, sizeOf } from '../tensor.ts';
import { affine, type Flow, strided, stridesOf, type Value } from '../values.ts';
import type { Operations } from './operation.ts';
import { axesOf } from './shapes.ts';
import {
  extentOf,
  positionsOf,
  readWindow,
  visitWindow,
  WINDOW_ATTRIBUTES,
  type WindowAxis,
} from './windows.ts';

/** Convolutions and averages: over an input of fixed shape they are matrices. */
export const CONVOLUTIONS: Operations = {
  Conv: { attributes: [...WINDOW_ATTRIBUTES, 'group'], read: convolution },
  ConvTranspose: {
    attributes: [...WINDOW_ATTRIBUTES, 'group', 'output_padding', 'output_shape'],
    read: transposedConvolution,
  },
  AveragePool: {
    attributes: [...WINDOW_ATTRIBUTES, 'ceil_mode', 'count_include_pad'],
    read: averagePool,
  },
  GlobalAveragePool: { attributes: [], read: globalAveragePool },
  ReduceMean: { attributes: ['axes', 'keepdims', 'noop_with_empty_axes'], read: mean },
};

/** x [batch, channels, …sizes] */
interface Image {
  readonly x: Flow;
  readonly batch: number;
  readonly channels: number;
  readonly sizes: readonly number[];
}

function imageOf(node: NodeReader): Image {
  const x = node.flow(0);
  const [batch, channels, ...sizes] = x.shape;
  if (batch === undefined || channels === undefined || sizes.length === 0) {
    return node.fail(`its input has the shape ${shapeText(x.shape)}, not [batch, channels, …]`);
  }
  return { x, batch, channels, sizes };
}

/** W [out channels, channels / group, …kernel] */
function convolution(node: NodeReader): Value {
  const { x, batch, channels, sizes } = imageOf(node);
  const { shape, data } = node.constant(1);
  const [outChannels = 0, perGroup = 0, ...kernel] = shape;
  const group = groupOf(node, channels, outChannels);
  if (perGroup * group !== channels || kernel.length !== sizes.length) {
    node.fail(`weights ${shapeText(shape)} do not fit the input ${shapeText(x.shape)}`);
  }
  const axes = readWindow(node, kernel, sizes);
  const positions = axes.map((axis, i) => Math.floor(positionsOf(axis, sizes[i]!)));
  const outShape = [batch, outChannels, ...positions];
  const [cells, outCells, taps] = [sizeOf(sizes), sizeOf(positions), sizeOf(kernel)];
  node.shop.budget.takeSteps(sizeOf(outShape) * perGroup * taps);
  const product = node.shop.stack.multiply(x, outShape, (add) =>
    visitWindow(axes, positions, sizes, (position, element, tap) => {
      for (let row = 0; row < batch * outChannels; row += 1) {
        const [image, to] = [Math.floor(row / outChannels), row % outChannels];
        const firstChannel = Math.floor(to / (outChannels / group)) * perGroup;
        for (let c = 0; c < perGroup; c += 1) {
          const from = image * channels + firstChannel + c;
          const weight = data[(to * perGroup + c) * taps + tap]!;
          add(row * outCells + position, from * cells + element, weight);
        }
      }
    }),
  );
  return withBias(node, product);
}

/** W [channels, out channels / group, …kernel]; the window moves over the output. */
function transposedConvolution(node: NodeReader): Value {
  const { x, batch, channels, sizes } = imageOf(node);
  const { shape, data } = node.constant(1);
  const [inChannels = 0, perGroup = 0, ...kernel] = shape;
  const group = groupOf(node, channels, inChannels);
  if (inChannels !== channels || kernel.length !== sizes.length) {
    node.fail(`weights ${shapeText(shape)} do not fit the input ${shapeText(x.shape)}`);
  }
  if (node.hasAttribute('output_shape')) node.fail('it has an output_shape; pads can be read');
  const axes = readWindow(node, kernel, null);
  const extra = node.integers('output_padding') ?? sizes.map(() => 0);
  if (extra.length !== sizes.length || extra.some((own) => !(own >= 0 && own < 1e6))) {
    node.fail(`its output_padding is ${shapeText(extra)}`);
  }
  const outSizes = axes.map((axis, i) => grownSize(axis, sizes[i]!) + extra[i]!);
  const outChannels = perGroup * group;
  const outShape = [batch, outChannels, ...outSizes];
  const [cells, outCells, taps] = [sizeOf(sizes), sizeOf(outSizes), sizeOf(kernel)];
  sizeOf(outShape);
  node.shop.budget.takeSteps(sizeOf(x.shape) * perGroup * taps);
  const product = node.shop.stack.multiply(x, outShape, (add) =>
    visitWindow(axes, sizes, outSizes, (position, element, tap) => {
      for (let row = 0; row < batch * channels; row += 1) {
        const [image, from] = [Math.floor(row / channels), row % channels];
        const firstChannel = Math.floor(from / (channels / group)) * perGroup;
        for (let c = 0; c < perGroup; c += 1) {
          const to = image * outChannels + firstChannel + c;
          const weight = data[(from * perGroup + c) * taps + tap]!;
          add(to * outCells + element, row * cells + position, weight);
        }
      }
    }),
  );
  return withBias(node, product);
}

function grownSize(axis: WindowAxis, size: number): number {
  return (size - 1) * axis.stride + extentOf(axis) - axis.pad - axis.padAfter;
}

function groupOf(node: NodeReader, channels: number, outChannels: number): number {
  const group = node.integer('group', 1);
  const divides = group >= 1 && channels % group === 0 && outChannels % group === 0;
  return divides ? group : node.fail(`its group is ${group} for ${channels} channels`);
}

function withBias(node: NodeReader, value: Flow): Value {
  const bias = node.optionalConstant(2)?.data;
  if (!bias) return value;
  const [, channels = 1, ...sizes] = value.shape;
  if (bias.length !== channels) node.fail(`its bias has ${bias.length} numbers, not ${channels}`);
  const cells = sizeOf(sizes);
  return affine(
    value,
    () => 1,
    (i) => bias[Math.floor(i / cells) % channels]!,
    node.shop.budget,
  );
}

function averagePool(node: NodeReader): Value {
  const image = imageOf(node);
  const kernel = node.integers('kernel_shape') ?? node.fail('it has no kernel_shape');
  if (kernel.length !== image.sizes.length) node.fail(`its kernel_shape is ${shapeText(kernel)}`);
  sizeOf(kernel);
  const axes = readWindow(node, kernel, image.sizes);
  const exact = axes.map((axis, i) => positionsOf(axis, image.sizes[i]!));
  if (node.integer('ceil_mode', 0) !== 0 && !exact.every(Number.isInteger)) {
    node.fail('its ceil_mode adds incomplete windows');
  }
  const countsPadding = node.integer('count_include_pad', 0) !== 0;
  return averaged(node, image, axes, exact.map(Math.floor), countsPadding);
}

function globalAveragePool(node: NodeReader): Value {
  const image = imageOf(node);
  const axes = image.sizes.map((taps) => ({ taps, stride: 1, dilation: 1, pad: 0, padAfter: 0 }));
  return averaged(
    node,
    image,
    axes,
    image.sizes.map(() => 1),
    false,
  );
}

/** The mean along axes, which are an input since version 18; without any, along all or, with noop_with_empty_axes, none. */
function mean(node: NodeReader): Value {
  const x = node.flow(0);
  const given = axesOf(node, x.shape.length, 18) ?? [];
  const isNoop = given.length === 0 && node.integer('noop_with_empty_axes', 0) !== 0;
  if (isNoop) return x;
  const isMeant = x.shape.map((_, i) => given.length === 0 || given.includes(i));
  const kept = x.shape.map((size, i) => (isMeant[i] ? 1 : size));
  const strides = stridesOf(kept).map((stride, i) => (isMeant[i] ? 0 : stride));
  const places = strided(x.shape, strides, node.shop.budget);
  const share = sizeOf(kept) / places.length;
  const shape = node.integer('keepdims', 1) !== 0 ? kept : kept.filter((_, i) => !isMeant[i]);
  return node.shop.stack.multiply(x, shape, (add) => {
    places.forEach((place, i) => {
      add(place, i, share);
    });
  });
}

function averaged(
  node: NodeReader,
  { x, batch, channels, sizes }: Image,
  axes: readonly WindowAxis[],
  positions: readonly number[],
  countsPadding: boolean,
): Value {
  const taps = sizeOf(axes.map((axis) => axis.taps));
  const [cells, outCells] = [sizeOf(sizes), sizeOf(positions)];
  const outShape = [batch, channels, ...positions];
  node.shop.budget.takeSteps((sizeOf(outShape) + outCells) * taps);
  const counts = new Float64Array(outCells).fill(countsPadding ? taps : 0);
  if (!countsPadding) {
    visitWindow(axes, positions, sizes, (position) => {
      counts[position]! += 1;
    });
  }
  if (counts.includes(0)) node.fail('a window lies on padding alone');
  return node.shop.stack.multiply(x, outShape, (add) =>
    visitWindow(axes, positions, sizes, (position, element) => {
      for (let row = 0; row < batch * channels; row += 1) {
        add(row * outCells + position, row * cells + element, 1 / counts[position]!);
      }
    }),
  );
}
