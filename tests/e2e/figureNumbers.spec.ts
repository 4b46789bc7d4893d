import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

test("the number of a figure's slider is typed, and a wrong one stays until it is right", async ({
  page,
}) => {
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.openFigure('output-bias'));
  const number = page.getByRole('spinbutton', { name: 'output bias' });
  const heading = (value: string) =>
    expect(page.getByRole('heading', { name: `output bias ${value}` })).toBeVisible();
  const type = async (text: string) => {
    await number.fill(text);
    await number.press('Enter');
  };
  await heading('4');
  await type('-1.3');
  await heading('−1.3');
  await type('1000');
  expect(await number.evaluate((input: HTMLInputElement) => input.validity.rangeOverflow)).toBe(
    true,
  );
  await heading('−1.3');
  await type('2');
  await heading('2');
  await expect(page.getByRole('slider', { name: 'output bias' })).toHaveValue('2');
});
