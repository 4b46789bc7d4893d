import { expect, it } from 'vitest';
import { chooseColors, countedOf } from '../../../src/picture/chooseColors.ts';
import { paintCpuSamples } from '../../../src/picture/cpuColors.ts';
import { type CpuSamples, cpuStatistics } from '../../../src/picture/cpuSamples.ts';
import { hasNumbers } from '../../../src/picture/scene.ts';
import { classColor } from '../../../src/scales/classColors.ts';
import { colormapTable } from '../../../src/scales/colormaps.ts';
import { layerColor } from '../../../src/scales/layerColors.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';

import { runToEnd } from '../runToEnd.ts';

const GREY = [128, 128, 128];

/** Colours of two rows of values, the lower row first, as [row from above][column]. */
function paint(
  patch: object,
  rows: readonly (readonly number[])[],
  hinges: number[] | null = null,
) {
  const columns = rows[0]!.length;
  const grid = { columns, rows: rows.length, side: rows.length, left: 0, bottom: 0 };
  const samples: CpuSamples = {
    grid: { ...grid, side: Math.min(columns, rows.length) },
    values: Float64Array.from(rows.flat()),
    lines: hinges && Uint8Array.from(hinges),
    shares: null,
  };
  const state = applyPatch(DEFAULT_STATE, patch);
  const calibration = { offset: { high: 0, low: 0 }, scale: 1 };
  const counted = countedOf(state, calibration);
  const statistics = hasNumbers(state) ? cpuStatistics(samples, counted) : null;
  const colors = chooseColors(state, calibration, statistics);
  const pixels = runToEnd(paintCpuSamples(samples, state, colors, 1));
  return Array.from({ length: rows.length }, (_, row) =>
    Array.from({ length: columns }, (_column, column) => [
      ...pixels.subarray(4 * (row * columns + column), 4 * (row * columns + column) + 3),
    ]),
  );
}

function entry(name: 'viridis' | 'cyclic', i: number): number[] {
  return [...colormapTable(name).subarray(4 * i, 4 * i + 3)];
}

it('colours run from the least to the greatest value, the upper row first', () => {
  expect(
    paint({}, [
      [0, 1],
      [0.5, 0.25],
    ]),
  ).toEqual([
    [entry('viridis', 128), entry('viridis', 64)],
    [entry('viridis', 0), entry('viridis', 255)],
  ]);
});

it('a fixed range decides, and a constant field has the middle colour', () => {
  const range = { mode: 'fixed', min: 0, max: 4 };
  expect(
    paint({ range }, [
      [-1, 1],
      [2, 9],
    ]).flat(),
  ).toEqual([128, 255, 0, 64].map((i) => entry('viridis', i)));
  expect(
    paint({}, [
      [7, 7],
      [7, 7],
    ]).flat(),
  ).toEqual(Array(4).fill(entry('viridis', 128)));
});

it('a direction has the cyclic colours, and none is grey', () => {
  const colors = paint({ quantity: 'gradientDirection', colormap: 'greys' }, [
    [0, Math.PI / 2],
    [Number.NaN, -Math.PI / 2],
  ]);
  expect(colors).toEqual([
    [GREY, entry('cyclic', 64)],
    [entry('cyclic', 128), entry('cyclic', 192)],
  ]);
});

it('filled contours have the colour of the middle of their step', () => {
  const contours = { filled: true, count: 2 };
  const range = { mode: 'fixed', min: 0, max: 1 };
  const colors = paint({ contours, range }, [
    [0.1, 0.4],
    [0.6, 0.9],
  ]).flat();
  expect(colors[0]).toEqual(colors[1]);
  expect(colors[2]).toEqual(colors[3]);
  expect(colors[0]).toEqual(entry('viridis', 192));
  expect(colors[2]).toEqual(entry('viridis', 64));
});

it('equalised colours cover as much each, and a symmetric range keeps 0 in the middle', () => {
  const row = Array.from({ length: 1024 }, (_, i) => 10 ** (i / 128));
  const rows = Array.from({ length: 1024 }, () => row);
  const [colors] = paint({ norm: 'equalized' }, rows);
  const starts = [0, 255, 256, 512, 768, 1023].map((i) => colors![i]);
  expect(starts).toEqual([0, 63, 64, 128, 192, 255].map((i) => entry('viridis', i)));
  const both = paint({ norm: 'equalized', range: { mode: 'symmetric' } }, [
    [-100, -10, -1],
    [0, 1, 10],
    [100, 0, 0],
  ]).flat();
  expect(both.filter((color) => String(color) === String(entry('viridis', 128))).length).toBe(3);
});

it('a symmetric logarithm has the places of its norm, in steps as well', () => {
  const range = { mode: 'fixed', min: -1000, max: 1000 };
  const norm = { kind: 'symlog', linearThreshold: 1 };
  const rows = [
    [-1000, -1, 0],
    [1, 250, 1000],
  ];
  const colors = paint({ range, norm }, rows).flat();
  // matplotlib's places: 0.635 for 1, 0.927 for 250.
  expect(colors).toEqual([162, 237, 255, 0, 93, 128].map((i) => entry('viridis', i)));
  const contours = { filled: true, count: 4 };
  const stepped = paint({ range, norm, contours }, rows).flat();
  expect(stepped).toEqual([160, 224, 224, 32, 96, 160].map((i) => entry('viridis', i)));
});

it('classes have their colours, and the line between them is black', () => {
  const network = { kind: 'drawn', widths: [2, 8, 3], activation: 'relu', seed: 0 };
  const field = { network, readout: { kind: 'class' } };
  const colors = paint(
    { field, hinges: true },
    [
      [0, 1],
      [2, 2],
    ],
    [0, 0, 0, 255],
  );
  expect(colors).toEqual([
    [[...classColor(2)], [0, 0, 0]],
    [[...classColor(0)], [...classColor(1)]],
  ]);
});

it('contour lines are black where the map is bright and white where it is dark', () => {
  const ramp = Array.from({ length: 41 }, (_, i) => i);
  const contours = { lines: true, count: 4 };
  const [row] = paint({ contours, range: { mode: 'fixed', min: 0, max: 40 } }, [ramp, ramp]);
  const plain = paint({ range: { mode: 'fixed', min: 0, max: 40 } }, [ramp, ramp])[0]!;
  const brightness = ([red = 0, green = 0, blue = 0]: readonly number[]) => red + green + blue;
  expect(brightness(row![10]!)).toBeGreaterThan(brightness(plain[10]!));
  expect(brightness(row![30]!)).toBeLessThan(brightness(plain[30]!));
  expect(row![15]).toEqual(plain[15]);
});

it('regions have a colour each, and hinges that of their layer', () => {
  const colors = paint({ quantity: 'region' }, [
    [0, 0x12345678],
    [0x12345678, 7],
  ]);
  expect(colors[1]![0]).toEqual([184, 184, 184]);
  expect(colors[1]![1]).toEqual(colors[0]![0]);
  expect(colors[0]![1]).not.toEqual(colors[0]![0]);
  const lined = paint(
    { hinges: true },
    [
      [0, 1],
      [2, 3],
    ],
    [0, 1, 2, 0],
  );
  expect(lined[1]![1]).toEqual(layerColor(1));
  expect(lined[0]![0]).toEqual(layerColor(2));
});
