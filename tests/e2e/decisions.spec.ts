import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

/** Five classes in a plane of five inputs. */
const FIELD = {
  network: { kind: 'drawn', widths: [5, 10, 10, 5], activation: 'relu', seed: 4 },
  slice: { origin: [0, 0, 0.5, 0, 0], axis1: [1, 0, 0, 0, 0], axis2: [0, 1, 0, 0, 1] },
  readout: { kind: 'class' },
};

/** Numbers are shown to four digits. */
const SHOWN = 5e-4;

test('the probe shows every output and the winner, and Regions counts what each class has', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ field: FIELD, view: { center: [0, 0], halfWidth: 8 } });
  await reluscope.point(420, 180);
  const probe = page.locator('.probe');
  const point = await reluscope.planeAt(420, 180);
  const expected = await page.evaluate((at) => (window as ReluscopeWindow).reluscope.at(at), point);
  const winner = expected.winner + 1;
  await expect(probe.locator('.main .value')).toHaveText(`class ${winner}`);
  await expect(probe.locator('.outputs .winner th')).toHaveText(`output ${winner}`);
  await expect(probe).toContainText(`output ${winner}, ahead by `);
  const rows = probe.locator('.outputs tbody tr');
  await expect(rows).toHaveCount(5);
  const texts = await rows.locator('.number').allTextContents();
  const shown = texts.map((text) => Number(text.replace('−', '-').replace(/×10⁻.*/, 'e-9')));
  expected.outputs.forEach((value, k) => {
    expect(Math.abs(shown[2 * k]! - value)).toBeLessThanOrEqual(SHOWN * Math.abs(value));
    // A share to three digits.
    expect(Math.abs(shown[2 * k + 1]! - expected.softmax[k]!)).toBeLessThanOrEqual(5e-3);
  });
  await expect(probe).toContainText('u₁, u₂');
  // The third input is fixed.
  await expect(probe).toContainText(/input\(−?[\d.]+, −?[\d.]+, 0\.5, 0, −?[\d.]+\)/);
  // A click marks the point, with the affine map of each output there.
  await expect(rows.filter({ hasText: 'u₁' })).toHaveCount(0);
  await page.mouse.down();
  await page.mouse.up();
  await expect(rows.filter({ hasText: 'u₁' })).toHaveCount(5);
  await expect(page.locator('.picture > .mark')).not.toHaveAttribute('hidden');

  await page.getByRole('button', { name: 'Regions', exact: true }).click();
  const { width, height } = await reluscope.box();
  const { view, plane } = await page.evaluate(
    async ([halfX, halfY]) => {
      const { reluscope: scope } = window as ReluscopeWindow;
      const sides = { x: [-halfX!, halfX!], y: [-halfY!, halfY!] } as const;
      const { decision: inView } = await scope.regions({ window: sides });
      const { decision: inPlane } = await scope.regions({ window: null });
      return { view: inView!, plane: inPlane! };
    },
    [8 * Math.max(1, width / height), 8 * Math.max(1, height / width)],
  );
  const count = (name: string) => page.locator(`[data-count="${name}"]`);
  await expect(count('view decision regions')).toHaveText(String(view.regions));
  await expect(count('plane decision regions')).toHaveText(String(plane.regions));
  const length = Number(await count('view boundary length').textContent());
  // It is shown to five digits.
  expect(Math.abs(length / view.boundaryLength! - 1)).toBeLessThanOrEqual(5e-5);
  const total = view.classes.reduce((sum, { area }) => sum + area!, 0);
  for (const { index, regions, area } of view.classes) {
    const name = `class ${index + 1}`;
    await expect(count(`view ${name}`)).toHaveText(String(regions));
    await expect(count(`plane ${name}`)).toHaveText(String(plane.classes[index]!.regions));
    const percent = Number((await count(`area ${name}`).textContent())!.replace(/\s%/, ''));
    expect(Math.abs(percent - (100 * area!) / total)).toBeLessThanOrEqual(0.05);
  }

  // The lines between classes, and the card of the region under the pointer.
  await page.keyboard.press('e');
  await expect(page.locator('.arrangement .boundary')).toHaveAttribute('d', /^M/);
  await reluscope.point(421, 180);
  await expect(page.locator('.regionCard')).toContainText(`class ${winner}`);
});
