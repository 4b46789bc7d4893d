import { FIGURES } from '../../src/figures/figures.ts';
import { addStyles } from './addStyles.ts';
import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

test('figure 10 says the output bias of its slider, above and below', async ({ page }) => {
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.openFigure('output-bias'));
  const caption = page.locator('.figureCaption');
  await expect(page.getByRole('heading', { name: 'output bias 4' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Figure 10', exact: true })).toBeVisible();
  await page.getByRole('slider', { name: 'output bias' }).fill('-2.5');
  await expect(page.getByRole('heading', { name: 'output bias −2.5' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Formula' })).toContainText('−2.5');
  await expect(caption).toContainText('set to −2.5 instead');
  await expect(caption).not.toContainText('4');
});

test('on a phone no formula is cut off, and no figure is wider than the page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  // Only the room around the pictures is looked at: nothing is drawn.
  await addStyles(page, '.picture canvas { display: none !important; }');
  for (const { id } of FIGURES) {
    await page.evaluate((name) => (window as ReluscopeWindow).reluscope.openFigure(name), id);
    const overflow = await page.locator('.sheet').evaluate((sheet) => {
      const formula = sheet.querySelector('.figureFormula')!;
      const right = [...formula.querySelectorAll('math')].map(
        (piece) => piece.getBoundingClientRect().right,
      );
      return {
        pieces: right.length,
        formula: Math.max(...right) - formula.getBoundingClientRect().right,
        page: sheet.scrollWidth - sheet.clientWidth,
      };
    });
    expect(overflow.pieces, id).toBeGreaterThan(0);
    expect(overflow.formula, id).toBeLessThanOrEqual(0);
    expect(overflow.page, id).toBeLessThanOrEqual(0);
  }
});
