import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

async function openFigure(page: Page, id: string): Promise<void> {
  await page.evaluate(async (name) => {
    const { reluscope } = window as ReluscopeWindow;
    reluscope.openFigure(name);
    await reluscope.settled();
  }, id);
}

const settled = (page: Page) =>
  page.evaluate(() => (window as ReluscopeWindow).reluscope.settled());

test('logistic regression on digits: the course’s numbers, and panels that follow the run', async ({
  page,
  reluscope,
}) => {
  await openFigure(page, 'digits-regression');
  const rows = page.getByRole('table', { name: 'Loss and accuracy' }).getByRole('row');
  const cells = await rows.evaluateAll((all) =>
    all.slice(1).map((row) => [...row.children].map(({ textContent }) => textContent)),
  );
  expect(cells).toHaveLength(12);
  for (const [step, there, here] of cells) expect(here, step!).toBe(there);
  expect(cells.at(-1)).toEqual(['test accuracy at step 501', '0.953', '0.953']);

  const right = page.locator('.confusionSum');
  await expect(right).toHaveText('429 of 450 right');
  await expect(page.getByRole('img', { name: /^weights of \d$/ })).toHaveCount(10);
  const scale = page.locator('.weightScale');
  await expect(scale).toContainText('Colours reach from −0.212');

  await page.getByRole('button', { name: 'Back to step 0' }).click();
  await expect(scale).toHaveText('All weights are 0.');
  // All of them are taken for noughts, of which 51 are for testing.
  await expect(right).toHaveText('51 of 450 right');
  await page.getByRole('button', { name: 'Play (space)' }).click();
  await expect(right).not.toHaveText('51 of 450 right');
  await page.getByRole('button', { name: 'Pause (space)' }).click();
  await expect(scale).toContainText('Colours reach');
  await reluscope.settled();
});

test('a cell shows its digits, and a chosen one becomes a corner of the plane', async ({
  page,
  reluscope,
}) => {
  await openFigure(page, 'digits-regression');
  const labels = page.locator('.overlay .imageLabel');
  await expect(labels).toHaveText(['3 at (0, 0)', '5 at (1, 0)', '8 at (0, 1)']);
  await page.getByRole('button', { name: '8 taken for 1: 6' }).click();
  const digits = page.getByRole('group', { name: '8 taken for 1: 6' }).getByRole('button');
  await expect(digits).toHaveCount(6);
  // The list is one stop of the tabulator key.
  await expect(page.locator('.points [tabindex="0"]')).toHaveCount(1);
  await digits.first().focus();
  for (const key of ['ArrowRight', 'End', 'Home', 'ArrowRight', 'ArrowRight', 'Enter']) {
    await page.keyboard.press(key);
  }
  await settled(page);
  await expect(labels).toHaveText(['8 at (0, 0)', '5 at (1, 0)', '8 at (0, 1)']);
  // By keys: the next cell has a single digit, and the next corner takes it.
  await page.getByRole('button', { name: '9 taken for 3: 1' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  const last = page.getByRole('group', { name: '9 taken for 1: 1' }).getByRole('button');
  await last.click();
  await settled(page);
  await expect(labels).toHaveText(['8 at (0, 0)', '9 at (1, 0)', '8 at (0, 1)']);
  // The same digit twice spans no plane.
  await last.click();
  await expect(page.getByText('These three lie on one line')).toBeVisible();
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.undo());
  await expect(labels).toHaveText(['8 at (0, 0)', '5 at (1, 0)', '8 at (0, 1)']);

  await page.getByRole('button', { name: 'main directions' }).click();
  await settled(page);
  const { view } = await reluscope.state();
  expect(view.halfWidth).toBeGreaterThan(20);
  await expect(labels).toHaveText([/^\(0, 0\)$/, /^\(\d+, 0\)$/, /^\(0, \d+\)$/]);
});

test('the controls let a network learn the digits, whose classes have their names', async ({
  page,
  reluscope,
}) => {
  await page.evaluate(() => {
    const root = document.querySelector('.reluscope')!.shadowRoot!;
    const titles = [...root.querySelectorAll<HTMLElement>('.lil-title')];
    for (const title of titles) {
      if (['Data', 'Training'].includes(title.textContent!)) title.click();
    }
  });
  await page.getByRole('combobox', { name: 'data' }).selectOption('handwritten digits');
  await page.getByRole('button', { name: '64-10', exact: true }).click();
  const pane = page.getByRole('region', { name: 'What it has learnt' });
  await expect(pane).toBeVisible();
  const recipe = await page.evaluate(() => (window as ReluscopeWindow).reluscope.state.run!.recipe);
  expect(recipe).toMatchObject({
    data: { kind: 'digits', split: { testSize: 0.25, seed: 123 } },
    network: { widths: [64, 10], initialization: 'zeros' },
    steps: 501,
  });
  await reluscope.set({ run: { step: 30 }, supersampling: 1 });
  await expect(page.locator('.colorBar')).toHaveAttribute('aria-label', /: 0, 1, 2, .*, 9$/);
  await expect(pane.locator('.confusionSum')).toHaveText(/^4\d\d of 450 right$/);

  const box = await reluscope.box();
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.4 * box.height);
  const probe = page.locator('.probe');
  await expect(probe.getByRole('img', { name: /^The input as an image of 8 × 8/ })).toBeVisible();
  await expect(probe).toContainText(/winner\d, ahead by/);

  await pane.getByRole('button', { name: /^Close weights/ }).click();
  await expect(pane).toBeHidden();
  expect((await reluscope.state()).learnt).toBe(false);
});
