import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { PAPER_AXES, uprightRoom } from '../../../src/overlay/axes.ts';
import { colorBarOf } from '../../../src/overlay/colorBar.ts';
import { chooseColors } from '../../../src/picture/chooseColors.ts';
import { paintCpuSamples } from '../../../src/picture/cpuColors.ts';
import { COLORMAP_NAMES, COLORMAP_SIZE, colormapTable } from '../../../src/scales/colormaps.ts';
import { hexColor } from '../../../src/scales/hexColor.ts';
import { pictureColors } from '../../../src/scales/pictureColors.ts';
import { validateState } from '../../../src/state/validate.ts';
import { rangeCode } from '../../../src/torch/pytorchPlot.ts';
import { runToEnd } from '../runToEnd.ts';

const CALIBRATION = { offset: { high: 0, low: 0 }, scale: 1 };
const FIXED = { mode: 'fixed', min: -2, max: 3 } as const;
/** One sample of value 0. */
const MIDDLE = {
  grid: { columns: 1, rows: 1, side: 1, left: 0, bottom: 0 },
  values: new Float64Array(1),
  lines: null,
  shares: null,
};
const FILLED = { filled: true, lines: true, count: 5 };

function tableOf(name: (typeof COLORMAP_NAMES)[number]): string[] {
  const table = colormapTable(name);
  return Array.from({ length: COLORMAP_SIZE }, (_, i) =>
    hexColor(table.subarray(4 * i, 4 * i + 3)),
  );
}

describe('pictureColors', () => {
  it('are the state’s own for every quantity that is a number', () => {
    const state = validateState({ colormap: 'magma', range: FIXED, contours: FILLED });
    for (const quantity of QUANTITIES) {
      const colors = pictureColors({ ...state, quantity });
      const hasOwn = quantity === 'region' || quantity === 'gradientDirection';
      expect(colors.reason === null).toBe(!hasOwn);
      if (hasOwn) expect(colors.contours).toMatchObject({ filled: false, lines: false });
      else expect(colors).toMatchObject({ colormap: 'magma', range: FIXED, contours: FILLED });
    }
  });

  for (const quantity of QUANTITIES) {
    it(`give ${quantity} one map and one range, in the picture and on the bar, for every map`, () => {
      for (const colormap of COLORMAP_NAMES) {
        const state = validateState({ quantity, colormap, range: FIXED });
        const shown = pictureColors(state);
        const colors = chooseColors(state, CALIBRATION, { least: -1, greatest: 1 });
        const { ends } = colors;
        const range = ends && { base: 0, minDifference: ends.min, maxDifference: ends.max };
        const bar = colorBarOf(state, range, uprightRoom(300, 48, PAPER_AXES));
        if (quantity === 'region') {
          expect([shown.colormap, ends, bar]).toEqual([null, null, null]);
          continue;
        }
        const isDirection = quantity === 'gradientDirection';
        expect(shown.colormap).toBe(isDirection ? 'cyclic' : colormap);
        const table = tableOf(shown.colormap!);
        expect(bar!.colors.map(({ color }) => color)).toEqual(table);
        const painted = runToEnd(paintCpuSamples(MIDDLE, state, colors, 1));
        const place = isDirection ? 0.5 : 2 / 5;
        expect(hexColor(painted.subarray(0, 3))).toBe(table[Math.floor(COLORMAP_SIZE * place)]);
        expect(ends).toEqual(isDirection ? { min: -Math.PI, max: Math.PI } : { min: -2, max: 3 });
        expect(bar!.numbers.ends).toEqual(isDirection ? ['−π', 'π'] : ['−2', '3']);
        const code = isDirection ? '-np.pi, np.pi' : '-2.0, 3.0';
        expect(rangeCode(state)).toBe(`vmin, vmax = ${code}`);
      }
    });
  }
});
