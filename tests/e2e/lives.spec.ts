import type { createReluscope, Reluscope } from '../../src/reluscope.ts';
import { expect, freshTest, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

const GONE = 'This Reluscope was destroyed.';

freshTest(
  'an instance that is destroyed at once, or while it draws, ends all waits with that',
  async ({ page }) => {
    await page.route('**/host.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><link rel="icon" href="data:,"><div id="a" style="width: 500px; height: 400px"></div>',
      }),
    );
    await page.goto('./host.html');
    const answers = await page.evaluate(async () => {
      const library = '/lib/reluscope.js';
      const { createReluscope: create } = (await import(/* @vite-ignore */ library)) as {
        createReluscope: typeof createReluscope;
      };
      const element = document.getElementById('a')!;
      const told = (work: Promise<unknown>) =>
        work.then(
          () => 'done',
          (error: Error) => error.message,
        );
      const grid = { x: [0, 1], y: [0, 1], width: 2, height: 2 } as const;
      const waitsOf = (scope: Reluscope) => [
        told(scope.ready),
        told(scope.settled()),
        told(scope.sample(grid)),
        told(scope.regions({ window: null })),
        told(scope.tiles()),
        told(scope.toPng({ width: 400, height: 300 })),
      ];
      const atOnce = create(element);
      const waits = waitsOf(atOnce);
      atOnce.destroy();
      const first = await Promise.all(waits);
      // The first is taken away before its device has come, the second while it refines its picture.
      const others: string[] = [];
      for (const isReady of [false, true]) {
        const scope = create(element);
        if (isReady) await scope.ready;
        const more = waitsOf(scope).slice(1);
        scope.destroy();
        scope.destroy();
        others.push(...(await Promise.all(more)));
      }
      // Whoever comes after them draws.
      const last = create(element, { state: { supersampling: 1 } });
      await last.settled();
      last.destroy();
      return { first, others };
    });
    expect(answers.first).toEqual(Array.from({ length: 6 }, () => GONE));
    expect(new Set(answers.others)).toEqual(new Set([GONE]));
  },
);

test('calls end with their signals, and refuse what they do not know', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const scope = (window as ReluscopeWindow).reluscope;
    const told = (work: () => unknown) =>
      new Promise((resolve) => resolve(work())).then(
        () => 'done',
        (error: Error) => `${error.name}: ${error.message}`,
      );
    const controller = new AbortController();
    let progress = 0;
    const png = told(() =>
      scope.toPng({
        width: 2000,
        height: 1500,
        scale: 4,
        signal: controller.signal,
        onProgress: (share) => {
          progress = share;
          controller.abort(new Error('enough'));
        },
      }),
    );
    const ended = await png;
    const atEnd = progress;
    // The device is another one: what goes on there would go on beside this.
    await scope.sample({ x: [0, 1], y: [0, 1], width: 500, height: 500 });
    const unknown = { widht: 400 } as object;
    const grid = { x: [0, 1], y: [0, 1], width: 2, height: 2 } as const;
    return {
      ended,
      share: atEnd,
      later: progress,
      before: await told(() =>
        scope.sample({ ...grid, signal: AbortSignal.abort(new Error('no')) }),
      ),
      refused: await Promise.all([
        told(() => scope.toPng(unknown)),
        told(() => scope.sample({ ...grid, ...unknown })),
        told(() => scope.sample({ ...grid, signal: undefined, ...unknown })),
        told(() => scope.regions({ window: null, signal: undefined, ...unknown })),
        told(() => scope.reference({ ...grid, ...unknown })),
        told(() => scope.regions({ window: null, ...unknown })),
        told(() => scope.set(unknown)),
        told(() => scope.open({ panels: [{}], ...unknown })),
        told(() => scope.addPanel(unknown)),
        told(() => scope.openFigure('softmax', { ...unknown })),
        told(() => scope.regions({ window: { x: [-1e308, 1e308], y: [0, 1] } })),
      ]),
    };
  });
  expect(answers.ended).toBe('Error: enough');
  expect(answers.share).toBeLessThan(1);
  expect(answers.later).toBe(answers.share);
  expect(answers.before).toBe('Error: no');
  const last = answers.refused.pop()!;
  for (const answer of answers.refused) expect(answer).toMatch(/^InvalidInputError: .*widht/);
  expect(last).toMatch(/^InvalidInputError: window\.x/);
});

test('a good state settles after one that could not be drawn', async ({ page }) => {
  const settled = await page.evaluate(async () => {
    const scope = (window as ReluscopeWindow).reluscope;
    const huge = {
      weight: [
        [3e38, 0],
        [0, 3e38],
      ],
      bias: [0, 0],
    } as const;
    scope.set({
      field: { kind: 'lse', lambda: 1e6, logits: huge },
      view: { center: [0, 0], halfWidth: 1e9 },
    });
    await scope.settled().catch(() => undefined);
    scope.set({ field: { kind: 'lse', lambda: 1, logits: null }, view: { halfWidth: 1 } });
    return scope.settled().then(
      () => 'settled',
      (error: Error) => error.message,
    );
  });
  expect(settled).toBe('settled');
});

freshTest(
  'a link that is broken in part shows its rest, and stays until something changes; what is set is in the address at once',
  async ({ page, reluscope }) => {
    const broken = '#v=1&field=mlp&seed=7&x=0&y=0&half=100)&colour=red';
    await reluscope.open(broken);
    expect((await reluscope.state()).field.network).toMatchObject({ seed: 7 });
    const message = page.getByRole('alert').filter({ hasText: /link/ });
    await expect(message).toContainText(/"colour".*; also half\. The rest is kept\./);
    // A picture changes nothing about it.
    await reluscope.settled();
    expect(new URL(page.url()).hash).toBe(broken);
    await page.keyboard.press('r');
    await expect.poll(() => new URL(page.url()).hash).toContain('seed=8');
    expect(new URL(page.url()).hash).not.toContain('colour');
    await page.evaluate(() => {
      const scope = (window as ReluscopeWindow).reluscope;
      scope.set({ field: { kind: 'tanh' }, view: { center: [1, 2], halfWidth: 3 } });
    });
    await page.reload();
    const state = await reluscope.state();
    expect(state.field.readout.kind).toBe('tanh');
    expect(state.view).toEqual({ center: [1, 2], centerLow: [0, 0], halfWidth: 3 });
  },
);
