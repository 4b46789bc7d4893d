import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UrlSync } from '../../../../src/ui/page/urlSync.ts';

/** A page's window, as far as the address is concerned. */
class FakeWindow extends EventTarget {
  readonly location = { hash: '' };
  readonly written: string[] = [];
  readonly history = {
    state: null,
    replaceState: (_state: null, _title: string, hash: string) => {
      this.location.hash = hash;
      this.written.push(hash);
    },
  };
  readonly setTimeout = (run: () => void, ms: number) => setTimeout(run, ms);
  readonly clearTimeout = (timer: number) => clearTimeout(timer);
}

let page: FakeWindow;
let sync: UrlSync;

beforeEach(() => {
  vi.useFakeTimers();
  page = new FakeWindow();
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', new EventTarget());
  sync = new UrlSync(() => undefined, new AbortController().signal);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const write = (text: string, moving = false) => sync.write(() => text, moving);

/** Writes one address after another. */
async function animate(count: number, intervalMs: number, moving: boolean): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    write(String(i), moving);
    await vi.advanceTimersByTimeAsync(intervalMs);
  }
}

it('writes a change at once, with all that changes together with it', async () => {
  write('a');
  write('b');
  await Promise.resolve();
  expect(page.written).toEqual(['#b']);
});

it('writes every click', async () => {
  await animate(8, 150, false);
  expect(page.written).toEqual(['#0', '#1', '#2', '#3', '#4', '#5', '#6', '#7']);
});

it('writes the end of a movement, and nothing of it before', async () => {
  await animate(100, 16, true);
  expect(page.written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(page.written).toEqual(['#99']);
});

it("writes begin and end of a script's animation", async () => {
  await animate(100, 16, false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(page.written).toEqual(['#0', '#1', '#2', '#99']);
});

it('writes fewer than the 100 addresses in 30 seconds that Safari allows, however often it is called', async () => {
  for (const interval of [10, 99, 100, 120, 200, 300]) {
    page.written.length = 0;
    await animate(Math.ceil(30_000 / interval), interval, false);
    expect(page.written.length).toBeLessThan(100);
  }
});

it('writes what waits when the page is left or hidden', () => {
  write('a', true);
  page.dispatchEvent(new Event('pagehide'));
  write('b', true);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(page.written).toEqual(['#a', '#b']);
});
