import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { digits, loadDigits } from '../../../src/data/digits.ts';
import { sliceThrough } from '../../../src/model/slices.ts';
import { imagesLayer } from '../../../src/overlay/images.ts';
import { svgOf } from '../../../src/overlay/marks.ts';
import type { State } from '../../../src/state/state.ts';
import { validateState } from '../../../src/state/validate.ts';
import { PictureGeometry } from '../../../src/view/pictureGeometry.ts';

const NETWORK = { kind: 'drawn', widths: [64, 3] };
const zeros = Array.from({ length: 64 }, () => 0);
/** 0 everywhere, then 16 in the first pixel, then in the last row. */
const SLICE = {
  origin: zeros,
  axis1: zeros.with(0, 16),
  axis2: zeros.map((_, i) => (i < 56 ? 0 : 16)),
};
const stateOf = (rest: object = {}) =>
  validateState({
    field: { network: NETWORK, slice: SLICE },
    view: { center: [0.5, 0.5], halfWidth: 1 },
    ...rest,
  });
const layerOf = (state: State) =>
  imagesLayer(state, PictureGeometry.of(state.projection, { width: 400, height: 400 }));
const textsOf = (state: State) =>
  layerOf(state).marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));

describe('imagesLayer', () => {
  it('has the three points of the slice at their places, with black and white in the legend', () => {
    const { marks, legend } = layerOf(stateOf());
    const images = marks.flatMap((mark) => (mark.kind === 'image' ? [mark] : []));
    const centers = images.map(({ box }) => [box.x + box.width / 2, box.y + box.height / 2]);
    expect(centers).toEqual([
      [100, 300],
      [300, 300],
      [100, 100],
    ]);
    expect(images.map(({ box }) => [box.width, box.height])).toEqual(Array(3).fill([64, 64]));
    expect(textsOf(stateOf())).toEqual(['(0, 0)', '(1, 0)', '(0, 1)']);
    expect(legend.map(({ text }) => text)).toEqual(['black 0, white 16']);
    const { attributes } = svgOf(images[2]!);
    const png = PNG.sync.read(Buffer.from(String(attributes.href).split(',')[1]!, 'base64'));
    const gray = (row: number) => png.data[4 * (row * png.width + png.width / 2)];
    // 112 / 8 = 14 pixels for each.
    expect([png.width, png.height, gray(97), gray(98)]).toEqual([112, 112, 0, 255]);
  });

  it('says which digits of the data span the plane, in ink on paper', async () => {
    await loadDigits();
    const { x, y } = digits()!.samples;
    const digit = (i: number) => [...x.subarray(64 * i, 64 * (i + 1))];
    const slice = sliceThrough([digit(3), digit(5), digit(8)]);
    const data = { kind: 'digits' };
    const network = { kind: 'drawn', widths: [64, 10] };
    const state = stateOf({ field: { network, slice }, data });
    expect([y[3], y[5], y[8]]).toEqual([3, 5, 8]);
    expect(textsOf(state)).toEqual(['3 at (0, 0)', '5 at (1, 0)', '8 at (0, 1)']);
    expect(layerOf(state).legend.map(({ text }) => text)).toEqual(['black 16, white 0']);
    expect(textsOf(stateOf({ data }))).toEqual(['(0, 0)', '(1, 0)', '(0, 1)']);
  });

  it('moves the images outwards in views of many units, and leaves out what is not in view', () => {
    expect(textsOf(stateOf({ view: { center: [0, 0], halfWidth: 30 } }))).toEqual([
      '(0, 0)',
      '(20, 0)',
      '(0, 20)',
    ]);
    expect(textsOf(stateOf({ view: { center: [1, 0], halfWidth: 0.25 } }))).toEqual(['(1, 0)']);
  });

  it('is empty where two inputs vary by themselves, for other networks, and if nobody wants it', () => {
    const field = { network: { kind: 'drawn', widths: [5, 3] } };
    for (const rest of [{ field: { network: NETWORK } }, { field }, { image: 'none' }]) {
      expect(layerOf(stateOf(rest))).toEqual({ marks: [], legend: [] });
    }
  });
});
