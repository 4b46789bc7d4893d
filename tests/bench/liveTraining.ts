import type { Page } from 'playwright';
import { type Spread, spreadOf } from './statistics.ts';

export interface LiveResult {
  readonly canvas: readonly [number, number];
  /** Each second. */
  readonly pictures: number;
  /** Milliseconds from a key to the first frame on the screen that shows its effect. */
  readonly keyMs: Spread;
}

export const LIVE_CANVAS = { width: 700, height: 700 };
const WIDTHS = [2, 5, 5, 5, 5, 2];
const STATE = {
  view: { center: [0.5, 0.25], halfWidth: 2.5 },
  ...({ hinges: false, boundaries: true, shade: true, supersampling: 1 } as const),
  field: { readout: { kind: 'class' } },
  run: {
    recipe: {
      data: { kind: 'moons', samples: 200, noise: 0.2, seed: 1 },
      network: { kind: 'drawn', widths: WIDTHS, activation: 'relu', seed: 1 },
      loss: 'crossEntropy',
      optimizer: { kind: 'adam', learningRate: 0.02 },
      steps: 100_000,
    },
  },
} as const;
const MEASURED_MS = { full: 4000, quick: 1500 };
const KEYS = { full: 20, quick: 6 };
/** From one key to the next, at least; a person who zooms step by step is no faster. */
const KEY_MS = 250;

/** Shows the network that will learn, at step 0. */
export async function showLive(page: Page): Promise<void> {
  await page.evaluate(async (state) => {
    reluscope.set({ ...state, run: { ...state.run, step: 0 } });
    await reluscope.settled();
  }, STATE);
}

/**
 * Lets a small network learn with its picture, class boundary and exact counts, and presses keys that zoom. The picture on the canvas moves
 * in the task of the key, so the browser's own time from the key to the next frame on its screen is that to its effect.
 */
export async function measureLive(page: Page, quick: boolean): Promise<LiveResult> {
  const amount = quick ? 'quick' : 'full';
  await page.evaluate(() => {
    globalThis.keyTimes = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) {
        if (name === 'keydown') keyTimes.push(duration);
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await page.locator('canvas.canvas').focus();
  await page.keyboard.press(' ');
  await page.waitForFunction(() => reluscope.state.run!.step > 10);
  const read = () => page.evaluate(() => ({ pictures: watch.pictures, now: performance.now() }));
  const before = await read();
  await page.waitForTimeout(MEASURED_MS[amount]);
  const after = await read();
  await page.evaluate(() => keyTimes.splice(0));
  for (let key = 0; key < KEYS[amount]; key += 1) {
    await page.keyboard.press(key % 2 === 0 ? '+' : '-');
    // Not in step with the pictures.
    await page.waitForTimeout(KEY_MS * (1 + ((key * 0.618) % 1)));
  }
  await page.keyboard.press(' ');
  const times = await page.evaluate(async () => {
    await reluscope.settled();
    return keyTimes;
  });
  const { width, height } = (await page.locator('canvas.canvas').boundingBox())!;
  const seconds = (after.now - before.now) / 1000;
  return {
    canvas: [width, height],
    pictures: (after.pictures - before.pictures) / seconds,
    keyMs: spreadOf(times.slice(0, KEYS[amount])),
  };
}

declare global {
  /** Of keys that took at least 16 ms, in steps of 8. */
  var keyTimes: number[];
}
