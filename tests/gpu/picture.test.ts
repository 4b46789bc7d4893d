import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SharedDevice } from '../../src/gpu/sharedDevice.ts';
import type { Field } from '../../src/model/field.ts';
import { validateField } from '../../src/model/fieldValidation.ts';
import type { FrameReport } from '../../src/picture/frameReport.ts';
import { PictureMaker } from '../../src/picture/pictureMaker.ts';
import { createEvaluator } from '../../src/reference/evaluate.ts';
import { referenceGrid } from '../../src/reference/grid.ts';
import { colormapTable } from '../../src/scales/colormaps.ts';
import { Renderer, type RendererProblem } from '../../src/screen/renderer.ts';
import type { State } from '../../src/state/state.ts';
import { fieldOf } from '../shorthand.ts';
import { mlp } from './fields.ts';

const WIDTH = 61;
const HEIGHT = 47;

const STATE: State = {
  field: mlp([2, 20, 1]),
  view: { center: [0.5, -0.25], centerLow: [0, 0], halfWidth: 5 },
  projection: { kind: 'plane' },
  frame: 'fill',
  gridSamples: 40,
  quantity: 'value',
  colormap: 'viridis',
  range: { mode: 'auto' },
  norm: { kind: 'auto' },
  contours: { filled: false, lines: false, count: 10 },
  hinges: false,
  boundaries: false,
  shade: false,
  edges: false,
  selection: null,
  data: null,
  run: null,
  image: 'auto',
  diagram: false,
  learnt: false,
  dataPoints: true,
  supersampling: 1,
};

interface Stage {
  readonly renderer: Renderer;
  readonly reports: FrameReport[];
  readonly problems: (RendererProblem | null)[];
  readonly canvas: HTMLCanvasElement;
}

/** One device for all: what several tests draw is compiled once. */
let device: SharedDevice;
beforeAll(async () => {
  device = await SharedDevice.request();
});
afterAll(() => device.destroy());

let stage: Stage | null = null;

async function openStage(state: State, width = WIDTH, height = HEIGHT): Promise<Stage> {
  const canvas = document.createElement('canvas');
  document.body.append(canvas);
  const reports: FrameReport[] = [];
  const problems: (RendererProblem | null)[] = [];
  const renderer = await Renderer.create(
    canvas,
    {
      onReport: (report) => reports.push(report),
      onProblem: (problem) => problems.push(problem),
    },
    device,
  );
  stage = { renderer, reports, problems, canvas };
  renderer.resize(width, height);
  renderer.setState(state, false);
  await renderer.settled();
  return stage;
}

afterEach(() => {
  stage?.renderer.destroy();
  stage?.canvas.remove();
  stage = null;
});

/** The picture on the canvas as [height, width] rgba bytes, top row first. */
function readCanvas(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d')!;
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
}

/** Values at the middles of the pixels, top row first. */
function referenceValues({ field, view }: State): Float64Array {
  const evaluator = createEvaluator(field);
  const values = new Float64Array(WIDTH * HEIGHT);
  const pixel = (2 * view.halfWidth) / HEIGHT;
  for (let row = 0; row < HEIGHT; row += 1) {
    const y = view.center[1] + (HEIGHT / 2 - row - 0.5) * pixel;
    for (let column = 0; column < WIDTH; column += 1) {
      const x = view.center[0] + (column + 0.5 - WIDTH / 2) * pixel;
      values[row * WIDTH + column] = evaluator.value(x, y);
    }
  }
  return values;
}

/** [n, n] values of the samples of the square, row 0 lowest. */
function squareValues({ field, view, quantity, gridSamples: n }: State): Float64Array {
  const [x, y] = view.center.map((c) => [c - view.halfWidth, c + view.halfWidth] as const);
  return referenceGrid({ field, quantity, x: x!, y: y!, width: n, height: n });
}

function expectColors(
  pixels: Uint8ClampedArray,
  shades: (i: number) => number,
  table: Uint8Array,
): void {
  let compared = 0;
  for (let i = 0; i < WIDTH * HEIGHT; i += 1) {
    const entry = shades(i) * 256;
    // Rounding may take a value over the edge between two entries.
    if (Math.abs(entry - Math.round(entry)) < 0.01 && entry > 0.5 && entry < 255.5) continue;
    const index = Math.min(255, Math.max(0, Math.floor(entry)));
    compared += 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const received = pixels[4 * i + channel];
      const expected = table[4 * index + channel];
      const isClose = Math.abs(received - expected) <= 1;
      expect(
        isClose,
        `pixel ${i}, channel ${channel}: received ${received}, expected ${expected}`,
      ).toBe(true);
    }
  }
  expect(compared).toBeGreaterThan(0.9 * WIDTH * HEIGHT);
}

