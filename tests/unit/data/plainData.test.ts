import { expect, it } from 'vitest';
import { plainData } from '../../../src/data/plainData.ts';

it('gives arrays that {kind: points} takes again', async () => {
  const made = await plainData({ kind: 'moons', samples: 8, split: { testSize: 0.25, seed: 1 } });
  expect([made.x.length, made.y.length, made.test!.x.length, made.test!.y.length]).toEqual([
    6, 6, 2, 2,
  ]);
  const { x, y } = made;
  expect(await plainData({ kind: 'points', x, y })).toEqual({ x, y, test: null });
});

it('gives targets as rows', async () => {
  const y = [
    [1, 2],
    [3, 4],
  ];
  expect(await plainData({ kind: 'points', x: [[0], [1]], y })).toEqual({
    x: [[0], [1]],
    y,
    test: null,
  });
});

it('rejects what is no spec', async () => {
  await expect(plainData({ kind: 'moon' })).rejects.toThrow('data.kind: received "moon"');
});
