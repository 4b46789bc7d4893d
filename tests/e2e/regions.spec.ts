import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { addStyles } from './addStyles.ts';
import { expect, freshTest, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

const DEEP = { kind: 'mlp', widths: [2, 5, 5, 5, 5, 1], activation: 'relu', seed: 0 };
/** Vertices of the whole plane lie within this half-width (float64 of an exact number). */
const REACH = 204.3193609910916;

/** A count in the panel's table, as '211'. */
function count(page: Page, column: 'view' | 'plane', row: string) {
  return page.locator(`[data-count="${column} ${row}"]`);
}

function openFolder(page: Page) {
  return page.getByRole('button', { name: 'Regions', exact: true }).click();
}

test('scripts get exact counts of a window and of the plane', async ({ page, reluscope }) => {
  const results = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const square = { x: [-1, 1], y: [-1, 1] } as const;
    const plane = await scope.regions({ window: null });
    const cells = await scope.regions({ window: square, cells: true });
    return { plane, cells };
  });
  expect(results.plane).toMatchObject({
    window: null,
    activationRegions: 211,
    linearRegions: 211,
    vertices: 190,
    reach: REACH,
    certified: true,
    bounds: { shallow: 211 },
  });
  expect(results.plane.cells).toBeUndefined();
  const keys = 'activationRegions linearRegions affineFunctions vertices unbounded reach certified';
  for (const result of [results.plane, results.cells]) {
    expect(Object.keys(result)).toEqual(expect.arrayContaining([...keys.split(' '), 'bounds']));
  }
  expect(results.plane).toMatchObject({ affineFunctions: 211, unbounded: 40, generic: true });
  // A sum of twenty numbers, each rounded a few times.
  expect(Math.abs(results.plane.bounds.expectedInUnitSquare! - 81)).toBeLessThanOrEqual(1e-12);
  const { cells, activationRegions } = results.cells;
  expect(cells).toHaveLength(activationRegions);
  const area = cells!.reduce((sum, cell) => sum + cell.area!, 0);
  // Some dozens of areas, each rounded a few times.
  expect(Math.abs(area - 4)).toBeLessThanOrEqual(1e-12);
  await reluscope.set({ field: DEEP });
  const deep = await page.evaluate(() =>
    (window as ReluscopeWindow).reluscope.regions({ window: null }),
  );
  expect(deep).toMatchObject({ activationRegions: 117, linearRegions: 113, certified: true });
  expect(deep.bounds).toMatchObject({ serra: 65536, shallow: null });
});

/** A vertex of the plane far out, as float64 has it, where no region around is too thin to point at. */
function farVertex(page: Page): Promise<[number, number]> {
  return page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const { cells } = await scope.regions({ window: null, cells: true });
    const corners = cells!.flatMap((cell) => cell.corners).filter(([, , w]) => w === 1);
    for (const [x, y] of corners.filter((place) => Math.hypot(place[0], place[1]) > 60)) {
      const around = { center: [x, y], halfWidth: 1e-12 } as const;
      const { cells: near } = await scope.regions({ window: around, cells: true });
      const least = Math.min(...near!.map(({ area }) => area!));
      if (near!.length === 4 && least > 0.028e-24) return [x, y];
    }
    throw new Error('no vertex is far out');
  });
}

