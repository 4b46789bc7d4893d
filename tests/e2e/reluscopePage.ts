import { type CDPSession, expect, type Locator, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import type { Reluscope } from '../../src/reluscope.ts';
import { DEFAULT_STATE } from '../../src/state/defaults.ts';
import type { State } from '../../src/state/state.ts';
import { encodeState } from '../../src/state/url.ts';
import { addStyles } from './addStyles.ts';

/** The way `window.reluscope` is used inside `page.evaluate`. */
export type ReluscopeWindow = typeof globalThis & { reluscope: Reluscope };

/** A light picture: one sample per pixel, so that a test does not wait for supersampling. */
export const LIGHT = { supersampling: 1 } as const;

/** The page as a person sees it, and what it must never do. */
export class ReluscopePage {
  readonly page: Page;
  readonly canvas: Locator;
  /** What came to the console as an error or warning, what was thrown, and requests to elsewhere. */
  readonly complaints: string[] = [];

  constructor(page: Page, origin: string) {
    this.page = page;
    this.canvas = page.locator('canvas.canvas');
    page.on('console', (message) => {
      // Chrome tells uncaptured WebGPU errors as warnings.
      if (message.type() === 'error' || message.type() === 'warning') {
        this.complaints.push(`console: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.complaints.push(`thrown: ${error.message}`));
    page.on('request', (request) => {
      const { protocol, origin: to } = new URL(request.url());
      if (to !== origin && protocol !== 'data:' && protocol !== 'blob:') {
        this.complaints.push(`request: ${request.url()}`);
      }
    });
  }

  /** Opens the page and waits for its first picture. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`./${hash}`);
    await this.page.evaluate(() => (window as ReluscopeWindow).reluscope.ready);
  }

  /** Opens the page by a link to the default state, with a part of it set, and its picture finished. */
  async openWith(patch: object): Promise<void> {
    await this.open(`#${encodeState(DEFAULT_STATE)}`);
    await this.set({ ...LIGHT, ...patch });
  }

  /** Sets a part of the state and waits for the picture. */
  async set(patch: object): Promise<void> {
    await this.page.evaluate(async (part) => {
      const { reluscope } = window as ReluscopeWindow;
      reluscope.set(part);
      await reluscope.settled();
    }, patch);
  }

  settled(): Promise<void> {
    return this.page.evaluate(() => (window as ReluscopeWindow).reluscope.settled());
  }

  state(): Promise<State> {
    return this.page.evaluate(() => (window as ReluscopeWindow).reluscope.state);
  }

  async halfWidth(): Promise<number> {
    return (await this.state()).view.halfWidth;
  }

  async center(): Promise<readonly [number, number]> {
    return (await this.state()).view.center;
  }

  /** The plane point under a place of the canvas in CSS pixels, to float64. */
  async planeAt(xPx: number, yPx: number): Promise<[number, number]> {
    const { view } = await this.state();
    const { width, height } = await this.box();
    const perPixel = (2 * view.halfWidth) / Math.min(width, height);
    return [
      view.center[0] + (xPx - width / 2) * perPixel,
      view.center[1] - (yPx - height / 2) * perPixel,
    ];
  }

  async box(): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.canvas.boundingBox();
    if (!box) throw new Error('The canvas is not on the screen.');
    return box;
  }

  /** Moves the mouse to a place of the canvas. */
  async point(xPx: number, yPx: number): Promise<void> {
    const { x, y } = await this.box();
    await this.page.mouse.move(x + xPx, y + yPx);
  }

  /** The finished picture, alone: overlays are text, which every machine draws in its own way. */
  async picture(): Promise<PNG> {
    await this.settled();
    return PNG.sync.read(await this.canvas.screenshot());
  }

  /** Hides what is text. */
  async hide(selector: string): Promise<void> {
    await addStyles(this.page, `${selector} { visibility: hidden }`);
  }

  /** The hash of the address once it has followed the state. */
  async hash(): Promise<string> {
    const { hash: stateHash } = new URL(`#${encodeState(await this.state())}`, this.page.url());
    await expect.poll(() => new URL(this.page.url()).hash).toBe(stateHash);
    return stateHash;
  }
}

/** Distinct colours of every 7th pixel: one for a blank picture, many for a field. */
export function countColors({ data }: PNG): number {
  const colors = new Set<number>();
  for (let i = 0; i < data.length; i += 28) colors.add(data.readUInt32BE(i));
  return colors.size;
}

/** Share of pixels whose red, green or blue differ by more than 8 of 255. */
export function difference(a: PNG, b: PNG): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const far = [0, 1, 2].some((part) => Math.abs(a.data[i + part]! - b.data[i + part]!) > 8);
    if (far) count += 1;
  }
  return count / (a.width * a.height);
}

/**
 * Touches with one or more fingers, at places of the viewport.
 * @param atMs when, after 1970-01-01; now if it is left out
 */
export async function touch(
  session: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  points: readonly (readonly [number, number])[],
  atMs = Date.now(),
): Promise<void> {
  const touchPoints = points.map(([x, y], id) => ({ x, y, id }));
  await session.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp: atMs / 1000 });
}

/** Drops a file on the page. */
export async function dropFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await dropFiles(page, [[name, bytes]]);
}

/** Drops several files at once. */
export async function dropFiles(
  page: Page,
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    (all) => {
      const transfer = new DataTransfer();
      for (const [name, content] of all) {
        transfer.items.add(new File([Uint8Array.from(content)], name));
      }
      return transfer;
    },
    files.map(([name, bytes]) => [name, [...bytes]] as const),
  );
  await page.locator('.app').dispatchEvent('dragover', { dataTransfer });
  await page.locator('.app').dispatchEvent('drop', { dataTransfer });
}

/** Two taps 100 ms apart, however long a busy machine takes to pass them on. */
export async function doubleTap(
  session: CDPSession,
  place: readonly [number, number],
): Promise<void> {
  const start = Date.now();
  for (const tap of [0, 100]) {
    await touch(session, 'touchStart', [place], start + tap);
    await touch(session, 'touchEnd', [], start + tap + 20);
  }
}
