import { expect, freshTest, test } from './fixtures.ts';
import { countColors, difference, type ReluscopeWindow } from './reluscopePage.ts';

freshTest(
  'the page opens with a picture of the shallow network, on the software adapter',
  async ({ page, reluscope }) => {
    await reluscope.open();
    await expect(
      page.getByRole('heading', { name: 'ReLU network 2-\u206020-\u20601, seed 0' }),
    ).toBeVisible();
    await expect(page.getByText('81 parameters').first()).toBeVisible();
    // What the goldens and tolerances of these tests were made on.
    const developers = page.getByRole('button', { name: 'For developers' });
    await developers.click();
    await expect(page.locator('.note-controller').getByText(/swiftshader, software/)).toBeVisible();
    await developers.click();
    const state = await reluscope.state();
    expect(state.field).toEqual({
      network: {
        kind: 'drawn',
        widths: [2, 20, 1],
        activation: 'relu',
        seed: 0,
        outputBias: null,
      },
      slice: null,
      readout: { kind: 'output', index: 0 },
    });
    // The first look explains itself: what this is, what one can do, and what a network is made of.
    await expect(page.getByText('Reluscope shows networks as functions')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Figures' })).toBeVisible();
    await expect(page).toHaveTitle('ReLU network 2-20-1, seed 0 – Reluscope');
    expect(state).toMatchObject({ hinges: true, contours: { lines: true } });
    const hint = page.getByText('Drag to move, scroll or pinch to zoom.');
    await expect(hint).toBeVisible();
    await reluscope.set({ supersampling: 1 });
    await expect(hint).toBeHidden();
    expect(countColors(await reluscope.picture())).toBeGreaterThan(50);
    await expect(reluscope.canvas).toHaveAttribute(
      'aria-label',
      /ReLU network.*value f; x₁ from −\d.*between −0\.\d+ and \d.*mean/,
    );
  },
);

test('axes, colour bar and status have numbers', async ({ page, reluscope }) => {
  await reluscope.set({ view: { center: [0, 0], halfWidth: 5 } });
  for (const axis of ['.axisX', '.axisY']) {
    const labels = await page.locator(`${axis} text`).allTextContents();
    expect(labels).toContain('0');
    expect(labels.length).toBeGreaterThan(3);
  }
  expect((await page.locator('.number').allTextContents()).length).toBeGreaterThan(2);
  const status = await page.locator('.status').textContent();
  for (const part of [
    /min\s*−?\d/,
    /max\s*\d/,
    /mean\s*−?\d/,
    /output bias\s*−0\.20839/,
    /samples/,
    / ms/,
  ]) {
    expect(status).toMatch(part);
  }
});

test('the axes stay readable and exact at a half-width of 1e-12', async ({ page, reluscope }) => {
  await reluscope.set({ view: { center: [1.25, -97.5], halfWidth: 1e-12 } });
  const labels = await page.locator('.axisX text').allTextContents();
  expect(labels).toContain('0.0');
  expect(labels.at(-1)).toBe('×10⁻¹² +1.25');
  await expect(page.locator('.axisY .offset')).toHaveText('×10⁻¹² −97.5');
  // The numbers of the colour bar lack many more digits, which must not run into the controls.
  const offset = page.locator('.colorBar .offset');
  await expect(offset).toHaveText(/^×10⁻\S+ \+\d+\.\d{10}/);
  const [number, bar] = [await offset.boundingBox(), await page.locator('.colorBar').boundingBox()];
  expect(number!.x + number!.width).toBeLessThanOrEqual(bar!.x + bar!.width);
  // Nor into the axis.
  expect(number!.x).toBeGreaterThanOrEqual(bar!.x);
  // Least and greatest value differ in their last digits.
  const [least, greatest] = await page.locator('.item .value').allTextContents();
  expect(least).not.toBe(greatest);
  expect(countColors(await reluscope.picture())).toBeGreaterThan(50);
});

test('the key r draws the next seed: state, address and picture change', async ({
  page,
  reluscope,
}) => {
  const before = await reluscope.picture();
  const hashBefore = await reluscope.hash();
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: /seed 1/ })).toBeVisible();
  expect((await reluscope.state()).field.network).toMatchObject({ kind: 'drawn', seed: 1 });
  expect(difference(before, await reluscope.picture())).toBeGreaterThan(0.3);
  const hash = await reluscope.hash();
  expect(hash).not.toBe(hashBefore);
  expect(hash).toContain('seed');
});

