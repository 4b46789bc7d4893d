import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

const RECIPE = {
  data: { kind: 'moons', samples: 60, noise: 0.1, seed: 1, split: { testSize: 0.25, seed: 0 } },
  network: { kind: 'drawn', widths: [2, 6, 2], activation: 'relu', seed: 1 },
  optimizer: { kind: 'adam', learningRate: 0.05 },
  steps: 40,
} as const;

test('a network learns below its picture, step by step, and a link brings it back', async ({
  page,
  reluscope,
}) => {
  const scope = <T>(read: (of: ReluscopeWindow['reluscope']) => T) =>
    page.evaluate(`(${read.toString()})(window.reluscope)`) as Promise<Awaited<T>>;
  const step = () => scope(({ state }) => state.run?.step);
  const makers = await page.evaluate(async (recipe) => {
    const { reluscope: own } = window as ReluscopeWindow;
    const by: string[] = [];
    const end = own.onChange((change) => void by.push(change.by));
    own.set({
      run: { recipe, step: 12 },
      field: { readout: { kind: 'class' } },
      view: { halfWidth: 2 },
    });
    await own.settled();
    end();
    return by;
  }, RECIPE);
  // That it comes to the step follows from what the script has set.
  expect(makers).toEqual(['script', 'script']);
  const bar = page.getByRole('region', { name: 'Training' });
  await expect(bar.getByRole('status')).toContainText(/^step 12 of 40 · loss .* right; test loss/);
  // The numbers of the run itself.
  const [shown, own] = await page.evaluate(async (recipe) => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const { network } = await scope.train({ ...recipe, steps: 12 });
    return [scope.network().layers, network.layers];
  }, RECIPE);
  expect(shown).toEqual(own);
  // Who asks for numbers while the run is on its way gets those of the step.
  const [early, late] = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const ask = async () => {
      const [grid, counts] = [
        { x: [-1, 1], y: [-1, 1], width: 2, height: 2 },
        { window: null },
      ] as const;
      const [{ values }, { vertices }] = await Promise.all([
        scope.sample(grid),
        scope.regions(counts),
      ]);
      return [...values, vertices];
    };
    scope.set({ run: { step: 0 }, field: { readout: { kind: 'output', index: 0 } } });
    await scope.settled();
    scope.set({ run: { step: 30 } });
    const first = await ask();
    await scope.settled();
    const second = await ask();
    scope.set({ run: { step: 12 }, field: { readout: { kind: 'class' } } });
    await scope.settled();
    return [first, second];
  });
  expect(early).toEqual(late);

  await bar.getByRole('button', { name: 'One step (.)' }).click();
  await expect.poll(step).toBe(13);
  const tick = await page.locator('svg.axis text').first().elementHandle();
  await bar.getByRole('button', { name: 'Play (space)' }).click();
  await expect.poll(step).toBe(40);
  await expect(bar.getByRole('button', { name: 'Play (space)' })).toBeVisible();
  await expect(bar.getByRole('img', { name: /^Loss of 40 steps/ })).toBeVisible();
  // The page is painted only where a step has changed it.
  expect(await tick?.evaluate((text) => text.isConnected)).toBe(true);
  await bar.getByRole('slider', { name: 'step' }).fill('7');
  await expect.poll(step).toBe(7);
  await scope((of) => of.settled());
  const seventh = await scope((of) => of.network().layers);

  const link = await reluscope.hash();
  expect(link).not.toContain('layers');
  await scope((of) => of.set({ field: { kind: 'lse' } }));
  expect(await step()).toBeUndefined();
  await expect(bar).toBeHidden();
  // Or else the address would still be the link.
  await reluscope.hash();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link);
  await expect.poll(step).toBe(7);
  await scope((of) => of.settled());
  expect(await scope((of) => of.network().layers)).toEqual(seventh);

  await page.keyboard.press('.');
  await expect.poll(step).toBe(8);
  await bar.getByRole('button', { name: 'Back to step 0' }).click();
  await expect.poll(step).toBe(0);
  await reluscope.settled();
});

test('the controls let the shown network learn, and stop', async ({ page, reluscope }) => {
  await reluscope.set({ field: { kind: 'mlp', widths: [2, 5, 1] } });
  await page.evaluate(() => {
    const root = document.querySelector('.reluscope')!.shadowRoot!;
    const titles = [...root.querySelectorAll<HTMLElement>('.lil-title')];
    titles.find(({ textContent }) => textContent === 'Training')!.click();
  });
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const bar = page.getByRole('region', { name: 'Training' });
  await expect(bar.getByRole('status')).toContainText('step 0 of 5,000');
  const run = await page.evaluate(() => (window as ReluscopeWindow).reluscope.state.run);
  expect(run).toMatchObject({
    recipe: { data: { kind: 'moons' }, network: { widths: [2, 5, 2] }, loss: 'crossEntropy' },
  });
  // Other data have three classes: the network goes on with as many outputs.
  await page.evaluate(() => {
    const root = document.querySelector('.reluscope')!.shadowRoot!;
    const titles = [...root.querySelectorAll<HTMLElement>('.lil-title')];
    titles.find(({ textContent }) => textContent === 'Data')!.click();
  });
  await page.getByRole('combobox', { name: 'data', exact: true }).selectOption('blobs');
  await expect(bar.getByRole('status')).toContainText(/^step 0 of 5,000 · loss/);
  const refusal = await page.evaluate(() => {
    const { reluscope: scope } = window as ReluscopeWindow;
    try {
      scope.set({ run: { recipe: { network: { kind: 'drawn', widths: [2, 5, 2] } } } });
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(refusal).toBe(
    'network: received "2 outputs", expected 3 outputs for the 3 classes of the data',
  );
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(bar).toBeHidden();
  const state = await page.evaluate(() => (window as ReluscopeWindow).reluscope.state);
  expect(state.run).toBeNull();
  expect(state.field.network.kind).toBe('explicit');
});
