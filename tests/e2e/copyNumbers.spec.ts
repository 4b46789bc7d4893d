import { readPoint } from '../../src/reference/pointReading.ts';
import { expect, test } from './fixtures.ts';

/** A clipboard that the test can read. */
test.beforeEach(async ({ page }) => {
  await page.evaluate(() => {
    const writeText = async (text: string) => Object.assign(window, { copied: text });
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  });
});

test.afterEach(async ({ page }) => {
  await page.evaluate(() => {
    Reflect.deleteProperty(navigator, 'clipboard');
    Reflect.deleteProperty(window, 'copied');
  });
});

test('y copies the numbers under the pointer, then those of the selected region', async ({
  page,
  reluscope,
}) => {
  const copied = async () =>
    Object.fromEntries(
      [
        ...(await page.evaluate(() => String(Reflect.get(window, 'copied')))).matchAll(
          /^(\w+) = (.*)$/gm,
        ),
      ].map(([, name, value]) => [name, JSON.parse(value!)]),
    );
  const note = page.getByText('Copied point, value and affine map for Python.');
  await reluscope.set({ edges: true });
  await reluscope.point(120, 90);
  await page.keyboard.press('y');
  await expect(note.first()).toBeVisible();
  const { field } = await reluscope.state();
  const first = await copied();
  const reading = readPoint(field, first.point);
  const [map] = reading.affineMaps!;
  const error = (a: number, b: number) => Math.abs(a - b);
  expect(error(first.value, reading.value)).toBeLessThanOrEqual(1e-12);
  expect(error(first.bias, map!.b)).toBeLessThanOrEqual(1e-12);
  expect(error(first.weight[0], map!.a[0])).toBeLessThanOrEqual(1e-12);
  expect(error(first.weight[1], map!.a[1])).toBeLessThanOrEqual(1e-12);

  await page.keyboard.press('Enter');
  const { selection } = await reluscope.state();
  await reluscope.point(300, 300);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Copy for Python' }).click();
  expect(selection).not.toBeNull();
  await expect.poll(async () => (await copied()).point).toEqual(selection!.point);
  await page.getByRole('button', { name: 'Export' }).click();
});
