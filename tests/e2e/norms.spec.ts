import { expect, test } from './fixtures.ts';

test('the norm is chosen with its threshold, and off where it has no effect', async ({
  page,
  reluscope,
}) => {
  const norm = page.getByRole('combobox', { name: 'norm' });
  const threshold = page.getByRole('textbox', { name: 'linear up to' });
  const bar = page.getByRole('img', { name: /^Colours of/ });
  await norm.selectOption('symmetric log');
  await expect(threshold).toHaveValue('auto');
  await threshold.fill('0');
  await threshold.press('Enter');
  await expect(page.getByText('Enter a number greater than 0, or auto.')).toBeVisible();
  await threshold.fill('1/4');
  await threshold.press('Enter');
  expect((await reluscope.state()).norm).toEqual({ kind: 'symlog', linearThreshold: 0.25 });
  expect(await reluscope.hash()).toContain('&norm=symlog:0.25');
  await expect(bar).toHaveAccessibleName(/logarithmic on both sides of 0$/);

  await norm.selectOption('auto');
  await expect(threshold).toBeHidden();
  await reluscope.set({ projection: { kind: 'logRadial', decades: 6 } });
  await expect(bar).toHaveAccessibleName(/each over as much of the picture$/);
  const equalized = await reluscope.picture();
  await norm.selectOption('linear');
  await expect(bar).toHaveAccessibleName(/^Colours of f, from \S+ to \S+$/);
  expect(await reluscope.picture()).not.toEqual(equalized);

  await reluscope.set({ quantity: 'region' });
  await expect(norm).toBeDisabled();
  await expect(norm).toHaveAccessibleDescription(/^Each region has its own colour/);

  const network = { kind: 'drawn', widths: [2, 8, 3], activation: 'relu', seed: 0 };
  await reluscope.set({ quantity: 'value', field: { network, readout: { kind: 'class' } } });
  await expect(bar).toHaveAccessibleName('Colours of classes: class 1, class 2, class 3');
  await expect(bar.locator('.entry')).toHaveText(['class 1', 'class 2', 'class 3']);
  await expect(norm).toHaveAccessibleDescription(/^Each class has its own colour/);
});
