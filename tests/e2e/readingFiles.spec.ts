import { expect, test } from './fixtures.ts';

/** The worker that reads files, as far as the page sees it. */
type ReadingWorker = typeof globalThis & { own?: typeof Worker; ended?: boolean };

test('points are read aside, with their progress, and can be cancelled', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ field: { network: { kind: 'drawn', widths: [784, 8, 3], seed: 1 } } });
  const { slice } = (await reluscope.state()).field;
  // 100 images, in the header that numpy.save writes.
  const dataTransfer = await page.evaluateHandle(() => {
    const [rows, columns] = [100, 784];
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
  const drop = () => page.locator('.app').dispatchEvent('drop', { dataTransfer });

  // A worker that is never done, however fast the machine is.
  await page.evaluate(() => {
    const scope = globalThis as ReadingWorker;
    scope.own = Worker;
    scope.Worker = class {
      onmessage: ((event: MessageEvent) => void) | null = null;
      postMessage({ id }: { id: number }): void {
        const data = { id, kind: 'progress', progress: 0.25 };
        this.onmessage?.(new MessageEvent('message', { data }));
      }
      terminate(): void {
        scope.ended = true;
      }
    } as unknown as typeof Worker;
  });
  await drop();
  const toast = page.locator('.toast', { hasText: 'Reading the points of images.npy' });
  await expect(toast.getByRole('progressbar')).toHaveAttribute('value', '0.25');
  await toast.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.toast')).toHaveCount(0);
  expect((await reluscope.state()).field.slice).toEqual(slice);
  const isEnded = await page.evaluate(() => {
    const scope = globalThis as ReadingWorker;
    scope.Worker = scope.own!;
    return scope.ended;
  });
  expect(isEnded).toBe(true);

  await drop();
  await expect.poll(async () => (await reluscope.state()).field.slice).not.toEqual(slice);
  await reluscope.settled();
});
