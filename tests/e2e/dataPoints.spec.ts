import { expect, test } from './fixtures.ts';

const CLASSES = {
  field: { network: { kind: 'drawn', widths: [2, 8, 2], seed: 1 }, readout: { kind: 'class' } },
  view: { center: [0.5, 0.25], halfWidth: 2 },
};

test('points of a data set lie over the picture and move with it', async ({ page, reluscope }) => {
  await reluscope.set({ ...CLASSES, data: { kind: 'moons', split: { testSize: 0.25, seed: 1 } } });

  await expect(page.locator('.point.train')).toHaveCount(2);
  await expect(page.locator('.point.test')).toHaveCount(2);
  await expect(page.locator('.legend')).toContainText(/wrong: \d+ of 150, in testing \d+ of 50/);
});

test('the digits are fetched when they are asked for', async ({ page, reluscope }) => {
  const network = { kind: 'drawn', widths: [64, 10], seed: 1 };
  await reluscope.set({
    field: { network, readout: { kind: 'class' } },
    view: { center: [0, 0], halfWidth: 16 },
    data: { kind: 'digits' },
  });

  await expect(page.locator('.legend')).toContainText(/wrong: \d+ of 1797paler/);
});