describe('the picture', () => {
  const fields: [string, Field][] = [
    ['a straight-line network', STATE.field],
    ['a wide network', mlp([2, 48, 40, 1])],
    ['lse', fieldOf({ kind: 'lse', lambda: 3, logits: null })],
  ];
  test.each(fields)('colours %s by its value at the middle of each pixel', async (_, field) => {
    const state: State = { ...STATE, field };
    const { canvas, reports, problems } = await openStage(state);
    const values = referenceValues(state);
    const numbers = squareValues(state);
    const min = Math.min(...numbers);
    const max = Math.max(...numbers);
    expectColors(
      readCanvas(canvas),
      (i) => (values[i] - min) / (max - min),
      colormapTable('viridis'),
    );
    const last = reports.at(-1)!;
    expect(last.settled).toBe(true);
    expect(last.samples).toBe(WIDTH * HEIGHT + 40 * 40);
    const { statistics } = last;
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    for (const [received, expected] of [
      [statistics!.min, min],
      [statistics!.max, max],
      [statistics!.mean, mean],
    ] as const) {
      // float32 kernels are off by 3e-6 of the range at most, and so is a mean of their samples.
      const isClose = Math.abs(received - expected) <= 3e-6 * (max - min);
      expect(isClose, `received ${received}, expected ${expected}`).toBe(true);
    }
    expect(problems).toEqual([]);
  });

  test('keeps to a fixed range and to prism', async () => {
    const state: State = {
      ...STATE,
      colormap: 'prism',
      range: { mode: 'fixed', min: -0.5, max: 0.75 },
    };
    const { canvas } = await openStage(state);
    const values = referenceValues(state);
    expectColors(readCanvas(canvas), (i) => (values[i] + 0.5) / 1.25, colormapTable('prism'));
  });

  test('steps filled contours at nice levels', async () => {
    const state: State = { ...STATE, contours: { filled: true, lines: false, count: 16 } };
    const { canvas, reports } = await openStage(state);
    const { levels, range } = reports.at(-1)!;
    expect(levels.length).toBeGreaterThan(3);
    const step = levels[1] - levels[0];
    const values = referenceValues(state);
    const shade = (i: number) => {
      const at = (values[i] - levels[0]) / step;
      // On the edge of a level rounding decides: such pixels are left out as edges of entries are.
      if (Math.abs(at - Math.round(at)) < 1e-3) return 0.5 / 256 + 0.5 / 256;
      const band = Math.min(levels.length - 1, Math.max(-1, Math.floor(at)));
      return (levels[0] + (band + 0.5) * step - range!.min) / (range!.max - range!.min);
    };
    expectColors(readCanvas(canvas), shade, colormapTable('viridis'));
  });

  test('averages the colours of finer samples', async () => {
    const { canvas } = await openStage({ ...STATE, quantity: 'region' });
    const coarse = readCanvas(canvas);
    stage!.renderer.setState({ ...STATE, quantity: 'region', supersampling: 4 }, false);
    await stage!.renderer.settled();
    const fine = readCanvas(canvas);
    const colors = (pixels: Uint8ClampedArray) =>
      new Set(
        Array.from({ length: WIDTH * HEIGHT }, (_, i) => pixels.slice(4 * i, 4 * i + 3).join()),
      );
    // Edges between regions get colours in between.
    expect(colors(fine).size).toBeGreaterThan(2 * colors(coarse).size);
    expect(stage!.reports.at(-1)).toMatchObject({ stage: 'supersampled', settled: true });
    expect(stage!.reports.at(-1)!.samples).toBe(16 * WIDTH * HEIGHT);
    const full = stage!.reports.findLast((report) => report.stage === 'full')!;
    expect(stage!.reports.at(-1)!.frameMilliseconds).toBe(full.milliseconds);
  });

  test('draws hinges over it in the colour of their layer', async () => {
    const { canvas, renderer } = await openStage(STATE);
    const plain = readCanvas(canvas);
    renderer.setState({ ...STATE, hinges: true }, false);
    await renderer.settled();
    const lined = readCanvas(canvas);
    let changed = 0;
    for (let i = 0; i < WIDTH * HEIGHT; i += 1) if (plain[4 * i] !== lined[4 * i]) changed += 1;
    expect(changed).toBeGreaterThan(200);
    expect(changed).toBeLessThan(0.8 * WIDTH * HEIGHT);
  });
});

test('a picture too coarse for hinges has none', async () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const maker = new PictureMaker(device.current, canvas);
  maker.resize(WIDTH, HEIGHT);
  const draw = async (hinges: boolean, resolution: number) => {
    const scene = await maker.prepare({ ...STATE, hinges }, 1);
    await maker.drawAtOnce(scene, resolution, () => {});
    return readCanvas(canvas);
  };
  const differs = async (resolution: number) => {
    const [plain, lined] = [await draw(false, resolution), await draw(true, resolution)];
    return plain.some((byte, i) => byte !== lined[i]);
  };
  expect(await differs(0.1)).toBe(false);
  expect(await differs(0.5)).toBe(true);
  maker.destroy();
});

