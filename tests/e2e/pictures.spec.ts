import { expect, test } from './fixtures.ts';
import { PICTURES } from './pictureStates.ts';

/**
 * Pixels may differ by rounding where the driver sums in another order, and the exercise's digits
 * are text, which every machine draws in its own way.
 */
const TOLERANCE = {
  threshold: 0.05,
  maxDiffPixelRatio: 0.002,
};

for (const [name, patch] of Object.entries(PICTURES)) {
  test(`the picture of ${name}`, async ({ page, reluscope }) => {
    await reluscope.set({ supersampling: 2, ...patch });
    await page.mouse.move(0, 0);
    await reluscope.hide('.legend, .ringLabel');
    await expect(reluscope.canvas).toHaveScreenshot(`${name}.png`, TOLERANCE);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 });

  test('the picture of the shallow network', async ({ reluscope }) => {
    await expect(reluscope.canvas).toHaveScreenshot('phone.png', TOLERANCE);
  });
});