test('a window of 10⁻¹² around a far vertex holds the regions that meet there', async ({
  page,
  reluscope,
}) => {
  const center = await farVertex(page);
  await reluscope.set({ view: { center, halfWidth: 1e-12 } });
  const { found, shallow } = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const { view } = scope.state;
    return {
      found: await scope.regions({ window: view, cells: true }),
      shallow: await scope.regions({ window: { ...view, halfWidth: 1e-3 } }),
    };
  });
  expect(found).toMatchObject({ activationRegions: 4, vertices: 1, certified: true });
  expect(shallow).toMatchObject({ activationRegions: 4, vertices: 1 });
  const area = found.cells!.reduce((sum, cell) => sum + cell.area!, 0);
  expect(Math.abs(area / 4e-24 - 1)).toBeLessThanOrEqual(1e-12);
  // The panel says the same, and the exact edges meet where the window has its vertex.
  await openFolder(page);
  await page.keyboard.press('e');
  await expect(count(page, 'view', 'activation regions')).toHaveText(/^[4-9]$/);
  await expect(page.getByText('view: ✓ certified')).toBeVisible();
  const corner = found
    .cells!.flatMap(({ corners }) => corners)
    .find(([x, y]) => Math.max(Math.abs(x), Math.abs(y)) < 0.5e-12)!;
  const { width, height } = await reluscope.box();
  const perUnit = Math.min(width, height) / 2 / 1e-12;
  const [px, py] = [width / 2 + corner[0] * perUnit, height / 2 - corner[1] * perUnit];
  await expect
    .poll(async () => {
      const dots = await page.locator('.arrangement .vertices').getAttribute('d');
      // Pixels are written with two decimals.
      return [...(dots ?? '').matchAll(/M(\S+) (\S+)h0/g)].some(
        ([, x, y]) => Math.abs(Number(x) - px) <= 0.02 && Math.abs(Number(y) - py) <= 0.02,
      );
    })
    .toBe(true);
  // The pointer finds each of them.
  for (const { corners, pattern } of found.cells!) {
    const middle = ([0, 1] as const).map(
      (axis) => corners.reduce((sum, place) => sum + place[axis], 0) / corners.length,
    );
    await reluscope.point(width / 2 + middle[0]! * perUnit, height / 2 - middle[1]! * perUnit);
    await expect(page.locator('.regionCard dd').first()).toHaveText(pattern.join(' '));
  }
  // Saved, its corners count from the centre.
  const downloading = page.waitForEvent('download');
  await page
    .getByRole('group', { name: 'save view' })
    .getByRole('button', { name: 'JSON' })
    .click();
  const saved = JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
  expect(saved.properties.window.center).toEqual(center);
  const sizes = saved.features.flatMap(({ properties }: { properties: { corners: number[][] } }) =>
    properties.corners.map(([x, y]) => Math.max(Math.abs(x!), Math.abs(y!))),
  );
  expect(Math.max(...sizes)).toBeLessThan(2e-12);
});

test('a wrong request says what is expected', async ({ page, reluscope }) => {
  const ask = (request: unknown) =>
    page.evaluate(async (received) => {
      try {
        await (window as ReluscopeWindow).reluscope.regions(received as never);
      } catch (error) {
        return error instanceof Error ? `${error.name}: ${error.message}` : 'no error';
      }
      return 'accepted';
    }, request);
  expect(await ask(undefined)).toMatch(/^InvalidInputError: request/);
  expect(await ask({})).toMatch(/^InvalidInputError: window/);
  expect(await ask({ window: { x: [1, -1], y: [0, 1] } })).toMatch(/^InvalidInputError: window.x/);
  expect(await ask({ window: { x: [0, 1], y: [0, null] } })).toMatch(/InvalidInputError: window.y/);
  expect(await ask({ window: null, cells: 1 })).toMatch(/^InvalidInputError: cells/);
  expect(await ask({ window: null, cell: true })).toMatch(/^InvalidInputError: cell:/);
  await reluscope.set({ field: { kind: 'sigmoid' } });
  expect(await ask({ window: null })).toMatch(
    /^InvalidInputError: field.network: received \[2,1\]/,
  );
});

freshTest('no worker starts before regions are asked for', async ({ page, reluscope }) => {
  await reluscope.openWith({});
  expect(page.workers()).toHaveLength(0);
  await openFolder(page);
  await expect(count(page, 'plane', 'activation regions')).toHaveText('211');
  expect(page.workers().length).toBeGreaterThan(0);
});

test('the panel counts the view and the plane, and the regions with a sample', async ({
  page,
  reluscope,
}) => {
  await openFolder(page);
  await expect(count(page, 'plane', 'activation regions')).toHaveText('211');
  await expect(count(page, 'plane', 'vertices')).toHaveText('190');
  await expect(count(page, 'plane', 'reach')).toHaveText('204.319');
  await expect(page.getByText('plane: ✓ certified')).toBeVisible();
  await expect(page.locator('.bounds')).toContainText('211');
  const { x, y } = await page.evaluate(() => {
    const { view } = (window as ReluscopeWindow).reluscope.state;
    return { x: view.center[0], y: view.halfWidth };
  });
  expect([x, y]).toEqual([0, 5]);
  const grid = page.locator('.gridSees');
  await expect(grid).toHaveText(/^\d+ of \d+ regions contain a sample$/);
  const [seen, all] = (await grid.textContent())!.match(/\d+/g)!.map(Number);
  expect(await count(page, 'view', 'activation regions').textContent()).toBe(String(all));
  expect(seen!).toBeLessThanOrEqual(all!);
  expect(seen!).toBeGreaterThan(all! / 2);
  // In a view of 10⁻⁶ there is no more than a few regions, and the plane's number stays.
  await reluscope.set({ view: { center: [0.3, 0.2], halfWidth: 1e-6 } });
  await expect(count(page, 'view', 'activation regions')).toHaveText('1');
  await expect(grid).toHaveText('1 of 1 regions contain a sample');
  await expect(count(page, 'plane', 'activation regions')).toHaveText('211');
});