describe('what belongs to the square', () => {
  const SIZES: [number, number][] = [
    [61, 47],
    [40, 98],
    [128, 128],
  ];
  const lined: State = { ...STATE, contours: { filled: false, lines: true, count: 7 } };

  test('minimum, maximum, mean, range and levels are the same in a window of any shape', async () => {
    const all: FrameReport[] = [];
    const { renderer, reports } = await openStage(lined, ...SIZES[0]!);
    for (const size of SIZES) {
      renderer.resize(...size);
      await renderer.settled();
      all.push(reports.at(-1)!);
    }
    const [first, ...others] = all;
    const span = first!.range!.max - first!.range!.min;
    expect(first!.levels.length).toBeGreaterThan(3);
    for (const other of others) {
      expect(other.levels).toEqual(first!.levels);
      for (const name of ['min', 'max', 'mean'] as const) {
        const difference = Math.abs(other.statistics![name] - first!.statistics![name]);
        // float32 kernels are off by 3e-6 of the range at most.
        expect(difference <= 3e-6 * span, `${name} differs by ${difference}`).toBe(true);
      }
    }
  });

  const quantities = ['npGradientRows', 'npGradientColumns'] as const;
  test.each(quantities)('%s is drawn as its n × n samples, as NumPy has them', async (quantity) => {
    const state: State = { ...STATE, quantity, colormap: 'prism' };
    const { canvas, renderer } = await openStage(state, ...SIZES[0]!);
    const values = squareValues(state);
    const [min, max] = [Math.min(...values), Math.max(...values)];
    const table = colormapTable('prism');
    for (const [width, height] of SIZES) {
      renderer.resize(width, height);
      await renderer.settled();
      const pixels = readCanvas(canvas);
      const side = Math.min(width, height);
      const cell = (px: number, whole: number) => ((px - (whole - side) / 2) / side) * 39 + 0.5;
      let compared = 0;
      for (let row = 0; row < height; row += 1) {
        for (let column = 0; column < width; column += 1) {
          const at = [cell(column + 0.5, width), cell(height - row - 0.5, height)];
          const [c, r] = at.map(Math.floor) as [number, number];
          const received = pixels.slice(4 * (row * width + column), 4 * (row * width + column) + 3);
          if (at.some((place) => !(place > 0.5 && place < 39.5))) {
            const grey = received.every((byte) => byte === 127 || byte === 128);
            expect(grey, `pixel ${column}, ${row} of ${width} × ${height}`).toBe(true);
            continue;
          }
          const entry = ((values[40 * r + c]! - min) / (max - min)) * 256;
          // Rounding may take a value over the edge between two entries.
          if (Math.abs(entry - Math.round(entry)) < 0.01) continue;
          const index = Math.min(255, Math.floor(entry));
          const wanted = table.slice(4 * index, 4 * index + 3);
          const off = Math.max(...received.map((byte, i) => Math.abs(byte - wanted[i]!)));
          expect(off, `pixel ${column}, ${row} of ${width} × ${height}`).toBeLessThanOrEqual(1);
          compared += 1;
        }
      }
      expect(compared).toBeGreaterThan(0.9 * side ** 2);
    }
  });
});

describe('numbers that are too large for float32', () => {
  /** Weights from −1 to 1 without a pattern, times a size; those of the outputs have their own. */
  function classesOf(size: number, outputSize: number): Field {
    let seed = 1;
    const widths = [2, 40, 40, 3];
    const layers = widths.slice(1).map((width, i) => {
      const draw = () => {
        seed = (1103515245 * seed + 12345) % 2 ** 31;
        return Math.fround((seed / 2 ** 30 - 1) * (i === 2 ? outputSize : size));
      };
      return {
        weight: Array.from({ length: width }, () => Array.from({ length: widths[i]! }, draw)),
        bias: Array.from({ length: width }, draw),
        activation: i === 2 ? 'identity' : 'gelu',
      };
    });
    return validateField({ network: { kind: 'explicit', layers }, readout: { kind: 'class' } });
  }

  test('leave classes of outputs as they are, and their shades', async () => {
    const pictureOf = async (field: Field) => {
      const { canvas, renderer } = await openStage({ ...STATE, field, shade: true });
      const pixels = readCanvas(canvas);
      renderer.destroy();
      canvas.remove();
      return pixels;
    };
    const pixels = await pictureOf(classesOf(2 ** 40, 2 ** 60));
    expect(new Set(new Uint32Array(pixels.buffer)).size).toBeGreaterThan(1);
    expect(pixels).toEqual(await pictureOf(classesOf(2 ** 40, 1)));
  });

  test('within a network are no picture', async () => {
    const opened = openStage({ ...STATE, field: classesOf(1e37, 1) });
    await expect(opened).rejects.toThrow('too large to be drawn');
  });
});

