import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { encodeSafetensors } from '../../src/formats/safetensors.ts';
import { firstField } from '../../src/model/firstField.ts';
import { listModel } from '../../src/model/models.ts';
import { readModel } from '../../src/models/readModel.ts';
import { DEFAULT_STATE } from '../../src/state/defaults.ts';
import { applyPatch } from '../../src/state/patch.ts';
import { encodeState } from '../../src/state/url.ts';
import { expect, freshTest, test } from './fixtures.ts';
import { dropFile, dropFiles, LIGHT, type ReluscopeWindow } from './reluscopePage.ts';
import { violationsOf } from './violations.ts';

const FOLDER = resolve(import.meta.dirname, '../reference/models');
const bytesOf = (file: string) => new Uint8Array(readFileSync(resolve(FOLDER, file)));
const drop = (page: Page, ...files: string[]) =>
  dropFiles(
    page,
    files.map((file) => [file.replace(/^.*\//, ''), bytesOf(file)]),
  );
const row = (page: Page, name: string) =>
  page.locator('.modelList').getByRole('button', { name: new RegExp(`^${name} `) });
const listed = (page: Page) =>
  page.evaluate(() => (window as ReluscopeWindow).reluscope.models.list());

/** 40-40-4-1, which no link holds, without names of activations. In the plane it is small: its kernels compile soon. */
function withoutActivations(): Uint8Array {
  const widths = [40, 40, 4, 1];
  const layers = widths.slice(1).map((outputs, i) => ({
    inputs: widths[i]!,
    outputs,
    weight: Float32Array.from({ length: outputs * widths[i]! }, (_, j) => Math.sin(j * j + i)),
    bias: Float32Array.from({ length: outputs }, (_, j) => Math.cos(j * j + i)),
    activation: i < 2 ? ('relu' as const) : ('identity' as const),
  }));
  const bytes = encodeSafetensors({ layers }, {});
  // The name of the entry of the same length is no longer ours.
  const at = Buffer.from(bytes).indexOf('reluscope:activations');
  bytes.set(Buffer.from('another'), at);
  return bytes;
}

test('networks that are dropped are shown at once, listed, and forgotten', async ({
  page,
  reluscope,
}) => {
  await drop(page, 'elu.npz');
  await expect(page).toHaveTitle(/elu, output 1, ELU network 3-5-5-5-2/);
  expect((await reluscope.state()).field.network.kind).toBe('model');
  const card = page.locator('.modelCard');
  await expect(card).toContainText(/parameters\s*92/);
  await expect(row(page, 'elu')).toHaveAttribute('aria-pressed', 'true');

  await drop(page, 'small.nnet', 'onnx/ending_softmax.onnx', 'small_state.json');
  await expect(page.getByText(/^3 networks are listed/)).toBeVisible();
  await expect(page).toHaveTitle(/small, ReLU network 2-2-1/);
  await row(page, 'ending_softmax').click();
  await expect(card).toContainText('at the end');
  expect((await reluscope.state()).field.readout.kind).toBe('softmax');
  expect(await violationsOf(page)).toEqual([]);

  // small_state.json is the same network as small.nnet.
  const names = (await listed(page)).map(({ name }) => name);
  expect(names).toEqual(['elu', 'small_state', 'ending_softmax']);
  await page.getByRole('button', { name: 'Forget all' }).click();
  await expect(page.locator('.modelList')).toBeHidden();
  // What was shown can be undone to all the same.
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page).toHaveTitle(/small, ReLU network/);
  await reluscope.settled();
});

test('the button opens files, and what cannot be read is refused with what to do', async ({
  page,
  reluscope,
}) => {
  const before = await reluscope.state();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file…' }).press('Enter'),
  ]);
  expect(chooser.isMultiple()).toBe(true);
  await chooser.setFiles(
    ['torch.pt', 'onnx/refused_branch.onnx'].map((file) => resolve(FOLDER, file)),
  );
  const refused = page.getByRole('alert');
  await expect(refused.filter({ hasText: 'torch.pt: a file of PyTorch' })).toBeVisible();
  const code = refused.locator('pre');
  await expect(code).toContainText('import torch, safetensors.torch');
  expect((await code.innerText()).split('\n')).toHaveLength(3);
  // All of the program can be read.
  const isCut = (code: Element) => code.scrollWidth > code.clientWidth;
  expect(await code.evaluate(isCut)).toBe(false);
  await expect(refused.filter({ hasText: 'refused_branch.onnx: ' })).toBeVisible();
  expect(await reluscope.state()).toEqual(before);
  // Other files take the place of what was said of these.
  await dropFile(page, 'weights.h5', new Uint8Array(readFileSync(resolve(FOLDER, 'weights.h5'))));
  await expect(refused).toHaveCount(1);
  await expect(refused).toContainText('weights.h5: ');
  await refused.getByRole('button', { name: 'Dismiss' }).click();
});