test('counts follow reseeding, and other fields have none', async ({ page, reluscope }) => {
  await openFolder(page);
  await reluscope.set({ field: DEEP });
  await expect(count(page, 'plane', 'activation regions')).toHaveText('117');
  const known = [138, 120, 187, 126];
  for (const regions of known) {
    await page.getByRole('button', { name: 'next', exact: true }).click();
    await expect(count(page, 'plane', 'activation regions')).toHaveText(String(regions));
  }
  await expect(page.locator('.bounds')).toContainText('65,536');
  await reluscope.set({ field: { kind: 'sigmoid' } });
  await expect(page.locator('.regionsTable')).toBeHidden();
});

test('counts follow a view while it is dragged', async ({ page, reluscope }) => {
  await openFolder(page);
  const regions = count(page, 'view', 'activation regions');
  await expect(regions).toHaveText(/^\d+$/);
  const before = await regions.textContent();
  const { width, height } = await reluscope.box();
  await reluscope.point(width / 2, height / 2);
  await page.mouse.down();
  await reluscope.point(width / 2 + 250, height / 2 + 200);
  // The button is still held.
  await expect(regions).not.toHaveText(before!);
  const during = Number(await regions.textContent());
  const exact = await page.evaluate(
    async ([halfX, halfY]) => {
      const { reluscope: scope } = window as ReluscopeWindow;
      const { center, centerLow, halfWidth: half } = scope.state.view;
      const x = [-halfX! * half, halfX! * half] as const;
      const y = [-halfY! * half, halfY! * half] as const;
      return (await scope.regions({ window: { x, y, center, centerLow } })).activationRegions;
    },
    [Math.max(1, width / height), Math.max(1, height / width)],
  );
  expect(during).toBe(exact);
  await page.mouse.up();
});

test('a huge network reports the limit, and the page continues', async ({ page, reluscope }) => {
  await openFolder(page);
  // Its picture, which takes long, is not looked at.
  const removeStyles = await addStyles(page, '.picture canvas { display: none !important; }');
  await page.evaluate(() => {
    const { reluscope: scope } = window as ReluscopeWindow;
    scope.set({ field: { kind: 'mlp', widths: [2, 256, 256, 1], seed: 0 } });
  });
  await expect(page.getByText('plane: more than 50,000 regions, the limit here')).toBeVisible({
    timeout: 120_000,
  });
  await removeStyles();
  await reluscope.set({ field: DEEP });
  await expect(count(page, 'plane', 'activation regions')).toHaveText('117');
});

test('flights go to all structure and to the smallest and thinnest region', async ({
  page,
  reluscope,
}) => {
  await openFolder(page);
  await expect(count(page, 'plane', 'activation regions')).toHaveText('211');
  await page.getByRole('button', { name: 'Fit all structure' }).click();
  await expect.poll(() => reluscope.halfWidth()).toBeGreaterThanOrEqual(REACH);
  expect(await reluscope.halfWidth()).toBeLessThanOrEqual(1.1 * REACH);
  expect(await reluscope.center()).toEqual([0, 0]);
  await expect(count(page, 'view', 'vertices')).toHaveText('190');
  for (const name of ['smallest', 'thinnest']) {
    const before = await reluscope.halfWidth();
    await page.getByRole('button', { name, exact: true }).click();
    await expect.poll(() => reluscope.halfWidth()).not.toBe(before);
    expect(await reluscope.halfWidth()).toBeLessThan(1);
    // The region is selected, and its outline is in the picture.
    await expect(page.locator('.regionCard')).toContainText('Selected');
    await expect(page.locator('.arrangement .outline')).toHaveAttribute('d', /^M.*Z$/);
  }
});

