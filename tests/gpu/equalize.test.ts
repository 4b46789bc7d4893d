import { afterAll, beforeAll, expect, test } from 'vitest';
import { SharedDevice } from '../../src/gpu/sharedDevice.ts';
import type { FrameReport } from '../../src/picture/frameReport.ts';
import { COLORMAP_SIZE, colormapTable } from '../../src/scales/colormaps.ts';
import { Renderer } from '../../src/screen/renderer.ts';
import { validateState } from '../../src/state/validate.ts';

const SIDE = 160;
const BANDS = 16;

let device: SharedDevice;
beforeAll(async () => {
  device = await SharedDevice.request();
});
afterAll(() => device.destroy());

/** Draws a state whose samples are those of its pixels. @returns the entry of the colour map of each pixel */
async function draw(patch: object): Promise<{ entries: number[]; report: FrameReport }> {
  const canvas = document.createElement('canvas');
  const reports: FrameReport[] = [];
  const onReport = (report: FrameReport) => void reports.push(report);
  const renderer = await Renderer.create(canvas, { onReport, onProblem: () => undefined }, device);
  renderer.resize(SIDE, SIDE);
  const state = validateState({ gridSamples: SIDE, supersampling: 1, ...patch });
  renderer.setState(state, false);
  await renderer.settled();
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d')!;
  context.drawImage(canvas, 0, 0);
  renderer.destroy();
  const table = colormapTable(state.colormap);
  const entryOf = new Map(
    Array.from({ length: COLORMAP_SIZE }, (_, i) => [table.subarray(4 * i, 4 * i + 3).join(), i]),
  );
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const entries = Array.from({ length: SIDE * SIDE }, (_, i) => {
    return entryOf.get(data.subarray(4 * i, 4 * i + 3).join()) ?? Number.NaN;
  });
  return { entries, report: reports.at(-1)! };
}

/** The share of the picture that each band of colours covers. */
function sharesOf(entries: readonly number[]): number[] {
  const shares = Array.from({ length: BANDS }, () => 0);
  for (const entry of entries) {
    shares[Math.floor((entry * BANDS) / COLORMAP_SIZE)]! += 1 / entries.length;
  }
  return shares;
}

const EQUALIZED = { norm: 'equalized', colormap: 'greys' };
const RADIAL = { projection: { kind: 'logRadial', decades: 6 }, view: { halfWidth: 1e3 } };
/** The pixels are not quite the samples: they have no end points. */
const TOLERANCE = 0.01;

test.each([
  ['a network in the plane', {}],
  ['log-sum-exp in the plane', { field: { kind: 'lse' } }],
  ['a network over six decades', RADIAL],
  [
    'log-sum-exp over twelve decades',
    {
      field: { kind: 'lse' },
      ...{ ...RADIAL, projection: { kind: 'logRadial', decades: 12 } },
    },
  ],
  ['a gradient', { field: { kind: 'lse' }, quantity: 'partial1' }],
  [
    'a deep view of log-sum-exp',
    { field: { kind: 'lse' }, view: { center: [0.5, 0.2], halfWidth: 1e-10 } },
  ],
])('each colour covers as much of the picture: %s', async (_, patch) => {
  const { entries } = await draw({ ...EQUALIZED, ...patch });
  const shares = sharesOf(entries);
  const wrong = shares.filter((share) => !(Math.abs(share - 1 / BANDS) <= TOLERANCE));
  expect(wrong, shares.join(' ')).toEqual([]);
});

test('values that fill a part of the picture have the middle of their part, and 0 that of a symmetric range', async () => {
  const field = { kind: 'argmax', component: 0, logits: null };
  const { entries } = await draw({ ...EQUALIZED, field });
  // Two values, each over half of the picture: the stops of one are 0 to 511, and the middle of their places is below a quarter.
  expect([...new Set(entries)].sort((a, b) => a - b)).toEqual([63, 191]);
  const symmetric = { ...EQUALIZED, range: { mode: 'symmetric' } };
  const odd = { field: { kind: 'tanh', weight: [1, 0.5], bias: 0 } };
  const { report } = await draw({ ...symmetric, ...odd });
  const stops = Array.from(report.range!.stops!);
  const middle = (stops.length - 1) / 2;
  expect(stops[middle] === 0).toBe(true);
  const crooked = stops.filter((stop, i) => stop !== -stops[stops.length - 1 - i]!);
  expect(crooked).toEqual([]);
});

test('only values within a fixed range count', async () => {
  const field = { kind: 'lse', lambda: 1 };
  const range = { mode: 'fixed', min: 0, max: 2 };
  const { entries, report } = await draw({ ...EQUALIZED, field, range });
  const { stops, base } = report.range!;
  const ends = [stops![0]!, stops![stops!.length - 1]!].map((stop) => base + stop);
  // Stops are float32.
  expect(Math.max(Math.abs(ends[0]!), Math.abs(ends[1]! - 2)) <= 1e-6, ends.join()).toBe(true);
  const inside = sharesOf(entries.filter((entry) => entry > 0 && entry < COLORMAP_SIZE - 1));
  // Without two of 256 entries, the outer bands are smaller by a sixteenth.
  const wrong = inside.filter((share) => !(Math.abs(share - 1 / BANDS) <= TOLERANCE));
  expect(wrong, inside.join(' ')).toEqual([]);
});
