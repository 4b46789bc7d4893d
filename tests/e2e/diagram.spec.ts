import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { ExplicitSource } from '../../src/model/networks.ts';

import { expect, test } from './fixtures.ts';
import type { ReluscopePage } from './reluscopePage.ts';
import { violationsOf } from './violations.ts';

const NETWORK = { kind: 'drawn', widths: [2, 4, 3, 2], activation: 'relu', seed: 2 } as const;
const FIELD = { network: NETWORK, readout: { kind: 'class' } } as const;

const neuron = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const number = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const hinge = (page: Page) => page.locator('.pointedHinge .line');

/** The red, green and blue of the small picture of a neuron, at a share of its width and of its height from below. */
function colorIn(page: Page, name: string, [x, y]: readonly [number, number]) {
  return neuron(page, name).evaluate(
    (button, [right, up]) => {
      const root = button.getRootNode() as ShadowRoot;
      const canvas = root.querySelector<HTMLCanvasElement>('.neuronPictures')!;
      const [at, all] = [button, canvas].map((element) => element.getBoundingClientRect());
      const perUnit = canvas.width / all!.width;
      const place = [
        (at!.left - all!.left + right! * at!.width) * perUnit,
        (at!.bottom - all!.top - up! * at!.height) * perUnit,
      ] as const;
      // A copy: reading the canvas itself again and again would make it slow.
      const copy = new OffscreenCanvas(1, 1).getContext('2d')!;
      copy.drawImage(canvas, ...place, 1, 1, 0, 0, 1, 1);
      return [...copy.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    },
    [x, y],
  );
}

async function layers(reluscope: ReluscopePage): Promise<ExplicitSource['layers']> {
  return ((await reluscope.state()).field.network as ExplicitSource).layers;
}

const VIRIDIS = { low: [68, 1, 84], high: [253, 231, 37] };

/** Whether a colour of viridis is nearer to its upper end. */
function isHigh(color: readonly number[]): boolean {
  const far = (end: readonly number[]) => Math.hypot(...end.map((part, i) => part - color[i]!));
  return far(VIRIDIS.high) < far(VIRIDIS.low);
}

test('each neuron has its own picture over the view; one is shown large, and left again', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ field: FIELD });
  await page.keyboard.press('g');
  await expect(page.locator('.neurons button')).toHaveCount(2 + 4 + 3 + 2);
  const isHighIn = async (x: number) => isHigh(await colorIn(page, 'input 1', [x, 0.5]));
  await expect.poll(() => isHighIn(0.9)).toBe(true);
  expect(await isHighIn(0.1)).toBe(false);
  await reluscope.set({ view: { center: [20, 0] } });
  await expect.poll(() => isHighIn(0.1)).toBe(true);
  await reluscope.set({ view: { center: [0, 0] } });

  // Outputs are compared with the field itself, on both sides of 0.
  await neuron(page, 'input 2').focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  const place = { layer: 1, index: 2, stage: 'activation' };
  await expect(neuron(page, 'neuron 3 of layer 2')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'h₂,₃, neuron 3 of layer 2' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await reluscope.state()).field.readout)
    .toEqual({ kind: 'neuron', ...place });
  await expect(neuron(page, 'neuron 3 of layer 2')).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Escape');
  expect((await reluscope.state()).field.readout).toMatchObject(FIELD.readout);
  await page.keyboard.press('Control+z');
  expect((await reluscope.state()).field.readout).toEqual({ kind: 'neuron', ...place });
  const control = page.getByRole('checkbox', { name: 'diagram (g)' });
  await expect(control).toBeChecked();
  await neuron(page, 'Close the diagram (g)').click();
  await expect(control).not.toBeChecked();
  await expect(page.locator('.neurons')).toBeHidden();
  await expect(reluscope.canvas).toBeFocused();
});

test('the pointer shows a neuron large and its hinge bold', async ({ page, reluscope }) => {
  await reluscope.set({ field: FIELD, diagram: true });
  await neuron(page, 'neuron 2 of layer 1').hover();
  await expect(page.getByRole('heading', { name: 'h₁,₂, neuron 2 of layer 1' })).toBeVisible();
  await expect(hinge(page)).toHaveAttribute('d', /^M[\d.]+ [\d.]+L/);
  // The hinge of a first layer is a line: its ends and a place between them have the pre-activation 0.
  const { weight, bias } = await page
    .evaluate(() => {
      const { reluscope: scope } = window as unknown as { reluscope: { network: () => unknown } };
      return scope.network();
    })
    .then((given) => (given as { layers: { weight: number[][]; bias: number[] }[] }).layers[0]!);
  const d = (await hinge(page).getAttribute('d'))!;
  const [x, y] = d.slice(1).split('L')[0]!.split(' ').map(Number);
  const [x1, x2] = await reluscope.planeAt(x!, y!);
  const { width } = await reluscope.box();
  const z = weight[1]![0]! * x1 + weight[1]![1]! * x2 + bias[1]!;
  expect(Math.abs(z) / Math.hypot(...weight[1]!)).toBeLessThanOrEqual((2 * 10) / width);
  await page.mouse.move(5, 5);
  await expect(hinge(page)).toHaveAttribute('d', '');
});

