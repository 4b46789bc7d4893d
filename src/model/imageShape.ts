import { InvalidInputError } from '../input/invalidInput.ts';
import { shapeOf } from './drawnNetwork.ts';
import type { Field } from './field.ts';
import { factsOf } from './models.ts';
import { coordinatesOf } from './slice.ts';
import { pointsOf } from './slices.ts';

/** How the inputs of a network are the pixels of an image: rows from the top, grey or red, green and blue. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Whether all red values come first, then all green and blue ones, or each pixel has its three side by side. */
  readonly order: 'channelsFirst' | 'channelsLast';
}

/** Whether inputs are shown as an image: if they seem to be one, never, or in this shape, where they have it: see `printShape`. */
export type ImageChoice = 'auto' | 'none' | `${number}x${number}` | `${number}x${number}x${number}`;

/** Smaller squares are more often something else. */
const SIDE_MIN = 8;
const COLORS = 3;
/** The longer side of an image that a menu offers is at most so many times the other. */
const ASPECT_MAX = 2;
const SIDE_DIGITS = 4;

/** 28x28, 3x32x32 with the channels first, 32x32x3 with them last. */
export function printShape({ height, width, channels, order }: ImageShape): ImageChoice {
  if (channels === 1) return `${height}x${width}`;
  return order === 'channelsFirst' ? `3x${height}x${width}` : `${height}x${width}x3`;
}

/** @throws InvalidInputError */
export function validateImageChoice(input: unknown, path: string): ImageChoice {
  if (input === 'auto' || input === 'none') return input;
  const shape = typeof input === 'string' ? readShape(input) : null;
  if (shape !== null) return printShape(shape);
  throw new InvalidInputError(
    path,
    input,
    "'auto', 'none', or a shape, e.g. '28x28', '3x32x32' or '32x32x3'",
  );
}

/** null if the text is no shape. */
function readShape(text: string): ImageShape | null {
  const side = `[1-9]\\d{0,${SIDE_DIGITS - 1}}`;
  if (!new RegExp(`^${side}x${side}(x${side})?$`).test(text)) return null;
  const sides = text.split('x').map(Number);
  const [first, second, third] = sides as [number, number, number | undefined];
  if (third === undefined) return gray(first, second);
  if (first === COLORS) return colored(second, third, 'channelsFirst');
  return third === COLORS ? colored(first, second, 'channelsLast') : null;
}

const gray = (height: number, width: number): ImageShape => ({
  height,
  width,
  channels: 1,
  order: 'channelsFirst',
});
const colored = (height: number, width: number, order: ImageShape['order']): ImageShape => ({
  ...gray(height, width),
  channels: COLORS,
  order,
});

/** The shapes that a menu offers for so many inputs: squares first, then others from the least oblong on. */
export function imageShapes(inputs: number): readonly ImageShape[] {
  const grays = sidesOf(inputs).map(([height, width]) => gray(height, width));
  const colors = inputs % COLORS === 0 ? sidesOf(inputs / COLORS) : [];
  const all = [
    ...grays,
    ...colors.map(([height, width]) => colored(height, width, 'channelsFirst')),
    ...colors.map(([height, width]) => colored(height, width, 'channelsLast')),
  ];
  const oblong = ({ height, width }: ImageShape) => Math.max(height / width, width / height);
  return all.sort((a, b) => oblong(a) - oblong(b));
}

function sidesOf(count: number): [height: number, width: number][] {
  const sides: [number, number][] = [];
  for (let height = SIDE_MIN; height * SIDE_MIN <= count; height += 1) {
    const width = count / height;
    const isFlat = Math.max(height / width, width / height) > ASPECT_MAX;
    if (Number.isInteger(width) && !isFlat) sides.push([height, width]);
  }
  return sides;
}

/**
 * What inputs seem to be: a grey image of n × n pixels for n² inputs, a coloured one, channels first, for 3 n², n ≥ 8. Inputs to
 * which a file gives names or units are no pixels. null for others.
 */
export function guessImage({ network }: Pick<Field, 'network'>): ImageShape | null {
  const isNamed = factsOf(network)?.inputs.some(({ name, unit }) => name !== null || unit !== null);
  if (isNamed) return null;
  const [shape] = imageShapes(shapeOf(network).inputs);
  return shape && shape.height === shape.width ? shape : null;
}

/** The shape in which a field's inputs are shown; null if they are not, or have another number than the chosen one. */
export function imageShapeOf(field: Field, choice: ImageChoice): ImageShape | null {
  if (field.slice === null || choice === 'none') return null;
  const shape = choice === 'auto' ? guessImage(field) : readShape(choice);
  if (shape === null) return null;
  const { height, width, channels } = shape;
  return height * width * channels === field.slice.origin.length ? shape : null;
}

/** The values that are drawn black and white. */
export type GrayRange = readonly [black: number, white: number];

/**
 * Of the ranges that the file gives; else from 0, or the least value, to the greatest of the points that span the slice, and 1 at
 * least if two inputs vary by themselves.
 */
export function grayRange({ network, slice }: Field): GrayRange {
  const ranges = factsOf(network)?.inputs.map(({ range }) => range) ?? [null];
  if (ranges.every((range) => range !== null)) {
    return [least(ranges.map((range) => range![0])), greatest(ranges.map((range) => range![1]))];
  }
  if (slice === null || coordinatesOf(slice) !== null) {
    const origin = slice?.origin ?? [];
    return [Math.min(0, least(origin)), Math.max(1, greatest(origin))];
  }
  const values = pointsOf(slice).flat();
  const [black, white] = [Math.min(0, least(values)), greatest(values)];
  return black < white ? [black, white] : [black, black + 1];
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** A point of the input space as an image, [height, width, RGBA] bytes; what is beyond black and white is cut off. */
export function drawImage(
  point: readonly number[],
  { height, width, channels, order }: ImageShape,
  [black, white]: GrayRange,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = height * width;
  const bytes = new Uint8ClampedArray(4 * pixels).fill(255);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let color = 0; color < COLORS; color += 1) {
      const channel = channels === 1 ? 0 : color;
      const at = order === 'channelsFirst' ? channel * pixels + pixel : COLORS * pixel + channel;
      bytes[4 * pixel + color] = (255 * (point[at]! - black)) / (white - black);
    }
  }
  return bytes;
}

/** The same with each pixel repeated, so that pixels stay squares in programs that smooth what they enlarge. */
export function enlarge(
  rgba: Uint8ClampedArray,
  width: number,
  factor: number,
): Uint8ClampedArray<ArrayBuffer> {
  const from = new Uint32Array(rgba.slice().buffer);
  const height = from.length / width;
  const to = new Uint32Array(from.length * factor * factor);
  for (let row = 0; row < height * factor; row += 1) {
    const start = Math.floor(row / factor) * width;
    for (let column = 0; column < width * factor; column += 1) {
      to[row * width * factor + column] = from[start + Math.floor(column / factor)]!;
    }
  }
  return new Uint8ClampedArray(to.buffer);
}