test('activations that a file does not name can be chosen', async ({ page, reluscope }) => {
  await dropFile(page, 'large.safetensors', withoutActivations());
  const menu = page.getByRole('combobox', { name: 'activation', exact: true });
  await expect(page.locator('.modelCard')).toContainText('they were taken to be ReLU');
  await menu.selectOption('tanh');
  await expect(page).toHaveTitle(/tanh network 40-40-4-1/);
  await expect(page.locator('.modelCard')).toContainText('they were chosen here');
  const [model, ...others] = await listed(page);
  expect(others).toEqual([]);
  expect(model!.layers.map(({ activation }) => activation)).toEqual(['tanh', 'tanh', 'identity']);
  await reluscope.settled();
});

test('scripts add networks, read their outputs, and show them', async ({ page }) => {
  const { added, outputs, shown, error } = await page.evaluate(
    async (bytes) => {
      const { reluscope } = window as ReluscopeWindow;
      const { models } = reluscope;
      const made = await models.add(Uint8Array.from(bytes), { name: 'mine' });
      reluscope.set({ field: { network: { kind: 'model', id: made.id } } });
      await reluscope.settled();
      const { activationRegions } = await reluscope.regions({ window: null });
      const wrong = await models.add(new Uint8Array(3)).catch((caught: Error) => caught);
      return {
        added: made,
        outputs: [models.outputs(made.id, [0.5, -1]), reluscope.outputs([0.5, -1])],
        shown: activationRegions,
        error: `${(wrong as Error).name}: ${(wrong as Error).message}`,
      };
    },
    [...bytesOf('small.npz')],
  );
  expect(added).toMatchObject({
    ...{ name: 'mine', outputs: [{ name: null }], readout: { kind: 'output', index: 0 } },
    inputs: Array(2).fill({ name: null, range: null, unit: null }),
  });
  expect(added.layers.map(({ inputs, activation }) => [inputs, activation])).toEqual([
    [2, 'relu'],
    [2, 'identity'],
  ]);
  expect(outputs[0]).toEqual(outputs[1]);
  expect(shown).toBe(4);
  expect(error).toContain('ModelFileError: network: no known format');
});

test('a link holds a small network', async ({ page, reluscope }) => {
  const model = readModel([{ name: 'small.nnet', bytes: bytesOf('small.nnet') }]);
  listModel(model);
  const state = applyPatch(DEFAULT_STATE, { ...LIGHT, ...firstField(model) });
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, encodeState(state));
  await expect(page).toHaveTitle(/small, ReLU network 2-2-1/);
  expect(await reluscope.state()).toEqual(state);
  await reluscope.settled();
});

freshTest(
  'a reload keeps networks; a link to one that is gone asks for its file',
  async ({ page, reluscope }) => {
    await reluscope.openWith({});
    const file = withoutActivations();
    await dropFile(page, 'large.safetensors', file);
    await expect(page).toHaveTitle(/large, ReLU network 40-40-4-1/);
    await expect.poll(() => stored(page)).toBe(1);
    await expect.poll(() => page.url()).toContain('~~large');
    const state = await reluscope.state();
    await page.reload();
    await expect(page).toHaveTitle(/large, ReLU network 40-40-4-1/);
    expect(await reluscope.state()).toEqual(state);

    await page.getByRole('button', { name: 'Forget large' }).click();
    await expect.poll(() => stored(page)).toBe(0);
    await page.reload();
    const request = page.getByText(
      'This link shows a network whose weights it does not hold: “large”.',
    );
    await expect(request).toBeVisible();
    expect(page.url()).toContain('~~large');
    await drop(page, 'elu.npz');
    await expect(
      page.getByText('elu is another network than the one that is asked for.'),
    ).toBeVisible();
    await dropFile(page, 'other-name.safetensors', file);
    await expect(page).toHaveTitle(/ReLU network 40-40-4-1/);
    await expect(request).toBeHidden();
    expect(await reluscope.state()).toEqual(state);
    await reluscope.settled();
  },
);

/** How many networks the browser keeps. */
function stored(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((found, failed) => {
        const opening = indexedDB.open('reluscope');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const count = database.transaction('models').objectStore('models').count();
          count.onsuccess = () => {
            database.close();
            found(count.result);
          };
        };
      }),
  );
}
