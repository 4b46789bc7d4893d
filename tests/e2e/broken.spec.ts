import { PNG } from 'pngjs';
import { expect, freshTest, test } from './fixtures.ts';
import { countColors, difference, LIGHT, type ReluscopeWindow } from './reluscopePage.ts';

/** What the page says in place of the picture. */
function rejection(): Promise<string> {
  return (window as ReluscopeWindow).reluscope.ready.then(
    () => 'resolved',
    (error: Error) => error.message,
  );
}

const MISSING = [
  {
    name: 'no navigator.gpu',
    breakIt: () => {
      delete (Navigator.prototype as { gpu?: GPU }).gpu;
    },
    says: /no WebGPU.*Chrome/,
  },
  {
    name: 'a null adapter',
    breakIt: () => {
      GPU.prototype.requestAdapter = async () => null;
    },
    says: /no graphics adapter.*--enable-unsafe-webgpu/,
  },
  {
    name: 'a refused device',
    breakIt: () => {
      GPUAdapter.prototype.requestDevice = async () => {
        throw new TypeError('not today');
      };
    },
    says: /refused a device.*not today.*reload/,
  },
] as const;

for (const { name, breakIt, says } of MISSING) {
  freshTest(
    `${name}: a readable message with what to do, and the CPU draws`,
    async ({ page, reluscope }) => {
      await page.addInitScript(breakIt);
      await reluscope.open();
      const banner = page.getByRole('status').filter({ hasText: 'WebGPU is not available' });
      await expect(banner).toContainText(says);
      await expect(banner).toBeInViewport();
      expect(countColors(await reluscope.picture())).toBeGreaterThan(50);
      await page.keyboard.press('r');
      expect((await reluscope.state()).field.network).toMatchObject({ seed: 1 });
      const mean = await page.evaluate(() => {
        const grid = { x: [-1, 1], y: [-1, 1], width: 3, height: 3 } as const;
        return (window as ReluscopeWindow).reluscope.reference(grid).values.length;
      });
      expect(mean).toBe(9);
    },
  );
}

freshTest('a shader that does not compile is told as such', async ({ page }) => {
  await page.addInitScript(() => {
    const create = GPUDevice.prototype.createShaderModule;
    GPUDevice.prototype.createShaderModule = function (descriptor) {
      return create.call(this, { ...descriptor, code: `${descriptor.code}\nfn broken( {` });
    };
  });
  await page.goto('./');
  const message = page.getByRole('alert').or(page.getByRole('status'));
  await expect(message.filter({ hasText: /shader/i }).first()).toBeVisible();
});

test.describe('a kernel that does not compile', () => {
  freshTest.use({ allowedComplaints: /Error while parsing WGSL/ });

  freshTest(
    'nothing waits for its picture, and the next one comes',
    async ({ page, reluscope }) => {
      await page.addInitScript(() => {
        const create = GPUDevice.prototype.createShaderModule;
        GPUDevice.prototype.createShaderModule = function (descriptor) {
          const isKernel = descriptor.code.includes('fn evaluate(');
          return create.call(this, isKernel ? { ...descriptor, code: 'fn broken( {' } : descriptor);
        };
        Object.assign(window, {
          mend: () => {
            GPUDevice.prototype.createShaderModule = create;
          },
        });
      });
      await page.goto('./');
      await expect(page.getByRole('status').filter({ hasText: /shader/i })).toBeVisible();
      expect(await page.evaluate(rejection)).toMatch(/shader/i);
      const settled = () =>
        page.evaluate(() =>
          (window as ReluscopeWindow).reluscope.settled().then(
            () => 'resolved',
            (error: Error) => error.message,
          ),
        );
      expect(await settled()).toMatch(/shader/i);
      await page.evaluate(() => (window as unknown as { mend(): void }).mend());
      await reluscope.set({ supersampling: 1, field: { kind: 'mlp', widths: [2, 7, 1] } });
      expect(await settled()).toBe('resolved');
      await expect(page.getByRole('status').filter({ hasText: /shader/i })).toBeHidden();
    },
  );
});

interface Pending {
  /** Timers that have neither ended nor been cleared. */
  readonly pending: ReadonlySet<number>;
}

function watchTimers(): void {
  const pending = new Set<number>();
  const { setTimeout: begin, clearTimeout: clear } = window;
  const set = (action: () => void, delay?: number) => {
    const id = begin(() => {
      pending.delete(id);
      action();
    }, delay);
    pending.add(id);
    return id;
  };
  const unset = (id?: number) => {
    if (id !== undefined) pending.delete(id);
    clear(id);
  };
  Object.assign(window, { setTimeout: set, clearTimeout: unset, pending });
}