test('numbers come with the coarse picture of a network whose full one takes seconds', async ({
  page,
}) => {
  const isFinished = await page.evaluate(async () => {
    const { reluscope } = window as ReluscopeWindow;
    const line = document.querySelector('.reluscope')!.shadowRoot!.querySelector('.status .line')!;
    // The output bias is known without a picture.
    const numbers = () => line.textContent.replace(/output bias.*/, '');
    const before = numbers();
    let finished = false;
    const changed = new Promise<boolean>((resolve) => {
      new MutationObserver((_, observer) => {
        if (numbers() === before) return;
        observer.disconnect();
        resolve(finished);
      }).observe(line, { subtree: true, childList: true, characterData: true });
    });
    reluscope.set({
      field: { network: { kind: 'drawn', widths: [2, 64, 64, 64, 1], activation: 'tanh' } },
    });
    void reluscope.settled().then(() => {
      finished = true;
    });
    return changed;
  });
  expect(isFinished).toBe(false);
});

test('a draw that is constant over the view gives a hint', async ({ page, reluscope }) => {
  await reluscope.set({ field: { widths: [2, 1, 1], seed: 0 } });
  const seed = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const corner = { x: [-0.01, 0.01], y: [-0.01, 0.01], width: 3, height: 3 } as const;
    for (let candidate = 0; candidate < 100; candidate++) {
      scope.set({ field: { seed: candidate } });
      const { values } = scope.reference(corner);
      if (values.every((value) => value === values[0])) return candidate;
    }
    return -1;
  });
  expect(seed).toBeGreaterThanOrEqual(0);
  await reluscope.set({ view: { center: [0, 0], halfWidth: 0.01 } });
  const hint = page.getByText('Constant over this view: reseed or zoom out.');
  await expect(hint).toBeVisible();
  await reluscope.set({ field: { widths: [2, 20, 1], seed: 0 } });
  await expect(hint).toBeHidden();
});

test('the policy of the page allows its own origin only', async ({ page, reluscope }) => {
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  const content = (await policy.getAttribute('content')) ?? '';
  expect(content).toContain("default-src 'none'");
  expect(content).not.toContain('unsafe');
  const refused = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => false,
      () => true,
    ),
  );
  expect(refused).toBe(true);
  // The refusal is told in the console, and nothing left for elsewhere.
  const told = reluscope.complaints.splice(0);
  expect(told.some((text) => text.includes('Content Security Policy'))).toBe(true);
});

freshTest(
  'a very large network comes coarse at first, then finer, long before it is whole',
  async ({ page }) => {
    await page.goto('./#v=2&widths=4096-256-256-256-256');
    const status = page.getByText(/[\d,]+ samples/);
    const samples = async () =>
      Number(/([\d,]+) samples/.exec((await status.textContent())!)![1]!.replaceAll(',', ''));
    // A hundred samples and their numbers; a fortieth of the pixels; a tenth.
    for (const least of [100, 2000, 20_000]) {
      await expect.poll(samples).toBeGreaterThan(least);
      await expect(page.getByText('refining…')).toBeVisible();
    }
    const { width, height } = (await page.locator('canvas.canvas').boundingBox())!;
    expect(await samples()).toBeLessThan((width * height) / 2);
    // The next action is not kept waiting.
    await page.keyboard.press('r');
    await expect.poll(samples).toBeLessThan(20_000);
  },
);