test('the overlay tells of the region under the pointer; click selects, escape releases', async ({
  page,
  reluscope,
}) => {
  await page.keyboard.press('e');
  const edges = page.locator('.arrangement .edges');
  await expect(edges).toHaveAttribute('d', /^M/);
  const { width, height } = await reluscope.box();
  await reluscope.point(width / 2, height / 2);
  const card = page.locator('.regionCard');
  await expect(card).toContainText('pattern');
  await expect(card).toContainText('neighbours');
  await expect(card).toContainText('gradient');
  for (const name of ['outline', 'neighbours']) {
    await expect(page.locator(`.arrangement .${name}`)).toHaveAttribute('d', /^M.*Z$/);
  }
  // The card's map is the function: at the middle of the home view, x = 0, it is the constant.
  const expected = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const { values } = scope.reference({ x: [0, 1e-9], y: [0, 1e-9], width: 2, height: 2 });
    return values[0]!;
  });
  const shown = (await card.locator('dd').nth(2).textContent())!;
  const constant = shown.match(/([+−]) ([\d.]+)$/)!;
  const value = Number(constant[2]) * (constant[1] === '−' ? -1 : 1);
  // It is shown to five digits.
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-4 * Math.abs(expected));
  await page.mouse.down();
  await page.mouse.up();
  await expect(card).toContainText('Selected');
  const pattern = await card.locator('dd').first().textContent();
  await reluscope.point(20, 20);
  await expect(card.locator('dd').first()).toHaveText(pattern!);
  await page.keyboard.press('Escape');
  await expect(card.locator('dd').first()).not.toHaveText(pattern!);
  // The keyboard alone: Enter selects the region in the middle.
  await page.mouse.move(5, 5);
  await expect(card).toBeHidden();
  await reluscope.canvas.focus();
  await page.keyboard.press('Enter');
  await expect(card.locator('dd').first()).toHaveText(pattern!);
  await page.keyboard.press('Escape');
  // Off and on again, by itself and with the field.
  await page.keyboard.press('e');
  await expect(edges).toBeHidden();
  await page.keyboard.press('e');
  await expect(edges).toBeVisible();
  const { field } = await reluscope.state();
  await reluscope.set({ field: { kind: 'sigmoid' } });
  await expect(edges).toBeHidden();
  await reluscope.set({ field });
  await expect(edges).toBeVisible();
});

test('a region that the view cuts off tells its area in the view and the whole one', async ({
  page,
  reluscope,
}) => {
  await page.keyboard.press('e');
  await expect(page.locator('.arrangement .edges')).toHaveAttribute('d', /^M/);
  const { width, height } = await reluscope.box();
  // Inside of one region: the picture is all of it that is in view.
  await reluscope.set({ view: { center: [0.3, 0.2], halfWidth: 1e-6 } });
  const card = page.locator('.regionCard');
  const fact = (name: string) =>
    card
      .locator('dl > div', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) })
      .locator('dd');
  await reluscope.point(width / 2, height / 2);
  // The square of the picture.
  await expect(fact('area in view')).toHaveText('4×10⁻¹²');
  const whole = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const { cells: here } = await scope.regions({ window: scope.state.view, cells: true });
    const { cells } = await scope.regions({ window: null, cells: true });
    return cells!.find(({ regionId }) => regionId === here![0]!.regionId)!.area;
  });
  expect(whole).toBeGreaterThan(1e-6);
  const offBy = async (name: string) =>
    Math.abs(Number(await fact(name).textContent()) / whole! - 1);
  // It is shown to five digits.
  await expect.poll(() => offBy('whole area')).toBeLessThanOrEqual(5e-5);
  // All of it in view, it has one area.
  await reluscope.set({ view: { center: [0.3, 0.2], halfWidth: 20 } });
  await reluscope.point(width / 2, height / 2 + 1);
  await expect(fact('area in view')).toHaveCount(0);
  await expect.poll(() => offBy('area')).toBeLessThanOrEqual(5e-5);
  // A legend of several lines is below the card, wherever it ends.
  await page.setViewportSize({ width: 700, height: 900 });
  await reluscope.set({ data: { kind: 'moons', split: { testSize: 0.25, seed: 0 } } });
  await reluscope.point(100, 100);
  await expect(card).toBeVisible();
  const [facts, legend] = await Promise.all(
    [card, page.getByRole('list', { name: 'Legend', exact: true })].map((note) =>
      note.boundingBox(),
    ),
  );
  expect(legend!.height).toBeGreaterThan(45);
  expect(facts!.y + facts!.height).toBeLessThan(legend!.y);
});

