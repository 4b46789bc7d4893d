import type { CDPSession, Page } from '@playwright/test';
import type { createReluscope, Reluscope } from '../../src/reluscope.ts';
import { expect, freshTest as test } from './fixtures.ts';

/** What the page around counts. */
type HostWindow = typeof globalThis & {
  createReluscope: typeof createReluscope;
  scopes: Reluscope[];
  made: { devices: number; workers: number };
  ended: { devices: number; workers: number };
};

/** A page that counts devices and workers, with places for many instances. */
async function openHost(page: Page, places: number): Promise<void> {
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><link rel="icon" href="data:,"><body>${'<div style="width: 300px; height: 220px"></div>'.repeat(places)}`,
    }),
  );
  await page.goto('./host.html');
  await page.evaluate(async () => {
    const [made, ended] = [
      { devices: 0, workers: 0 },
      { devices: 0, workers: 0 },
    ];
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = function (...options) {
      made.devices += 1;
      return requestDevice.apply(this, options);
    };
    const { destroy } = GPUDevice.prototype;
    GPUDevice.prototype.destroy = function () {
      ended.devices += 1;
      return destroy.apply(this);
    };
    window.Worker = class extends Worker {
      constructor(...options: ConstructorParameters<typeof Worker>) {
        super(...options);
        made.workers += 1;
      }
      override terminate(): void {
        ended.workers += 1;
        super.terminate();
      }
    };
    const library = '/lib/reluscope.js';
    const { createReluscope: create } = await import(/* @vite-ignore */ library);
    Object.assign(window, { createReluscope: create, scopes: [], made, ended });
  });
}

const inHost = <T>(page: Page, read: (host: HostWindow) => T | Promise<T>) =>
  page.evaluate(`(${read.toString()})(window)`) as Promise<T>;

test('twenty instances share a device and a worker, which end with the last of them', async ({
  page,
}) => {
  await openHost(page, 20);
  await inHost(page, async (host) => {
    const state = { supersampling: 1, gridSamples: 100 } as const;
    const places = [...host.document.querySelectorAll('div')];
    host.scopes = places.map((place) => host.createReluscope(place, { state, tools: false }));
    await Promise.all(host.scopes.map((scope) => scope.ready));
    for (const scope of host.scopes) await scope.regions({ window: null });
  });
  const seen = await inHost(page, ({ made, ended }) => ({ made, ended }));
  expect(seen).toEqual({ made: { devices: 1, workers: 1 }, ended: { devices: 0, workers: 0 } });

  // All but one go, which draws on.
  const left = await inHost(page, async (host) => {
    const [last, ...others] = host.scopes as [Reluscope, ...Reluscope[]];
    for (const scope of others) scope.destroy();
    last.set({ field: { network: { kind: 'drawn', widths: [2, 20, 1], seed: 5 } } });
    await last.settled();
    const ended = { ...host.ended };
    last.destroy();
    return ended;
  });
  expect(left).toEqual({ devices: 0, workers: 0 });
  await expect.poll(() => inHost(page, ({ ended }) => ended)).toEqual({ devices: 1, workers: 1 });
});

/** What is alive in the page once its garbage is collected. */
async function count(session: CDPSession): Promise<Record<string, number>> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const named = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  const { Nodes, JSEventListeners, JSHeapUsedSize } = named;
  return { nodes: Nodes!, listeners: JSEventListeners!, bytes: JSHeapUsedSize! };
}

test('fifty that come and go leave nothing behind', async ({ page }) => {
  await openHost(page, 2);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const comeAndGo = (times: number) =>
    page.evaluate(async (count) => {
      const host = window as unknown as HostWindow;
      const place = host.document.querySelectorAll('div')[1]!;
      for (let i = 0; i < count; i++) {
        const scope = host.createReluscope(place, {
          state: { supersampling: 1, gridSamples: 100 },
        });
        await scope.ready;
        if (i % 10 === 0) await scope.regions({ window: null });
        scope.destroy();
      }
    }, times);
  // One stays, so that kernels need not be compiled again.
  await inHost(page, async (host) => {
    const place = host.document.querySelector('div')!;
    host.scopes = [host.createReluscope(place, { state: { supersampling: 1, gridSamples: 100 } })];
    await host.scopes[0]!.settled();
  });
  await comeAndGo(3);
  const before = await count(session);
  await comeAndGo(50);
  const after = await count(session);
  expect(after.nodes! - before.nodes!).toBeLessThanOrEqual(0);
  expect(after.listeners! - before.listeners!).toBeLessThanOrEqual(0);
  // A single instance takes more.
  expect(after.bytes! - before.bytes!).toBeLessThanOrEqual(1e6);
  expect(await inHost(page, ({ made, ended }) => made.devices - ended.devices)).toBe(1);
  expect(await inHost(page, ({ made, ended }) => made.workers - ended.workers)).toBe(0);
});
