import { expect, test } from './fixtures.ts';
import { difference } from './reluscopePage.ts';

test('widths are typed, and presets chosen; the parameter count follows', async ({
  page,
  reluscope,
}) => {
  const widths = page.getByRole('textbox', { name: 'widths' });
  await widths.fill('8, 8');
  await widths.press('Enter');
  await expect(widths).toHaveValue('2-8-8-1');
  await expect(page.getByText('105 parameters').first()).toBeVisible();
  await page.getByRole('button', { name: 'deep' }).click();
  await expect(widths).toHaveValue('2-5-5-5-5-1');
  await expect(page.getByText('111 parameters').first()).toBeVisible();
  expect((await reluscope.state()).field.network).toMatchObject({ widths: [2, 5, 5, 5, 5, 1] });
});

test('wrong widths show an error beside them, and lose nothing', async ({ page, reluscope }) => {
  const before = await reluscope.state();
  const widths = page.getByRole('textbox', { name: 'widths' });
  const error = page.getByText('“5000” is not a width: use whole numbers from 1 to 4096.');
  await widths.fill('20, 5000');
  await widths.press('Enter');
  await expect(error).toBeVisible();
  await expect(widths).toHaveAttribute('aria-invalid', 'true');
  await expect(widths).toHaveAccessibleDescription(/is not a width/);
  // The typed text stays through other changes, and the old network stays on the screen.
  await page.getByRole('button', { name: 'next', exact: true }).click();
  await expect(widths).toHaveValue('20, 5000');
  const network = { ...before.field.network, seed: 1 };
  expect(await reluscope.state()).toEqual({ ...before, field: { ...before.field, network } });
  await widths.fill('20, 30');
  await widths.press('Enter');
  await expect(error).toBeHidden();
  expect((await reluscope.state()).field.network).toMatchObject({
    widths: [2, 20, 30, 1],
    seed: 1,
  });
  await widths.fill('nonsense');
  await widths.press('Escape');
  await expect(widths).toHaveValue('2-20-30-1');
});

test('seeds are typed, stepped and chosen at random', async ({ page, reluscope }) => {
  const seed = page.getByRole('textbox', { name: 'seed' });
  await seed.fill('41');
  await seed.press('Enter');
  await page.getByRole('button', { name: 'next', exact: true }).click();
  await expect(seed).toHaveValue('42');
  expect((await reluscope.state()).field.network).toMatchObject({ seed: 42 });
  const newSeed = page.getByRole('group', { name: 'new seed' });
  await newSeed.getByRole('button', { name: 'random' }).click();
  await expect(seed).not.toHaveValue('42');
  await seed.fill('4.5');
  await seed.press('Enter');
  await expect(page.getByText('Enter a whole number from −(2⁵³ − 1)')).toBeVisible();
});

test('controls act on the state, also before it is shown', async ({ page, reluscope }) => {
  await page.evaluate(() => {
    const root = document.querySelector('.reluscope')!.shadowRoot!;
    const button = [...root.querySelectorAll('button')].find(
      ({ textContent, offsetParent }) => textContent === 'next' && offsetParent !== null,
    )!;
    const widths = [...root.querySelectorAll('input')].find(({ value }) => value === '2-20-1')!;
    // All within one frame.
    button.click();
    button.click();
    widths.value = '2-8-1';
    widths.dispatchEvent(new Event('change'));
  });
  expect((await reluscope.state()).field.network).toMatchObject({ widths: [2, 8, 1], seed: 2 });
});

test('the output bias can be set to 4, and back to the random one', async ({ page, reluscope }) => {
  const status = page.locator('.item', { hasText: 'output bias' }).locator('.value');
  await expect(status).toHaveText('−0.20839');
  const mode = page.getByRole('group', { name: 'output bias' });
  await mode.getByRole('button', { name: 'custom' }).click();
  await expect(status).toHaveText('4');
  expect((await reluscope.state()).field.network).toMatchObject({ outputBias: 4 });
  await mode.getByRole('button', { name: 'random' }).click();
  await expect(status).toHaveText('−0.20839');
  expect((await reluscope.state()).field.network).toMatchObject({ outputBias: null });
});

test('λ has stops, a logarithmic slider for mouse and keyboard, and can be typed', async ({
  page,
  reluscope,
}) => {
  await page.getByRole('combobox', { name: 'field' }).selectOption('log-sum-exp');
  const slider = page.getByRole('slider', { name: 'λ' });
  await expect(slider).toBeVisible();
  await page.getByRole('button', { name: '100', exact: true }).first().click();
  expect((await reluscope.state()).field.readout).toEqual({ kind: 'lse', lambda: 100 });
  await expect(slider).toHaveAttribute('aria-valuetext', '100');
  await slider.press('ArrowRight');
  expect((await reluscope.state()).field.readout).toMatchObject({ lambda: 130 });
  // A quarter of the way from 10⁻³ to 10⁶ on a logarithmic scale, give or take half a knob.
  const box = (await slider.boundingBox())!;
  await slider.click({ position: { x: box.width / 4, y: box.height / 2 } });
  const { readout } = (await reluscope.state()).field;
  const power = 'lambda' in readout ? Math.log10(readout.lambda) : Number.NaN;
  expect(Math.abs(power - -0.75)).toBeLessThan(0.8);
  const typed = page.getByRole('textbox', { name: 'λ' });
  await typed.fill('2e6');
  await typed.press('Enter');
  await expect(page.getByText('Enter a number from 0.001 to 1×10⁶.')).toBeVisible();
  await typed.fill('0.25');
  await typed.press('Enter');
  expect((await reluscope.state()).field.readout).toMatchObject({ lambda: 0.25 });
});

