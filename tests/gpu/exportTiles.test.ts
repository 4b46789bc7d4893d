import { afterAll, beforeAll, expect, test } from 'vitest';
import { SharedDevice } from '../../src/gpu/sharedDevice.ts';
import { encodePicture } from '../../src/offscreen/encodePicture.ts';
import { Renderer } from '../../src/screen/renderer.ts';
import { validateState } from '../../src/state/validate.ts';

type Size = readonly [widthPx: number, heightPx: number];

/** One device for all pictures in one piece: what several tests draw is compiled once. */
let device: SharedDevice;
beforeAll(async () => {
  device = await SharedDevice.request();
});
afterAll(() => device.destroy());

/** [height, width] rgba bytes of a canvas that `paint` fills. */
async function pixelsOf(
  [widthPx, heightPx]: Size,
  paint: (context: CanvasRenderingContext2D) => Promise<void>,
): Promise<Uint8ClampedArray> {
  const canvas = document.createElement('canvas');
  canvas.width = widthPx;
  canvas.height = heightPx;
  const context = canvas.getContext('2d')!;
  await paint(context);
  return context.getImageData(0, 0, widthPx, heightPx).data;
}

function inOnePiece(state: ReturnType<typeof validateState>, size: Size) {
  return pixelsOf(size, async (context) => {
    const canvas = document.createElement('canvas');
    const problems: unknown[] = [];
    const options = {
      onReport: () => undefined,
      onProblem: (problem: unknown) => problems.push(problem),
    };
    const renderer = await Renderer.create(canvas, options, device);
    renderer.resize(...size);
    renderer.setState(state, false);
    await renderer.settled();
    context.drawImage(canvas, 0, 0);
    renderer.destroy();
    expect(problems).toEqual([]);
  });
}

function inTiles(state: ReturnType<typeof validateState>, size: Size, shares: number[]) {
  return pixelsOf(size, async (context) => {
    const [widthPx, heightPx] = size;
    const place = { x: 0, y: 0, width: widthPx, height: heightPx };
    const picture = {
      widthPx,
      heightPx,
      pxPerUnit: 1,
      fields: [{ state, place }],
      overlay: () => null,
    };
    const { png } = await encodePicture(picture, (share) => shares.push(share));
    context.drawImage(await createImageBitmap(png), 0, 0);
  });
}

const DEEP = { kind: 'mlp', widths: [2, 5, 5, 5, 5, 1], seed: 3 };
const CASES: [string, Size, object][] = [
  ['a value with hinges', [2100, 40], { field: DEEP, hinges: true }],
  [
    'np.gradient upwards',
    [40, 2100],
    { field: DEEP, quantity: 'npGradientRows', colormap: 'prism' },
  ],
  ['contour lines', [40, 2100], { field: { kind: 'lse' }, contours: { lines: true, count: 9 } }],
  [
    'a deep view in finer samples',
    [2100, 40],
    { field: DEEP, view: { center: [3, 4], halfWidth: 1e-11 }, supersampling: 2 },
  ],
  [
    'a symmetric range',
    [2100, 40],
    { field: { kind: 'tanh' }, colormap: 'diverging', view: { center: [9, 3], halfWidth: 0.1 } },
  ],
  ['regions', [2100, 40], { field: DEEP, quantity: 'region' }],
];

test.each(CASES)(
  '%s, drawn in tiles, is the picture drawn in one piece',
  async (_, size, patch) => {
    const state = validateState({ supersampling: 1, ...patch });
    const shares: number[] = [];
    const tiled = await inTiles(state, size, shares);
    const whole = await inOnePiece(state, size);
    // Rounding may take a sample over the edge of one of 256 shades, of a level or of a region.
    let off = 0;
    for (let i = 0; i < whole.length; i += 1) if (!(Math.abs(tiled[i] - whole[i]) <= 3)) off += 1;
    expect(off).toBeLessThan(whole.length / 2000);
    // A blank picture equals nothing.
    expect(new Set(new Uint32Array(whole.buffer)).size).toBeGreaterThan(10);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  },
);
