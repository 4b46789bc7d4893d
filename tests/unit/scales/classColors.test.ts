import { expect, it } from 'vitest';
import { CLASS_COLORS, classColor, classColorTable } from '../../../src/scales/classColors.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** What an eye without one kind of cones sees, in linear RGB. Source: Machado, Oliveira and Fernandes (2009), severity 1. */
const EYES: Readonly<Record<string, Matrix>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  noRed: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  noGreen: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  noBlue: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Linear sRGB to XYZ, relative to its white. Source: IEC 61966-2-1. */
const TO_XYZ: Matrix = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
];

function multiply(matrix: Matrix, [x, y, z]: Triple): Triple {
  const row = (i: 0 | 1 | 2) => matrix[i][0] * x + matrix[i][1] * y + matrix[i][2] * z;
  return [row(0), row(1), row(2)];
}

/** CIELAB of a colour as an eye sees it. */
function labOf(color: Triple, eye: Matrix): Triple {
  const linear = (byte: number) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const seen = multiply(eye, [linear(color[0]), linear(color[1]), linear(color[2])]);
  const clamped = seen.map((part) => Math.min(1, Math.max(0, part)));
  const cube = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const [x, y, z] = multiply(TO_XYZ, [clamped[0]!, clamped[1]!, clamped[2]!]).map(cube);
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)];
}

const pairsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => i).flatMap((i) =>
    Array.from({ length: i }, (_, j) => [i, j] as const),
  );

it('sixteen classes differ for every eye', () => {
  for (const [name, eye] of Object.entries(EYES)) {
    const colors = Array.from({ length: 16 }, (_, i) => labOf(classColor(i), eye));
    const distances = pairsOf(16).map(([i, j]) =>
      Math.hypot(...colors[i]!.map((part, axis) => part - colors[j]![axis]!)),
    );
    // Two colours side by side differ visibly from a distance of about 2.3 on.
    expect(Math.min(...distances), name).toBeGreaterThan(16);
  }
});

it('all classes have colours of their own', () => {
  const colors = Array.from({ length: CLASS_COLORS }, (_, i) => classColor(i).join());
  expect(new Set(colors).size).toBe(CLASS_COLORS);
  const table = classColorTable();
  expect(table.length).toBe(4 * CLASS_COLORS);
  expect(table.subarray(4 * 200, 4 * 201)).toEqual(Uint8Array.of(...classColor(200), 255));
});
