import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { loadDataSet } from '../../src/data/loadDataSet.ts';
import { readPngState } from '../../src/formats/pngMetadata.ts';
import { boxAround } from '../../src/geometry/boxAround.ts';
import { enumerateRegions } from '../../src/geometry/enumerateRegions.ts';
import { explicitSource } from '../../src/model/parameters.ts';
import { resolve } from '../../src/model/resolve.ts';
import { decodeState } from '../../src/state/url.ts';
import { readRecipe } from '../../src/training/readRecipe.ts';
import { Run } from '../../src/training/run.ts';
import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';
import { violationsOf } from './violations.ts';

const RECIPE = {
  data: { kind: 'moons', samples: 60, noise: 0.1, seed: 1 },
  network: { kind: 'drawn', widths: [2, 6, 4, 2], activation: 'relu', seed: 1 },
  optimizer: { kind: 'adam', learningRate: 0.05 },
  steps: 60,
} as const;

/** The network of a step, trained here. */
async function trainedTo(recipe: object, step: number) {
  const read = readRecipe(recipe);
  const set = await loadDataSet(read.data);
  const run = new Run(read, set);
  run.goTo(step);
  return { network: explicitSource(run.network, 'network'), set };
}

/** The steps that the panels show. */
function stepsOf(page: Page): Promise<readonly (number | undefined)[]> {
  return page.evaluate(() =>
    (window as ReluscopeWindow).reluscope.panels.map(({ run }) => run?.step),
  );
}

test('the runs of a figure are played together; one diverges, and stops at the step before', async ({
  page,
}) => {
  await page.evaluate(() => {
    (window as ReluscopeWindow).reluscope.openFigure('learning-rate', { step: 0 });
  });
  const training = page.getByRole('group', { name: 'Training' });
  await expect(page.getByText('learning rate 3: diverges at step 7')).toBeVisible();
  await expect(page.locator('.caption')).toContainText('Step 6 is kept. Try a tenth of the rate');
  await training.getByRole('button', { name: 'One step (.)' }).click();
  await expect.poll(() => stepsOf(page)).toEqual([1, 1, 1]);
  await training.getByRole('combobox').selectOption('25 steps');
  await training.getByRole('button', { name: 'Play (space)' }).click();
  await expect(training).toContainText('step 300 of 300');
  await expect(training.getByRole('button', { name: 'Play (space)' })).toBeVisible();
  await expect.poll(() => stepsOf(page)).toEqual([300, 300, 6]);
  // A panel follows, and leads all others, too.
  const bars = page.getByRole('region', { name: 'Training' });
  await expect(bars.nth(1).getByRole('status')).toContainText(
    /^step 300 of 300 · loss .*99 % right/,
  );
  await expect(bars.nth(1).getByRole('button', { name: 'Play (space)' })).toBeHidden();
  const curve = bars.nth(1).getByRole('img', { name: /^Loss of 300 steps/ });
  const { width } = (await curve.boundingBox())!;
  await curve.click({ position: { x: width / 3, y: 20 } });
  await expect.poll(async () => (await stepsOf(page))[0]).toBeLessThan(150);
  const [step] = await stepsOf(page);
  await expect.poll(() => stepsOf(page)).toEqual([step, step, 6]);
  await expect.poll(() => page.evaluate(() => location.hash)).toContain(`&step=${step}`);
  expect(await page.evaluate(() => location.hash)).not.toContain('panel=');
  await expect(page.getByText('learning rate 0.3')).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});

test('the bar of a run has its exact region counts by step', async ({ page, reluscope }) => {
  await reluscope.set({
    run: { recipe: RECIPE, step: 40 },
    field: { readout: { kind: 'class' } },
    view: { halfWidth: 2 },
  });
  const { network, set } = await trainedTo(RECIPE, 40);
  const field = { network, slice: null, readout: { kind: 'output', index: 0 } } as const;
  const window = boxAround(set.train.x);
  const { linearRegions } = enumerateRegions(resolve(field).whole, { window });
  const bar = page.getByRole('region', { name: 'Training' });
  await expect(bar.getByRole('status')).toContainText(`${linearRegions} regions around the points`);
  // At rest the curves become whole: 20 even steps, and the one that is shown.
  const curve = bar.getByRole('img', { name: /^Regions around the points at 21 steps/ });
  await expect(curve).toBeVisible();
  const { width } = (await curve.boundingBox())!;
  await curve.hover({ position: { x: width / 2, y: 20 } });
  await expect(bar).toContainText(/regions, step 20: \d+/);
  await curve.click({ position: { x: width / 2, y: 20 } });
  await expect.poll(async () => (await reluscope.state()).run?.step).toBe(20);
  await page.mouse.move(0, 0);
  await reluscope.settled();
});

test('a point is chosen, moved and taken away by keyboard, and undo brings it back', async ({
  page,
  reluscope,
}) => {
  const x = [
    [0.5, 0.5],
    [0.1, 0],
  ];
  await reluscope.set({
    data: { kind: 'points', x, y: [0, 1] },
    view: { center: [0, 0], halfWidth: 1 },
  });
  const points = async () => (await reluscope.state()).data as unknown as { x: number[][] };
  await reluscope.canvas.focus();
  await page.keyboard.press('c');
  await page.keyboard.press('m');
  const said = page.locator('.chosenWords');
  await expect(said).toHaveText('point 2 of 2, class 2, at (0.100, 0.000)');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(async () => (await points()).x[1]).toEqual([0.12, -0.002]);
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await points()).x).toEqual([x[0]]);
  await expect(said).toHaveText('');
  await page.keyboard.press('[');
  await expect.poll(async () => (await points()).x[1]).toEqual([0.12, -0.002]);
  await page.keyboard.press('[');
  await expect.poll(async () => (await points()).x).toEqual(x);
  await page.keyboard.press('Escape');
});

test('the command line trains, and draws numbered pictures of the steps', async () => {
  const [recipe, net, frames, losses] = ['r.json', 'net.json', 'frames', 'losses.csv'].map((name) =>
    test.info().outputPath(name),
  ) as [string, string, string, string];
  writeFileSync(recipe, JSON.stringify({ ...RECIPE, steps: 15 }));
  const args = ['train', recipe, '-o', net, '--frames', frames, '--every', '10'];
  const table = ['--losses', losses, '--regions'];
  const options = ['--size', '300x300', '--site', 'dist/e2e', '-q'];
  const run = promisify(execFile);
  await run(process.execPath, ['bin/reluscope.mjs', ...args, ...table, ...options]);
  expect(readdirSync(frames).sort()).toEqual(['0.png', '1.png', '2.png']);
  for (const [i, step] of [0, 10, 15].entries()) {
    const bytes = readFileSync(`${frames}/${i}.png`);
    expect(PNG.sync.read(bytes)).toMatchObject({ width: 300, height: 300 });
    const { state } = decodeState(readPngState(bytes)!);
    expect(state.run).toMatchObject({ step, recipe: { steps: 15 } });
  }
  const { network } = await trainedTo({ ...RECIPE, steps: 15 }, 15);
  const { layers } = JSON.parse(readFileSync(net, 'utf8'));
  expect(layers).toHaveLength(3);
  expect(layers[0].weight).toEqual(network.layers[0]!.weight);
  const rows = readFileSync(losses, 'utf8').trim().split('\n');
  expect(rows[0]).toBe('step,loss,regions');
  const counted = rows.slice(1).filter((row) => /,\d+$/.test(row));
  expect(counted.map((row) => Number(row.split(',')[0]))).toEqual([0, 10, 15]);
});