freshTest('what is taken down stays down', async ({ page, reluscope }) => {
  await page.addInitScript(watchTimers);
  await reluscope.openWith({});
  const before = await reluscope.hash();
  const answers = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const told = (work: () => unknown) =>
      new Promise((resolve) => resolve(work())).then(
        () => 'done',
        (error: Error) => error.message,
      );
    scope.set({ field: { kind: 'tanh' } });
    scope.destroy();
    return Promise.all([
      told(() => scope.set({ field: { kind: 'lse' } })),
      told(() => scope.settled()),
      told(() => scope.sample({ x: [0, 1], y: [0, 1], width: 2, height: 2 })),
      told(() => scope.regions({ window: null })),
      told(() => scope.toPng()),
      scope.state.field.readout.kind,
      scope.reference({ x: [0, 1], y: [0, 1], width: 2, height: 2 }).values.length,
    ]);
  });
  const gone = 'This Reluscope was destroyed.';
  expect(answers).toEqual([gone, gone, gone, gone, gone, 'tanh', 4]);
  // What was to be done later has been done or given up, the address among it.
  await expect.poll(() => page.evaluate(() => (window as unknown as Pending).pending.size)).toBe(0);
  expect(new URL(page.url()).hash).toBe(before);
});

test.describe('a crash of the GPU process', () => {
  freshTest.use({
    allowedComplaints: /device.*lost|context lost|GPU process|external Instance reference/i,
  });

  freshTest(
    'brings all panels back as they were, twice, and says so once',
    async ({ browser, page, reluscope }) => {
      await reluscope.openWith({});
      await page.evaluate(async (light) => {
        const { reluscope: scope } = window as ReluscopeWindow;
        const network = { kind: 'mlp', widths: [2, 5, 5, 5, 5, 1], seed: 31 } as const;
        const view = { center: [1, 2], halfWidth: 3 };
        const fields = [{ kind: 'lse' }, { kind: 'max' }, network] as const;
        const panels = fields.map((field) => ({ ...light, field, view }));
        // A range by hand takes no part in the shared one.
        Object.assign(panels[2]!, { range: { mode: 'fixed', min: -0.26, max: -0.24 } });
        scope.open({ panels, sharedRange: true, active: 2 });
        await scope.settled();
      }, LIGHT);
      const sheet = () => page.evaluate(() => (window as ReluscopeWindow).reluscope.sheet);
      const pictures = async () => {
        await reluscope.settled();
        const canvases = await reluscope.canvas.all();
        return Promise.all(canvases.map((canvas) => canvas.screenshot()));
      };
      const [shown, before] = [await sheet(), await pictures()];
      expect(before).toHaveLength(3);
      for (const picture of before) {
        expect(countColors(PNG.sync.read(picture))).toBeGreaterThan(20);
      }
      const message = page.getByText(/graphics device was lost/);
      const session = await browser.newBrowserCDPSession();
      for (let crash = 0; crash < 2; crash++) {
        // The command never answers: the process that would is gone.
        session.send('Browser.crashGpuProcess').catch(() => undefined);
        await expect(message).toHaveCount(1);
        await expect(message).toBeVisible();
        await expect(message).toHaveCount(0);
        expect(await sheet()).toEqual(shown);
        const after = await pictures();
        expect(after.map((shot, i) => shot.equals(before[i]!))).toEqual([true, true, true]);
      }
      await page.keyboard.press('r');
      const [old, next] = [before, await pictures()].map((shots) => PNG.sync.read(shots[2]!));
      expect(difference(old!, next!)).toBeGreaterThan(0.1);
    },
  );

  freshTest(
    'delays files, samples and pictures that are asked for, and ends none',
    async ({ browser, page, reluscope }) => {
      await reluscope.openWith({ ...LIGHT, field: { kind: 'lse' } });
      await reluscope.settled();
      const session = await browser.newBrowserCDPSession();
      for (const delay of [0, 150, 400]) {
        const answers = page.evaluate(() => {
          const { reluscope: scope } = window as ReluscopeWindow;
          const grid = { x: [-5, 5], y: [-5, 5], width: 64, height: 64 } as const;
          const works: Record<string, () => Promise<unknown>> = {
            png: () => scope.toPng({ width: 1200, height: 900 }),
            svg: () => scope.toSvg({ width: 1200, height: 900 }),
            sample: () => scope.sample(grid),
            tiles: () => scope.tiles(),
            settled: () => scope.settled(),
          };
          scope.set({ field: { kind: 'mlp', widths: [2, 20, 20, 1] } });
          return Promise.all(
            Object.entries(works).map(([name, work]) =>
              work().then(
                () => name,
                (error: Error) => `${name}: ${error.message}`,
              ),
            ),
          );
        });
        await new Promise((resolve) => setTimeout(resolve, delay));
        session.send('Browser.crashGpuProcess').catch(() => undefined);
        expect(await answers, `${delay} ms`).toEqual(['png', 'svg', 'sample', 'tiles', 'settled']);
      }
    },
  );
});