describe('changes', () => {
  test('of seed, view and range compile nothing; of shape only once', async () => {
    const { renderer } = await openStage(STATE);
    const before = renderer.compiledPipelines;
    const changes: Partial<State>[] = [
      { field: mlp([2, 20, 1], 7) },
      { view: { ...STATE.view, halfWidth: 1e-9 } },
      { range: { mode: 'symmetric' } },
      { colormap: 'magma' },
    ];
    for (const change of changes) {
      renderer.setState({ ...STATE, ...change }, false);
      await renderer.settled();
    }
    expect(renderer.compiledPipelines).toBe(before);
    const deep: State = { ...STATE, field: mlp([2, 5, 5, 1]) };
    renderer.setState(deep, false);
    await renderer.settled();
    expect(renderer.compiledPipelines).toBe(before + 1);
    renderer.setState(STATE, false);
    await renderer.settled();
    expect(renderer.compiledPipelines).toBe(before + 1);
  });

  test('the very first picture does not wait for its hinges, which follow', async () => {
    const { renderer, reports } = await openStage({ ...STATE, hinges: true });
    const full = () => reports.filter(({ stage: of }) => of === 'full').map((r) => r.settled);
    expect(full()).toEqual([false, true]);
    reports.length = 0;
    renderer.setState({ ...STATE, hinges: true, colormap: 'magma' }, false);
    await renderer.settled();
    expect(full()).toEqual([true]);
  });

  test('while moving give coarse frames, and the full picture at rest', async () => {
    const { renderer, reports } = await openStage(STATE, 640, 480);
    reports.length = 0;
    for (let i = 0; i < 3; i += 1) {
      renderer.setState({ ...STATE, view: { ...STATE.view, halfWidth: 5 - i } }, true);
      await expect.poll(() => reports.length).toBeGreaterThan(i);
    }
    expect(reports.every((report) => report.stage === 'moving')).toBe(true);
    renderer.setState(STATE, false);
    await renderer.settled();
    expect(reports.at(-1)).toMatchObject({
      stage: 'full',
      settled: true,
      samples: 640 * 480 + 40 * 40,
    });
  });

  test('follow a newer view at once, before there is a picture of it, and keep following', async () => {
    const { renderer, reports, canvas } = await openStage(STATE);
    const before = readCanvas(canvas);
    const pixels = WIDTH * HEIGHT;
    // Half the height is the half-width: the picture moves by ten of its 61 columns.
    const shift = (10 * 2 * STATE.view.halfWidth) / HEIGHT;
    const [x, y] = STATE.view.center;
    const moved: State = { ...STATE, view: { ...STATE.view, center: [x + shift, y] } };
    reports.length = 0;
    renderer.setState(moved, true);
    expect(renderer.follow()).toBe(true);
    const after = readCanvas(canvas);
    const wrong = Array.from({ length: pixels }, (_, i) => i).filter(
      (i) =>
        i % WIDTH < WIDTH - 11 &&
        [0, 1, 2].some((channel) => {
          const difference = after[4 * i + channel]! - before[4 * (i + 10) + channel]!;
          // A place between two pixels, in float32.
          return !(Math.abs(difference) <= 2);
        }),
    );
    expect(wrong).toEqual([]);
    await renderer.drawn();
    expect(reports.at(-1)).toMatchObject({ stage: 'moving' });
    expect(renderer.follow()).toBe(false);
  });

  test('tell of a draw that is constant over the view', async () => {
    // A single ReLU far on its dead side.
    const field = mlp([2, 1, 1]);
    const evaluator = createEvaluator(field);
    const dead = [
      [1e3, 1e3],
      [-1e3, -1e3],
    ].find(([x, y]) => Math.hypot(...evaluator.gradient(x, y)) === 0)!;
    const view = { ...STATE.view, center: [dead[0], dead[1]] as [number, number] };
    const { reports } = await openStage({ ...STATE, field, view });
    expect(reports.at(-1)!.constant).toBe(true);
  });

  test('a lost device comes back with the same picture', async () => {
    const { canvas, renderer, problems } = await openStage(STATE);
    const before = readCanvas(canvas);
    device.current.device.destroy();
    await expect.poll(() => problems[0]?.kind).toBe('lost');
    await renderer.settled();
    const after = readCanvas(canvas);
    expect(after.every((byte, i) => byte === before[i])).toBe(true);
    // The message goes when the picture is back.
    expect(problems).toMatchObject([{ kind: 'lost', fatal: false }, null]);
  });
});