test('edges lie where the hinges of the picture are, far out and deep', async ({
  page,
  reluscope,
}) => {
  await page.keyboard.press('e');
  for (const halfWidth of [100, 1e-3, 1e-9]) {
    // A vertex of the network, so that there is something to see at every depth.
    const corner = await page.evaluate(async () => {
      const { cells } = await (window as ReluscopeWindow).reluscope.regions({
        window: { x: [-0.9, 1.1], y: [-0.8, 1.2] },
        cells: true,
      });
      const inside = cells!.flatMap(({ corners }) => corners);
      return inside.find(([x, y]) => Math.abs(x - 0.1) < 0.9 && Math.abs(y - 0.2) < 0.9)!;
    });
    await reluscope.set({ view: { center: [corner[0], corner[1]], centerLow: [0, 0], halfWidth } });
    const { width, height } = await reluscope.box();
    const middle = `${(width / 2).toFixed(2)} ${(height / 2).toFixed(2)}`;
    await expect
      .poll(async () => {
        const dots = await page.locator('.arrangement .vertices').getAttribute('d');
        const [cx, cy] = middle.split(' ').map(Number);
        // Half a pixel: the float64 of the corner, 10⁻¹⁶, in a view of 10⁻⁹ is 10⁻⁴ of a pixel.
        return [...dots!.matchAll(/M(\S+) (\S+)h0/g)].some(
          ([, x, y]) => Math.abs(Number(x) - cx!) <= 0.5 && Math.abs(Number(y) - cy!) <= 0.5,
        );
      })
      .toBe(true);
  }
});

test('a survey of a thousand seeds grows, stops, and is saved as CSV', async ({ page }) => {
  await openFolder(page);
  const action = (name: string) => page.getByRole('button', { name, exact: true });
  const [seeds, stop, csv] = [action('1,000 seeds'), action('stop'), action('CSV')];
  for (const [button, reason] of [
    [stop, 'No survey is running.'],
    [csv, 'Run the survey first.'],
  ] as const) {
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(reason);
  }
  await seeds.click();
  const chart = page.getByRole('img', { name: /^Histogram of/ });
  await expect(chart).toBeVisible();
  await expect(seeds).toBeDisabled();
  await expect(stop).toBeFocused();
  await stop.click();
  await expect(page.getByText(/^stopped after \d+ seeds$/)).toBeVisible();
  await seeds.click();
  await expect(page.getByText('1,000 seeds of 2-20-1')).toBeVisible({ timeout: 120_000 });
  await expect(page.locator('.marks')).toContainText('expected 81');
  await expect(page.locator('.marks')).toContainText('bound 211');
  await expect(chart.locator('line.mark.bound')).toHaveCount(1);
  await expect(chart.locator('line.mark.expected')).toHaveCount(1);
  await expect(chart.locator('line.mark.seed')).toHaveCount(1);
  await expect(page.locator('.marks .seed')).toHaveText(/^seed 0: \d+$/);
  // 81 with a standard deviation of about 15 for one draw, hence 0.5 for the mean of 1,000.
  const mean = Number((await page.locator('.marks .mean').textContent())!.match(/[\d.]+/)![0]);
  expect(Math.abs(mean - 81)).toBeLessThanOrEqual(3);
  const downloading = page.waitForEvent('download');
  await csv.click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('reluscope-regions-2-20-1-square.csv');
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(1001);
  expect(lines[0]).toMatch(/^seed,activation_regions,/);
  expect(lines[1]).toMatch(/^0,\d+,\d+,.*,true$/);
});

test('the regions of the view are saved as SVG and as JSON', async ({ page }) => {
  await openFolder(page);
  await expect(count(page, 'view', 'activation regions')).toHaveText(/\d/);
  const regions = Number(await count(page, 'view', 'activation regions').textContent());
  const group = page.getByRole('group', { name: 'save view' });
  const save = async (name: string) => {
    const downloading = page.waitForEvent('download');
    await group.getByRole('button', { name, exact: true }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(
      `reluscope-mlp-2-20-1-seed0.regions.${name.toLowerCase()}`,
    );
    return readFile(await download.path(), 'utf8');
  };
  const svg = await save('SVG');
  expect(svg.match(/<polygon /g)).toHaveLength(regions);
  const json = JSON.parse(await save('JSON')) as { type: string; features: unknown[] };
  expect(json.type).toBe('FeatureCollection');
  expect(json.features).toHaveLength(regions);
});
