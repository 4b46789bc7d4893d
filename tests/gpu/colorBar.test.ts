import { afterAll, beforeAll, expect, test } from 'vitest';
import { SharedDevice } from '../../src/gpu/sharedDevice.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { PAPER_AXES, uprightRoom } from '../../src/overlay/axes.ts';
import { colorBarOf } from '../../src/overlay/colorBar.ts';
import type { FrameReport } from '../../src/picture/frameReport.ts';
import { COLORMAP_NAMES } from '../../src/scales/colormaps.ts';
import { hexColor } from '../../src/scales/hexColor.ts';
import { Renderer } from '../../src/screen/renderer.ts';
import { validateState } from '../../src/state/validate.ts';

const SIDE = 24;
const FIELD = { kind: 'lse', lambda: 1 };

let device: SharedDevice;
beforeAll(async () => {
  device = await SharedDevice.request();
});
afterAll(() => device.destroy());

/** The colours on the canvas. */
function colorsOf(canvas: HTMLCanvasElement): Set<string> {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d')!;
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return new Set(
    Array.from({ length: SIDE * SIDE }, (_, i) => hexColor(data.subarray(4 * i, 4 * i + 3))),
  );
}

test('every colour of a picture is one of its bar, for every quantity and map', async () => {
  const canvas = document.createElement('canvas');
  let report: FrameReport | null = null;
  const onReport = (next: FrameReport) => {
    report = next;
  };
  const renderer = await Renderer.create(canvas, { onReport, onProblem: () => undefined }, device);
  renderer.resize(SIDE, SIDE);
  for (const quantity of QUANTITIES.filter((name) => name !== 'region')) {
    for (const colormap of COLORMAP_NAMES) {
      const shown = { field: FIELD, quantity, colormap, supersampling: 1 };
      // Cells smaller than pixels would be averaged.
      const state = validateState({ ...shown, gridSamples: 20 });
      renderer.setState(state, false);
      await renderer.settled();
      const drawn = colorsOf(canvas);
      const bar = colorBarOf(state, report!.range, uprightRoom(300, 48, PAPER_AXES))!;
      const named = new Set(bar.colors.map(({ color }) => color));
      expect(drawn.size, `${quantity} in ${colormap}`).toBeGreaterThan(3);
      expect(
        [...drawn].filter((color) => !named.has(color)),
        `${quantity} in ${colormap}`,
      ).toEqual([]);
    }
  }
  renderer.destroy();
});
