import { DEFAULT_STATE } from '../../src/state/defaults.ts';
import { expect, freshTest, test } from './fixtures.ts';
import { difference, ReluscopePage, type ReluscopeWindow } from './reluscopePage.ts';

const SHARED = {
  supersampling: 1,
  field: { kind: 'mlp', widths: [2, 5, 5, 5, 5, 1], activation: 'abs', seed: 77, outputBias: 4 },
  view: { center: [0.3, -1.7], halfWidth: 0.05 },
  quantity: 'partial1',
  colormap: 'diverging',
  range: { mode: 'fixed', min: -0.25, max: 0.5 },
  contours: { filled: true, lines: true, count: 7 },
  hinges: true,
} as const;

test('a shared link restores state and picture in another page', async ({
  context,
  page,
  reluscope,
}) => {
  await reluscope.set(SHARED);
  await page.keyboard.press('r');
  const state = await reluscope.state();
  const picture = await reluscope.picture();
  const hash = await reluscope.hash();
  expect(hash.length).toBeGreaterThan(10);
  const other = new ReluscopePage(await context.newPage(), new URL(page.url()).origin);
  await other.open(hash);
  expect(await other.state()).toEqual(state);
  expect(difference(picture, await other.picture())).toBe(0);
  expect(other.complaints).toEqual([]);
  await other.page.close();
});

test('a link pasted into the open page restores its state', async ({ page, reluscope }) => {
  await reluscope.set(SHARED);
  const state = await reluscope.state();
  const hash = await reluscope.hash();
  await reluscope.set({ field: { kind: 'lse' }, view: { center: [9, 9] } });
  // The browser tells of a pasted link only if it differs from the address.
  expect(await reluscope.hash()).not.toBe(hash);
  await page.evaluate((text) => {
    window.location.hash = text;
  }, hash);
  await expect.poll(() => reluscope.state()).toEqual(state);
});

test('links that were changed on their way show what they meant, without a word', async ({
  page,
  reluscope,
}) => {
  const begin = (text: string) =>
    page.evaluate((hash) => {
      window.location.hash = hash;
    }, text);
  for (const [i, text] of [
    'v%3D2%26network%3Ddrawn%26seed%3D41%26x%3D0%26y%3D0%26half%3D5',
    'v=2&amp;network=drawn&amp;seed=42&amp;x=0&amp;y=0&amp;half=5',
    'v=2&network=drawn&seed=43&x=0&y=0&half=5&',
  ].entries()) {
    await begin(text);
    await expect
      .poll(async () => (await reluscope.state()).field.network)
      .toMatchObject({
        seed: 41 + i,
      });
    await expect(page.getByText(/is broken/)).toHaveCount(0);
  }
});

test('a link pasted while the address waits to be written is not written over', async ({
  page,
  reluscope,
}) => {
  await reluscope.set(SHARED);
  const state = await reluscope.state();
  const hash = await reluscope.hash();
  await reluscope.set({ field: { kind: 'lse' }, view: { center: [9, 9] } });
  await reluscope.hash();
  await page.evaluate(async (text) => {
    (window as ReluscopeWindow).reluscope.set({ field: { kind: 'max' } });
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    window.location.hash = text;
    // What waits is written when the page is left.
    window.dispatchEvent(new Event('pagehide'));
  }, hash);
  await expect.poll(() => reluscope.state()).toEqual(state);
});

test('the address follows a drag without filling the history of the browser', async ({
  page,
  reluscope,
}) => {
  const before = await reluscope.hash();
  const entries = await page.evaluate(() => window.history.length);
  await reluscope.point(300, 300);
  await page.mouse.down();
  for (let step = 0; step < 10; step++) await reluscope.point(300 + 10 * step, 300);
  await page.mouse.up();
  expect(await reluscope.hash()).not.toBe(before);
  expect(await page.evaluate(() => window.history.length)).toBe(entries);
});

const BROKEN = [
  ['empty nonsense', '#%%%'],
  ['a version that is not known', '#v999'],
  ['a value out of bounds', '#v1&field=mlp&widths=2-9999-1'],
  ['markup', '#<img src=x onerror=alert(1)>'],
  ['a prototype', '#v1&__proto__=1&constructor=2'],
  ['a very long one', `#v1&${'x'.repeat(200_000)}`],
] as const;

freshTest('a broken link gives the default and a message', async ({ page, reluscope }) => {
  for (const [name, hash] of BROKEN) {
    await test.step(name, async () => {
      // Another document: the page is not told of a new link, but begins with it.
      await page.goto('about:blank');
      await page.goto(`./${hash}`);
      expect(await reluscope.state()).toEqual(DEFAULT_STATE);
      const message = page.getByRole('alert').filter({ hasText: /link/i });
      await expect(message).toBeVisible();
      // It names what is wrong, and stays short.
      expect(((await message.textContent()) ?? '').length).toBeLessThan(400);
      await message.getByRole('button', { name: 'Dismiss' }).click();
      await expect(message).toBeHidden();
    });
  }
  // There is a picture nevertheless.
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.ready);
});
