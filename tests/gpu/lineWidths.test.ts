import { afterAll, beforeAll, expect, test } from 'vitest';
import { SharedDevice } from '../../src/gpu/sharedDevice.ts';
import { layerColor } from '../../src/scales/layerColors.ts';
import { Renderer } from '../../src/screen/renderer.ts';
import { validateState } from '../../src/state/validate.ts';
import { CONTOUR_WIDTH, HINGE_WIDTH } from '../../src/view/lineWidths.ts';

const [WIDTH, HEIGHT] = [301, 5];
/** Nearly linear along x₁ and constant along x₂: all lines are upright. */
const FIELD = { kind: 'tanh', weight: [0.005, 0], bias: 0.001 };
const PLAIN = { field: FIELD, view: { halfWidth: 0.1 }, colormap: 'greys', supersampling: 1 };

let device: SharedDevice;
let renderer: Renderer;
const canvas = document.createElement('canvas');

beforeAll(async () => {
  device = await SharedDevice.request();
  const ignore = () => undefined;
  renderer = await Renderer.create(canvas, { onReport: ignore, onProblem: ignore }, device);
});
afterAll(async () => {
  renderer.destroy();
  await device.destroy();
});

/** The red of the middle row. */
async function draw(change: object, pxPerUnit: number): Promise<Uint8ClampedArray> {
  renderer.resize(WIDTH, HEIGHT, pxPerUnit);
  renderer.setState(validateState({ ...PLAIN, ...change }), false);
  await renderer.settled();
  const context = new OffscreenCanvas(WIDTH, HEIGHT).getContext('2d')!;
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, (HEIGHT - 1) / 2, WIDTH, 1);
  return data.filter((_, i) => i % 4 === 0);
}

/**
 * The pixels of the row that lines cover.
 * @param inkOf the colour of full coverage over a ground, from a pixel that a line covers in part
 */
async function coverage(
  change: object,
  pxPerUnit: number,
  inkOf: (ground: number, lined: number) => number,
): Promise<number> {
  const ground = await draw({}, pxPerUnit);
  const lined = await draw(change, pxPerUnit);
  return lined.reduce((sum, red, i) => {
    const before = ground[i]!;
    return red === before ? sum : sum + (red - before) / (inkOf(before, red) - before);
  }, 0);
}

test.each([1, 2, 3, 8])(
  'a hinge has its width at %d pixels per unit of text',
  async (pxPerUnit) => {
    const [red] = layerColor(1);
    const covered = await coverage({ hinges: true }, pxPerUnit, () => red);
    // A byte of coverage and one of colour in the two pixels where the line ends.
    expect(Math.abs(covered - HINGE_WIDTH * pxPerUnit) <= 0.1, `${covered}`).toBe(true);
  },
);

test('contour lines have their width', async () => {
  const contours = { lines: true, filled: false, count: 4 };
  const widths: number[] = [];
  for (const pxPerUnit of [1, 2, 3]) {
    // Black or white, whichever is further from the ground, to three quarters.
    const ink = (ground: number, lined: number) =>
      ground + 0.75 * ((lined > ground ? 255 : 0) - ground);
    widths.push((await coverage({ contours }, pxPerUnit, ink)) / pxPerUnit);
  }
  const lines = Math.round(widths[0]! / CONTOUR_WIDTH);
  expect(lines).toBeGreaterThanOrEqual(3);
  for (const width of widths) {
    // A byte of colour in the two pixels where each line ends.
    expect(Math.abs(width - lines * CONTOUR_WIDTH) <= 0.15, `${width}`).toBe(true);
  }
});