test('a change of field and back loses nothing, and shows the controls of its kind', async ({
  page,
  reluscope,
}) => {
  const kind = page.getByRole('combobox', { name: 'field' });
  await reluscope.set({ field: { widths: [2, 7, 1], seed: 12 } });
  const { field } = await reluscope.state();
  await kind.selectOption('softmax');
  await expect(page.getByRole('textbox', { name: 'widths' })).toBeHidden();
  await page.getByRole('combobox', { name: 'logits' }).selectOption('random');
  const count = page.getByRole('textbox', { name: 'K' });
  await count.fill('7');
  await count.press('Enter');
  await page.getByRole('combobox', { name: 'component' }).selectOption('7');
  expect((await reluscope.state()).field).toMatchObject({
    network: { widths: [2, 7] },
    readout: { kind: 'softmax', index: 6 },
  });
  await kind.selectOption('sigmoid neuron');
  await expect(page.getByRole('slider', { name: 'w₁' })).toBeVisible();
  await expect(page.locator('.pointLabel')).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'example points' }).check();
  await expect(page.locator('.pointLabel')).toHaveCount(4);
  await expect(page.locator('.legend')).toContainText('0.3845');
  await kind.selectOption('ReLU network');
  expect((await reluscope.state()).field).toEqual(field);
});

test('quantity, colour map, range, contours, hinges and samples reach the state', async ({
  page,
  reluscope,
}) => {
  const before = await reluscope.picture();
  await page.getByRole('combobox', { name: 'quantity' }).selectOption('‖∇f‖ exact');
  await page.getByRole('combobox', { name: 'colour map' }).selectOption('magma');
  await page.getByRole('checkbox', { name: 'filled contours' }).check();
  await page.getByRole('checkbox', { name: 'contour lines' }).check();
  await page.getByRole('checkbox', { name: 'hinge lines' }).check();
  await page.getByRole('button', { name: '2×' }).click();
  expect(await reluscope.state()).toMatchObject({
    quantity: 'gradientNorm',
    colormap: 'magma',
    contours: { filled: true, lines: true },
    hinges: true,
    supersampling: 2,
  });
  await expect(page.locator('.legend')).toHaveText('layer 1');
  expect(difference(before, await reluscope.picture())).toBeGreaterThan(0.3);
});

test('a fixed range begins with the shown one, and must not be empty', async ({
  page,
  reluscope,
}) => {
  // Before the click: what is drawn after it may begin with a coarse picture.
  const [least, greatest] = (await page.locator('.item .value').allTextContents()).map((text) =>
    Number(text.replace('−', '-')),
  );
  await page.getByRole('button', { name: 'fixed' }).click();
  const { range } = await reluscope.state();
  const { mode, min, max: most } = range as { mode: string; min: number; max: number };
  expect(mode).toBe('fixed');
  // Both are rounded, the range to four digits: −0.5771 and 1.075.
  expect(Math.abs(min - least!)).toBeLessThanOrEqual(6e-5);
  expect(Math.abs(most - greatest!)).toBeLessThanOrEqual(6e-4);
  const max = page.getByRole('textbox', { name: 'max' });
  await max.fill('-3');
  await max.press('Enter');
  await expect(page.getByText('Enter a number greater than min.')).toBeVisible();
  await max.fill('2');
  await max.press('Enter');
  expect((await reluscope.state()).range).toEqual({ mode: 'fixed', min, max: 2 });
  await page.getByRole('button', { name: 'symmetric' }).click();
  expect((await reluscope.state()).range).toEqual({ mode: 'symmetric' });
});

test('the panel closes and opens, and leaves its room to the picture', async ({ page }) => {
  // The picture is a square, which may be as high as its room already.
  const widthOfRoom = async () => (await page.locator('.room').boundingBox())!.width;
  const width = await widthOfRoom();
  await page.keyboard.press('p');
  await expect(page.getByRole('combobox', { name: 'field' })).toBeHidden();
  expect(await widthOfRoom()).toBeGreaterThan(width + 250);
  await page.getByRole('button', { name: 'Controls (p)' }).click();
  await expect(page.getByRole('combobox', { name: 'field' })).toBeVisible();
  expect(await widthOfRoom()).toBe(width);
});
