import { classColor } from '../../src/scales/classColors.ts';
import { expect, test } from './fixtures.ts';
import type { ReluscopePage, ReluscopeWindow } from './reluscopePage.ts';

/** Wide enough that no straight-line code evaluates it: at rest its picture is made of its exact regions. */
const FIELD = {
  network: { kind: 'drawn', widths: [5, 40, 40, 5], activation: 'relu', seed: 4 },
  slice: { origin: [0, 0, 0.5, 0, 0], axis1: [1, 0, 0, 0, 0], axis2: [0, 1, 0, 0, 1] },
  readout: { kind: 'class' },
};

/** Of 400 places of a square picture, those at which the class is not that of float64, and those on a line between classes. */
async function compare(reluscope: ReluscopePage) {
  const picture = await reluscope.picture();
  const { width } = picture;
  expect(picture.height).toBe(width);
  const places = Array.from({ length: 400 }, (_, i): [number, number] => {
    return [
      Math.floor(((i % 20) + 0.5) * (width / 20)),
      Math.floor((Math.floor(i / 20) + 0.5) * (width / 20)),
    ];
  });
  // The class of each, or −1 where another one is two pixels away.
  const expected = await reluscope.page.evaluate(
    ([all, size]) => {
      const { reluscope: scope } = window as ReluscopeWindow;
      const { center, halfWidth } = scope.state.view;
      const winner = (x: number, y: number) =>
        scope.at([
          center[0] + halfWidth * ((2 * (x + 0.5)) / size - 1),
          center[1] - halfWidth * ((2 * (y + 0.5)) / size - 1),
        ]).winner;
      return all.map(([x, y]) => {
        const around = [-2, 0, 2].flatMap((dx) => [-2, 0, 2].map((dy) => winner(x + dx, y + dy)));
        return around.every((one) => one === around[0]) ? around[0]! : -1;
      });
    },
    [places, width] as const,
  );
  const colors = places.map(([x, y]) => {
    const pixel = 4 * (y * width + x);
    return [...picture.data.subarray(pixel, pixel + 3)];
  });
  const isWrong = colors.map(
    (color, i) =>
      expected[i]! >= 0 &&
      !color.every((part, axis) => Math.abs(part - classColor(expected[i]!)[axis]!) < 30),
  );
  const isBlack = colors.map((color) => Math.max(...color) < 60);
  const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;
  return { wrong: count(isWrong), black: count(isBlack), classes: new Set(expected).size };
}

test('a wide network at rest has the classes of float64, and lines between them', async ({
  reluscope,
  page,
}) => {
  await reluscope.set({
    ...{ field: FIELD, view: { center: [0, 0], halfWidth: 8 } },
    ...{ boundaries: true, hinges: false, shade: false },
  });
  const atRest = await compare(reluscope);
  expect(atRest.classes).toBeGreaterThan(2);
  expect(atRest.wrong).toBe(0);
  expect(atRest.black).toBeGreaterThan(0);
  expect(atRest.black).toBeLessThan(60);
  // Another view at rest, after one that moves.
  const view = { center: [1, 0.5], halfWidth: 5 };
  await page.evaluate((moving) => {
    (window as ReluscopeWindow).reluscope.set({ view: moving }, { moving: true });
  }, view);
  await reluscope.set({ view });
  expect((await compare(reluscope)).wrong).toBe(0);
});