test('weights are typed, stepped and dragged; each is one step, and everything follows', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ field: FIELD, diagram: true });
  await neuron(page, 'neuron 1 of layer 2').click();
  const bias = number(page, 'bias of h₂,₁');
  await bias.fill('many');
  await bias.press('Enter');
  await expect(page.getByText('Enter a number, e.g. 0.5.')).toBeVisible();
  expect((await reluscope.state()).field.network).toEqual({ ...NETWORK, outputBias: null });
  await bias.fill('1/4');
  await bias.press('Enter');
  await expect(bias).toHaveValue('0.25');
  expect((await layers(reluscope))[1]!.bias[0]).toBe(0.25);
  await expect(page.getByText('The network has weights of its own now.')).toBeVisible();

  const weight = number(page, 'weight of h₁,₃ in h₂,₁');
  const before = (await layers(reluscope))[1]!.weight[0]![2]!;
  const label = page.locator('.weightName', { hasText: 'h₁,₃' });
  await label.hover();
  await page.mouse.down();
  const box = (await label.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2 + 30, box.y, { steps: 4 });
  await page.mouse.up();
  const dragged = (await layers(reluscope))[1]!.weight[0]![2]!;
  expect(dragged).toBeGreaterThan(before);
  // A click ends the drag as a step.
  await weight.click();
  await weight.press('ArrowUp');
  const stepped = (await layers(reluscope))[1]!.weight[0]![2]!;
  expect(stepped).toBeGreaterThan(dragged);
  await page.locator('.title').click();
  for (const expected of [dragged, before]) {
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await layers(reluscope))[1]!.weight[0]![2]).toBe(expected);
  }
  await page.keyboard.press('Control+z');
  expect((await reluscope.state()).field.network.kind).toBe('drawn');

  // A line from the first input to the first neuron, near its beginning, where no other is.
  const [from, to] = await Promise.all(
    ['input 1', 'neuron 1 of layer 1'].map((name) => neuron(page, name).boundingBox()),
  );
  const start = [from!.x + from!.width, from!.y + from!.height / 2] as const;
  const at = [
    start[0] + 0.2 * (to!.x - start[0]),
    start[1] + 0.2 * (to!.y + to!.height / 2 - start[1]),
  ] as const;
  await page.mouse.move(...at);
  await expect(page.locator('.diagramStatus')).toHaveText(/^x₁ → h₁,₁: −?0\.\d+$/);
  await page.mouse.down();
  await page.mouse.move(at[0], at[1] - 40, { steps: 4 });
  await page.mouse.up();
  const [first] = await layers(reluscope);
  await expect(page.locator('.diagramStatus')).toHaveText(/^x₁ → h₁,₁/);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await reluscope.state()).field.network.kind).toBe('drawn');
  expect(first!.weight[0]![0]).not.toBe(before);
});

test('a large network is folded, and its weights are not for editing', async ({
  page,
  reluscope,
}) => {
  const network = { kind: 'drawn', widths: [784, 128, 10], activation: 'relu', seed: 0 };
  await reluscope.set({ field: { network }, diagram: true });
  await expect(page.locator('.neurons button')).toHaveCount(32 + 32 + 10);
  await expect(page.locator('.rankNote').nth(0)).toHaveText('1–32 of 784');
  await neuron(page, 'neuron 32 of layer 1').focus();
  await page.keyboard.press('ArrowDown');
  await expect(neuron(page, 'neuron 33 of layer 1')).toBeFocused();
  await expect(neuron(page, 'neuron 1 of layer 1')).toHaveCount(0);
  await expect(page.getByText('this one has 101,770')).toBeVisible();
  await expect(number(page, 'bias of h₁,₃₃')).not.toBeEditable();
});

test('it is saved as SVG with the picture of each neuron', async ({ page, reluscope }) => {
  await reluscope.set({ field: FIELD, diagram: true });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.diagramHead').getByRole('button', { name: 'SVG' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('reluscope-network-class-2-4-3-2-seed2.svg');
  const svg = readFileSync(await download.path(), 'utf8');
  expect(svg.match(/<image [^>]*href="data:image\/png;base64,/g)).toHaveLength(2 + 4 + 3 + 2);
  expect(svg).toContain('h₂,₃');
});

/** What is wrong with the sizes and places of picture and diagram in a window of this size. */
async function faultsOfLayout(
  reluscope: ReluscopePage,
  width: number,
  height: number,
): Promise<string[]> {
  await reluscope.settled();
  const picture = await reluscope.box();
  const network = (await reluscope.page.locator('.network').boundingBox())!;
  const isApart = network.y >= picture.y + picture.height || network.x >= picture.x + picture.width;
  const isInside = network.x + network.width <= width && network.y + network.height <= height;
  const isPictureLarge = Math.min(picture.width, picture.height) >= 0.3 * Math.min(width, height);
  const isNetworkLarge = Math.min(network.width, network.height) >= 140;
  const holds = { isApart, isInside, isPictureLarge, isNetworkLarge };
  const wrong = Object.entries(holds).filter(([, isTrue]) => !isTrue);
  return wrong.map(([name]) => `${name} ${JSON.stringify({ picture, network })}`);
}

test('picture and diagram both have room in windows of all kinds, and axe finds nothing', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ field: { network: NETWORK }, diagram: true });
  await neuron(page, 'neuron 1 of layer 1').click();
  for (const [width, height] of [
    [1280, 900],
    [768, 1024],
    [390, 844],
    [1000, 420],
  ] as const) {
    await page.setViewportSize({ width, height });
    // The page follows the size of its window a frame later.
    await expect
      .poll(() => faultsOfLayout(reluscope, width, height), { message: `${width} × ${height}` })
      .toEqual([]);
  }
  expect(await violationsOf(page)).toEqual([]);
});
