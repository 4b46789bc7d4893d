import { expect, test } from 'vitest';
import type { Vec2 } from '../../../../src/model/field.ts';
import { pointerPlace } from '../../../../src/ui/dom/pointerPlace.ts';

interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

const [WIDTH, HEIGHT] = [400, 300];

function map({ a, b, c, d, e, f }: Matrix, [x, y]: Vec2): Vec2 {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** An element that a matrix takes to the window, and the layer over it, which may leave something out. */
function transformed(matrix: Matrix, known: Matrix | null = matrix) {
  const corners = [
    [0, 0],
    [WIDTH, 0],
    [0, HEIGHT],
    [WIDTH, HEIGHT],
  ] as const;
  const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => map(matrix, corner)[axis]!));
  const [left, top] = [Math.min(...xs!), Math.min(...ys!)];
  const [right, bottom] = [Math.max(...xs!), Math.max(...ys!)];
  const box = { left, top, right, bottom, width: right - left, height: bottom - top };
  const element = {
    clientWidth: WIDTH,
    clientHeight: HEIGHT,
    getBoundingClientRect: () => box,
  } as HTMLElement;
  const layer = { getScreenCTM: () => known } as unknown as SVGGraphicsElement;
  return { element, layer };
}

/** A pointer on another element. */
function pointed(clientX: number, clientY: number) {
  return { clientX, clientY, offsetX: 0, offsetY: 0, target: null };
}

const turn = (angle: number, scale: number): Matrix => ({
  a: scale * Math.cos(angle),
  b: scale * Math.sin(angle),
  c: -scale * Math.sin(angle),
  d: scale * Math.cos(angle),
  e: 40,
  f: -7.25,
});

test.each([
  ['in its place', turn(0, 1)],
  ['scaled', turn(0, 1.5)],
  ['rotated', turn(0.5, 0.8)],
  ['upside down', turn(Math.PI, 1)],
  ['mirrored and skewed', { a: -1, b: 0.2, c: 0.4, d: 1.1, e: 500, f: 20 }],
] as const)('a pointer on an element that is %s', (_, matrix) => {
  const { element, layer } = transformed(matrix);
  for (const place of [
    [0, 0],
    [300, 75],
    [12.5, 299],
  ] as const) {
    const [clientX, clientY] = map(matrix, place);
    const [x, y] = pointerPlace(pointed(clientX, clientY), element, layer);
    // Roundings of numbers up to 1000.
    expect(Math.hypot(x - place[0], y - place[1]) <= 1e-9).toBe(true);
  }
});

test.each([
  ['leaves a zoom out', turn(0, 1)],
  ['is not there', null],
  ['has no way back', { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0 }],
])('sides are compared where the matrix %s', (_, known) => {
  const { element, layer } = transformed(turn(0, 1.5), known);
  const [clientX, clientY] = map(turn(0, 1.5), [300, 75]);
  const [x, y] = pointerPlace(pointed(clientX, clientY), element, layer);
  expect(Math.hypot(x - 300, y - 75) <= 1e-9).toBe(true);
});

test('the event says where it is on the element in perspective', () => {
  const { element, layer } = transformed(turn(0, 1.5), turn(0, 1));
  const event = { ...pointed(90, 80), offsetX: 300, offsetY: 75.5, target: element };
  expect(pointerPlace(event, element, layer)).toEqual([300, 75.5]);
});
