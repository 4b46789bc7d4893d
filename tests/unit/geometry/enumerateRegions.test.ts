import { describe, expect, test } from 'vitest';
import type { PlaneWindow } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { IS_LONG } from '../isLong.ts';
import { expectEqualToOracle } from './compareWithOracle.ts';
import { drawn } from './networks.ts';

const PLANE = { window: null } as const;
const WINDOWS: readonly (PlaneWindow | null)[] = [
  null,
  { x: [-1, 1], y: [-1, 1] },
  { x: [-7.3, 2.9], y: [0.1, 30] },
];

describe('known counts of the whole plane, PyTorch seeds 0 to 9', () => {
  test('a shallow network has 211 regions and 190 vertices', () => {
    for (let seed = 0; seed < 10; seed++) {
      const counts = enumerateRegions(drawn([2, 20, 1], seed), PLANE);
      expect(counts).toMatchObject({
        activationRegions: 211,
        linearRegions: 211,
        vertices: 190,
        unbounded: 40,
        certified: true,
        generic: true,
      });
    }
  });

  test('a deep network has fewer linear regions than activation regions, mostly', () => {
    const counts = Array.from({ length: 10 }, (_, seed) =>
      enumerateRegions(drawn([2, 5, 5, 5, 5, 1], seed), PLANE),
    );
    const activation = [117, 138, 120, 187, 126, 125, 232, 254, 139, 93];
    const linear = [113, 130, 98, 184, 126, 125, 221, 242, 133, 93];
    expect(counts.map(({ activationRegions }) => activationRegions)).toEqual(activation);
    expect(counts.map(({ linearRegions }) => linearRegions)).toEqual(linear);
  });

  test('the reach is right to the last digit', () => {
    const reach = (widths: readonly number[]) => enumerateRegions(drawn(widths, 0), PLANE).reach;
    expect(reach([2, 20, 1])).toBe(204.3193609910916);
    expect(reach([2, 5, 5, 5, 5, 1])).toBe(9990.960042157);
  });
});

describe('equal to exact rational enumeration', () => {
  const shapes: readonly (readonly [widths: readonly number[], quick: number, long: number])[] = [
    [[2, 1, 1], 2, 10],
    [[2, 2, 1], 2, 10],
    [[2, 3, 1], 4, 40],
    [[2, 8, 1], 2, 40],
    [[2, 20, 1], 1, 10],
    [[2, 1, 4, 1], 2, 10],
    [[2, 3, 3, 1], 4, 60],
    [[2, 6, 5, 1], 1, 40],
    [[2, 2, 2, 2, 2, 1], 2, 40],
    [[2, 3, 3, 3, 1], 3, 60],
    [[2, 4, 2, 4, 1], 1, 30],
    [[2, 5, 5, 5, 5, 1], 1, 30],
    [[2, 10, 10, 10, 1], 0, 10],
  ];
  for (const activation of ['relu', 'abs'] as const) {
    for (const [widths, quick, long] of shapes) {
      const seeds = IS_LONG ? long : quick;
      if (seeds === 0) continue;
      test(`${widths.join('-')} ${activation}, ${seeds} seeds, plane and windows`, () => {
        for (let seed = 0; seed < seeds; seed++) {
          const network = drawn(widths, seed, activation);
          for (const window of WINDOWS) {
            const name = `seed ${seed}, window ${JSON.stringify(window)}`;
            expectEqualToOracle(network, window, name);
          }
        }
      }, 3_600_000);
    }
  }
});
