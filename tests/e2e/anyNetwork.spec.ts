import { expect, test } from './fixtures.ts';
import { countColors, difference, type ReluscopeWindow } from './reluscopePage.ts';

test('a person shows any network, slice and readout by the controls', async ({
  page,
  reluscope,
}) => {
  const menu = (name: string) => page.getByRole('combobox', { name, exact: true });
  const field = async () => (await reluscope.state()).field;

  await test.step('types the widths of a network', async () => {
    await expect(page.getByRole('button', { name: 'Slice', exact: true })).toBeHidden();
    const widths = page.getByRole('textbox', { name: 'widths' });
    await widths.fill('5-10-10-5');
    await widths.press('Enter');
    await expect(menu('horizontal')).toHaveValue('x₁');
    await expect(menu('field')).toHaveValue('custom');
    expect(await field()).toMatchObject({
      network: { widths: [5, 10, 10, 5] },
      slice: { origin: [0, 0, 0, 0, 0], axis1: [1, 0, 0, 0, 0], axis2: [0, 1, 0, 0, 0] },
      readout: { kind: 'output', index: 0 },
    });
  });

  await test.step('shows which output wins, and moves the slice', async () => {
    await menu('readout').selectOption('class that wins');
    const before = await reluscope.picture();
    const slider = page.getByRole('slider', { name: 'x₃', exact: true });
    await slider.fill('800');
    await expect(slider).toHaveAttribute('aria-valuetext', '6');
    expect((await field()).slice?.origin).toEqual([0, 0, 6, 0, 0]);
    expect(difference(before, await reluscope.picture())).toBeGreaterThan(0.01);
    expect(await reluscope.hash()).toMatch(/&slice=5~2:6~/);
  });

  await test.step('chooses other planes, and comes back', async () => {
    await menu('vertical').selectOption('x₅');
    await expect(page.getByRole('slider', { name: 'x₂', exact: true })).toBeVisible();
    expect((await field()).slice).toMatchObject({ axis2: [0, 0, 0, 0, 1] });
    await page.getByRole('button', { name: 'next plane' }).click();
    await expect(menu('horizontal')).toHaveValue('u₁');
    await page.getByRole('button', { name: 'Three points' }).click();
    const point = page.getByRole('textbox', { name: 'at (1, 0)' });
    await point.fill('0, 0, 6, 0, 0');
    await point.press('Enter');
    await expect(point).toHaveAccessibleDescription(/lie on one line/);
    await point.fill('0, 0, 6, 2');
    await point.press('Enter');
    await expect(point).toHaveAccessibleDescription(/4 numbers; there are 5 inputs/);
    await point.fill('0, 0, 6, 2, 0');
    await point.press('Enter');
    expect((await field()).slice).toMatchObject({
      origin: [0, 0, 6, 0, 0],
      axis1: [0, 0, 0, 2, 0],
    });
    await page.getByRole('button', { name: 'x₁, x₂' }).click();
    expect((await field()).slice).toMatchObject({
      origin: [0, 0, 6, 0, 0],
      axis1: [1, 0, 0, 0, 0],
      axis2: [0, 1, 0, 0, 0],
    });
    await page.getByRole('button', { name: 'Three points' }).click();
  });

  await test.step('goes to output 3, and opens all outputs', async () => {
    for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'next output' }).click();
    expect((await field()).readout).toEqual({ kind: 'output', index: 2 });
    await page.getByRole('button', { name: 'all outputs' }).click();
    const { panels, linkedViews } = await page.evaluate(
      () => (window as ReluscopeWindow).reluscope.sheet,
    );
    expect(linkedViews).toBe(true);
    expect(panels.map((panel) => panel.field.readout)).toEqual(
      [0, 1, 2, 3, 4].map((index) => ({ kind: 'output', index })),
    );
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect(reluscope.canvas).toHaveCount(1);
    expect((await field()).readout).toEqual({ kind: 'output', index: 2 });
  });

  await test.step('chooses an activation that has no regions', async () => {
    await menu('quantity').selectOption('activation regions');
    await menu('activation').selectOption('tanh');
    expect(await reluscope.state()).toMatchObject({
      quantity: 'value',
      field: { network: { activation: 'tanh' } },
    });
    expect(countColors(await reluscope.picture())).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'Regions', exact: true }).click();
    await expect(page.getByText('smooth activation has no linear regions')).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'hinge lines' })).toBeDisabled();
    await page.getByRole('button', { name: 'Regions', exact: true }).click();
  });

  await test.step('comes back to the presets, and to the network', async () => {
    const custom = await field();
    await menu('field').selectOption('log-sum-exp');
    expect((await field()).network).toEqual({ kind: 'identity' });
    await expect(menu('horizontal')).toBeHidden();
    await menu('field').selectOption('custom');
    expect(await field()).toEqual(custom);
  });
});
