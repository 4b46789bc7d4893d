import { expect, test } from './fixtures.ts';

test('a large table of points is read aside, and can be cancelled', async ({ page, reluscope }) => {
  await reluscope.set({ field: { network: { kind: 'drawn', widths: [784, 8, 3], seed: 1 } } });
  const { slice } = (await reluscope.state()).field;
  // 10,000 images, in the header that numpy.save writes.
  const dataTransfer = await page.evaluateHandle(() => {
    const [rows, columns] = [10_000, 784];
    const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
    const header = new Uint8Array(128).fill(0x20);
    header.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, 118, 0]);
    header.set(new TextEncoder().encode(text), 10);
    const values = Float32Array.from(
      { length: rows * columns },
      (_, i) => (Math.imul(i + 1, 0x9e3779b1) >>> 0) / 2 ** 32,
    );
    const transfer = new DataTransfer();
    transfer.items.add(new File([header, values], 'images.npy'));
    return transfer;
  });
  await page.locator('.app').dispatchEvent('drop', { dataTransfer });
  const toast = page.locator('.toast', { hasText: 'Reading the points of images.npy' });
  await expect(toast.getByRole('progressbar')).toBeVisible();
  await toast.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.toast')).toHaveCount(0);
  expect((await reluscope.state()).field.slice).toEqual(slice);
});
