import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { networkOf } from '../../src/model/drawnNetwork.ts';
import { firstField } from '../../src/model/firstField.ts';
import { listModel } from '../../src/model/models.ts';
import { createModel } from '../../src/models/createModel.ts';
import { DEFAULT_STATE } from '../../src/state/defaults.ts';
import { applyPatch } from '../../src/state/patch.ts';
import { encodeState } from '../../src/state/url.ts';
import { expect, test } from './fixtures.ts';
import { difference, dropFile, LIGHT } from './reluscopePage.ts';
import { violationsOf } from './violations.ts';

const POINTS = resolve(import.meta.dirname, '../reference/points');
const dropPoints = (page: Page, name: string) =>
  dropFile(page, name, new Uint8Array(readFileSync(resolve(POINTS, name))));

/** A link to a network of three inputs and two outputs with names and units, which it holds. */
function linkToNamed(): string {
  const network = networkOf({
    kind: 'drawn',
    widths: [3, 12, 2],
    activation: 'relu',
    seed: 4,
    outputBias: null,
  });
  const unit = { mean: 5000, scale: 10_000 };
  const inputs = [
    { name: 'distance', range: [-0.5, 0.5], unit },
    { name: 'angle', range: [-3, 3], unit: null },
    { name: 'speed', range: [-0.5, 0.5], unit: { mean: 100, scale: 200 } },
  ] as const;
  const outputNames = ['wait', 'turn left'];
  const facts = {
    name: 'advisory',
    inputs,
    outputNames,
    outputUnit: null,
    ending: null,
    notes: [],
  };
  const model = createModel(network, facts);
  listModel(model);
  const { field } = firstField(model);
  const slice = { origin: [0, 0, 0], axis1: [1, 0, 0], axis2: [0, 1, 0] };
  const view = { center: [0, 0], halfWidth: 0.5 };
  const patch = { ...LIGHT, field: { ...field, slice }, view };
  return encodeState(applyPatch(DEFAULT_STATE, patch));
}

test('a network with names and units is read in them', async ({ page, reluscope }) => {
  await page.evaluate((link) => {
    window.location.hash = link;
  }, linkToNamed());
  await expect(page.locator('.axisX')).toContainText('distance');
  await expect(page.locator('.axisY')).toContainText('angle');
  // From 0 to 10,000 about the middle of the range.
  await expect(page.locator('.axisX')).toContainText('8000');
  await expect(page.locator('.colorBar')).toContainText('turn left');

  const slider = page.getByRole('slider', { name: 'speed', exact: true });
  await expect(slider).toHaveAttribute('aria-valuetext', '100');
  const before = await reluscope.picture();
  await slider.fill('1000');
  await expect(slider).toHaveAttribute('aria-valuetext', '200');
  expect((await reluscope.state()).field.slice?.origin).toEqual([0, 0, 0.5]);
  expect(difference(before, await reluscope.picture())).toBeGreaterThan(0.001);

  const center = page.getByRole('textbox', { name: 'centre distance' });
  await expect(center).toHaveValue('5000.000');
  await center.fill('6000');
  await center.press('Enter');
  expect((await reluscope.state()).view.center[0]).toBeCloseTo(0.1, 14);

  await reluscope.point(200, 200);
  const probe = page.locator('.probe');
  await expect(probe).toContainText('distance, angle');
  await expect(probe).toContainText(/speed 200/);
  await expect(probe.locator('table')).toContainText('turn left');
});

test('one of 4096 inputs is found by its number', async ({ page, reluscope }) => {
  await reluscope.set({ field: { network: { kind: 'drawn', widths: [4096, 6, 2], seed: 1 } } });
  const slice = async () => (await reluscope.state()).field.slice!;
  await expect(page.getByText('4078 more: type a number or a name')).toBeVisible();
  const find = page.getByRole('textbox', { name: 'find input' });
  await find.fill('407');
  await find.press('Enter');
  const slider = page.getByRole('slider', { name: 'x₄₀₇₉', exact: true });
  await slider.fill('750');
  expect((await slice()).origin[4078]).toBe(5);
  const vertical = page.getByRole('textbox', { name: 'vertical' });
  await expect(vertical).toHaveValue('x₂');
  await vertical.fill('4096');
  await vertical.press('Enter');
  await expect(vertical).toHaveValue('x₄₀₉₆');
  expect((await slice()).axis2.indexOf(1)).toBe(4095);
  await vertical.fill('5000');
  await vertical.press('Enter');
  await expect(vertical).toHaveAccessibleDescription(/No input that can be set is called “5000”/);
  await vertical.press('Escape');
  await find.fill('');
  await find.press('Enter');
});

test('points of a file span the plane, and are images where the inputs are pixels', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({
    field: {
      network: { kind: 'drawn', widths: [64, 16, 3], seed: 2 },
      readout: { kind: 'class' },
    },
  });
  const images = page.locator('.overlay .image');
  await expect(images).toHaveCount(0);
  await dropPoints(page, 'bars.npz');
  await expect(page.getByText('main directions of the 30 points of bars.npz')).toBeVisible();
  await expect(images).toHaveCount(3);
  await reluscope.point(300, 300);
  const atPointer = page.getByRole('img', {
    name: /^The input as an image of 8 × 8 pixels, black/,
  });
  await expect(atPointer).toBeVisible();

  await dropPoints(page, 'corners.npy');
  await expect(page.getByText('through the three points of corners.npy')).toBeVisible();
  await expect(page.locator('.legend')).toContainText('black 0, white 16');
  const { view } = await reluscope.state();
  expect(view).toMatchObject({ center: [0.5, 0.5], halfWidth: 1 });
  await dropPoints(page, 'plane.csv');
  await expect(page.getByText(/line 2 has 5 numbers, but the network has 64 inputs/)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);

  await page.getByRole('combobox', { name: 'as image' }).selectOption('none');
  await expect(images).toHaveCount(0);
  await expect(atPointer).toHaveCount(0);
  await reluscope.settled();
});
