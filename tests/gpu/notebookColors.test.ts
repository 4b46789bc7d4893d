import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SharedDevice } from '../../src/gpu/sharedDevice.ts';
import { isOfSamples } from '../../src/model/quantities.ts';
import { COLORMAP_SIZE, colormapTable } from '../../src/scales/colormaps.ts';
import { niceLevels } from '../../src/scales/levels.ts';
import { Renderer } from '../../src/screen/renderer.ts';
import { DEFAULT_STATE } from '../../src/state/defaults.ts';
import type { State } from '../../src/state/state.ts';
import colorsUrl from '../reference/notebook/colours.npy?url&inline';
import type { NotebookGrid, NotebookPanel } from '../reference/notebook/notebookReference.ts';
import {
  chosenSamples,
  grids,
  loadFile,
  panels,
  readColors,
  readSamples,
  titleOf,
} from '../reference/notebook/notebookReference.ts';
import samplesUrl from '../reference/notebook/samples.npy?url&inline';
import { fieldOf } from '../shorthand.ts';

let samples: readonly Float32Array[];
let colors: readonly Uint8Array[];
beforeAll(async () => {
  samples = readSamples(await loadFile(samplesUrl));
  colors = readColors(await loadFile(colorsUrl));
});

describe('panels have the colours of the notebook', () => {
  /** One device for all, since many panels are of the same shape. */
  let device: SharedDevice;
  let renderer: Renderer | null = null;
  beforeAll(async () => {
    device = await SharedDevice.request();
  });
  afterAll(() => device.destroy());
  afterEach(() => {
    renderer?.destroy();
    renderer = null;
  });

  /** The picture as [side, side] rgba bytes, row 0 at the start of y as in a notebook's array. */
  async function draw(state: State, side: number): Promise<Uint8ClampedArray> {
    const canvas = new OffscreenCanvas(side, side);
    const copy = canvas.getContext('2d')!;
    const shown = document.createElement('canvas');
    const options = { onReport: () => {}, onProblem: () => {} };
    renderer = await Renderer.create(shown, options, device);
    renderer.resize(side, side);
    renderer.setState(state, false);
    await renderer.settled();
    copy.translate(0, side);
    copy.scale(1, -1);
    copy.drawImage(shown, 0, 0);
    return copy.getImageData(0, 0, side, side).data;
  }

  const cases = panels.map((panel, i) => {
    const grid = grids[panel.grid]!;
    const drawn = panel.levels ? 'contourf' : 'imshow';
    return [`${drawn} of ${titleOf(grid)} in ${panel.colormap}`, panel, grid, i] as const;
  });

  test.each(cases)('%s', async (_title, panel, grid, i) => {
    const pixels = await draw(stateOf(panel, grid), grid.side);
    let compared = 0;
    const wrong: string[] = [];
    chosenSamples(grid.side).forEach((at, k) => {
      const place = mapPlace(samples[panel.grid]![k]!, panel, grid);
      if (place === null) return;
      compared += 1;
      const received = pixels.subarray(4 * at, 4 * at + 3);
      const expected = colors[i]!.subarray(3 * k, 3 * k + 3);
      const allowed = [expected, ...entriesAt(place, panel)];
      if (!allowed.some((color) => isEqual(received, color))) {
        wrong.push(`sample ${at}: received ${received}, expected ${expected}`);
      }
    });
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(0.9 * chosenSamples(grid.side).length);
  });
});

/** To 1/255: matplotlib cuts a part off to a byte where this project rounds it. */
function isEqual(received: ArrayLike<number>, expected: ArrayLike<number>): boolean {
  return [0, 1, 2].every((part) => Math.abs(received[part]! - expected[part]!) <= 1);
}

/**
 * The state whose picture of side × side pixels has the notebook's sample at each pixel: np.gradient draws samples as
 * pixels, with their own range; pixels of others have their middles at np.linspace(−halfWidth, halfWidth, side).
 */
function stateOf({ colormap, levels }: NotebookPanel, grid: NotebookGrid): State {
  const { field, quantity, side, least, greatest } = grid;
  const base: State = {
    ...DEFAULT_STATE,
    field: fieldOf(field),
    quantity,
    colormap,
    supersampling: 1,
  };
  const home = DEFAULT_STATE.view;
  const ofSamples = isOfSamples(quantity);
  const halfWidth = ofSamples ? grid.halfWidth : (grid.halfWidth * side) / (side - 1);
  const state: State = { ...base, view: { ...home, halfWidth }, gridSamples: side };
  if (!levels) {
    return ofSamples ? state : { ...state, range: { mode: 'fixed', min: least, max: greatest } };
  }
  // contourf's colours begin and end at its outer levels, which lie outside the range of the values.
  const [first, step, levelCount] = levels;
  const range = { mode: 'fixed', min: first, max: first + step * (levelCount - 1) } as const;
  const count = [...Array(63).keys()]
    .map((less) => 64 - less)
    .find((wanted) => {
      const ours = niceLevels(range.min, range.max, wanted);
      return Math.abs(ours.step / step - 1) < 1e-9;
    });
  if (count === undefined) throw new Error(`no number of levels gives a step of ${step}`);
  return { ...state, range, contours: { filled: true, lines: false, count } };
}

/** Where in the colour map a sample lies, 0 to 1; null on an edge between two contour levels. */
function mapPlace(value: number, { levels }: NotebookPanel, grid: NotebookGrid): number | null {
  const { least, greatest } = grid;
  if (!levels) return (value - least) / (greatest - least);
  const place = (value - levels[0]) / levels[1];
  // 1e-5 of the range is 2e-4 of a step or less.
  if (Math.abs(place - Math.round(place)) < 1e-3) return null;
  return (Math.floor(place) + 0.5) / (levels[2] - 1);
}

/**
 * The two colours that meet at this place if it lies on an edge between two of the map's 256 entries,
 * where rounding decides between them: 1e-5 of the range is 0.0026 entries. Middles of contour
 * steps lie there often: always the middle one of an odd number.
 */
function entriesAt(place: number, { colormap }: NotebookPanel): Uint8Array[] {
  const edge = Math.round(place * COLORMAP_SIZE);
  if (!(Math.abs(place * COLORMAP_SIZE - edge) < 0.003)) return [];
  const table = colormapTable(colormap);
  // Both ends of the range are clamped.
  const entries = [edge - 1, edge].map((entry) => Math.min(COLORMAP_SIZE - 1, Math.max(0, entry)));
  return entries.map((entry) => table.subarray(4 * entry, 4 * entry + 3));
}
