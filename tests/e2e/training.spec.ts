import { train } from '../../src/training.ts';
import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

/** Of the shape that the page shows at first, whose kernels it has. */
const RECIPE = {
  data: { kind: 'moons', samples: 200, noise: 0.1, seed: 3 },
  network: { kind: 'drawn', widths: [2, 20, 1], activation: 'relu', seed: 1 },
  loss: 'meanSquaredError',
  optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9 },
  steps: 4000,
};

test('train computes in a worker what Node computes, and the panel shows it', async ({
  page,
  reluscope,
}) => {
  const here = await train(RECIPE);
  const before = await reluscope.state();
  const there = await page.evaluate(async (recipe) => {
    const { reluscope } = window as ReluscopeWindow;
    await reluscope.settled();
    // The kernels are there: a network that learns needs no others.
    let made = 0;
    const create = GPUDevice.prototype.createShaderModule;
    GPUDevice.prototype.createShaderModule = function (...args) {
      made += 1;
      return create.apply(this, args);
    };
    const kinds: string[] = [];
    const makers = new Set<string>();
    const end = reluscope.onChange(({ by }) => void makers.add(by));
    const onStep = () => void kinds.push(reluscope.state.field.network.kind);
    try {
      const { losses, ...result } = await reluscope.train(recipe, { show: true, onStep });
      await reluscope.settled();
      const { network, readout } = reluscope.state.field;
      return {
        ...result,
        losses: Array.from(losses),
        made,
        kinds,
        makers: [...makers],
        shown: network,
        readout,
      };
    } finally {
      end();
      GPUDevice.prototype.createShaderModule = create;
    }
  }, RECIPE);
  expect(there.step).toBe(4000);
  // Both are V8, but maybe not of the same year.
  const error = Math.max(...there.losses.map((loss, i) => Math.abs(loss - here.losses[i]!)));
  expect(error).toBeLessThanOrEqual(1e-9);
  expect(there.accuracy).toBe(here.accuracy);
  expect(there.shown).toEqual({ kind: 'explicit', layers: there.network.layers });
  expect(there.readout).toEqual({ kind: 'output', index: 0 });
  expect(there.makers).toEqual(['script']);
  expect(there.kinds.slice(0, 2)).toEqual(['drawn', 'explicit']);
  expect(there.made).toBe(0);
  // All of it is one step.
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.undo());
  expect(await reluscope.state()).toEqual(before);
});

test('several outputs are shown as classes; what is wrong is named', async ({ page }) => {
  const said = await page.evaluate(async () => {
    const { reluscope } = window as ReluscopeWindow;
    const recipe = { data: { kind: 'exercise' }, network: { kind: 'drawn', widths: [2, 3, 2] } };
    const wrong = reluscope.train({ ...recipe, loss: 'hinge' }).catch((error) => error.message);
    const unfit = reluscope
      .train({ ...recipe, network: { kind: 'drawn', widths: [3, 2] } })
      .catch((error) => `${error.name}: ${error.message}`);
    await reluscope.train({ ...recipe, steps: 2 }, { show: true });
    const { field, shade } = reluscope.state;
    return { wrong: await wrong, unfit: await unfit, readout: field.readout, shade };
  });
  expect(said.wrong).toContain('recipe.loss: received "hinge", expected one of crossEntropy');
  expect(said.unfit).toContain(
    'InvalidInputError: network: received "3 inputs", expected 2 inputs',
  );
  expect([said.readout, said.shade]).toEqual([{ kind: 'class', wins: 'greatest' }, true]);
});
