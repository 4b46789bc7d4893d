import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { build, isStale, SITE } from '../../bin/checkout.mjs';
import { browserLaunch } from '../../scripts/browser.mjs';
import type { SizeRequest } from '../drawing/pictureSize.ts';
import { messageOf } from '../input/messageOf.ts';
import type { NamedFile } from '../models/readModelFile.ts';
import type { GridRequest } from '../reference/gridRequest.ts';
import type { State } from '../state/state.ts';
import type { PageOptions } from './pageOptions.ts';
import type { Progress } from './progress.ts';
import { type SiteServer, serveSite } from './siteServer.ts';
import { UsageError } from './usageError.ts';

/** The part of the page's scripting interface that is used here. */
interface Scope {
  readonly ready: Promise<void>;
  openFigure(id: string): unknown;
  open(sheet: { readonly panels: readonly State[] }): void;
  set(patch: object): void;
  settled(): Promise<void>;
  readonly models: { add(files: readonly File[]): Promise<unknown> };
  toPng(options: SizeRequest & { onProgress(progress: number): void }): Promise<Blob>;
  sample(request: GridRequest): Promise<{ readonly values: Float64Array }>;
}

type ScopeWindow = typeof globalThis & {
  reluscope: Scope;
  /** Reports the progress, 0 to 1, to this process. */
  reluscopeProgress(progress: number): Promise<void>;
  /** The output to fetch. */
  reluscopeOutput: Blob;
  /** Files that are being sent. */
  reluscopeFiles: { readonly name: string; readonly parts: Uint8Array<ArrayBuffer>[] }[];
};

/** The package: this file is in src/cli or, built, in dist/cli. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Nobody looks at the picture on the screen: a small one is drawn quickly. */
const VIEWPORT = { width: 480, height: 360 };
/** Bytes fetched from the page at a time, a multiple of 3 so that base64 has no padding. */
const TRANSFER_BYTES = 3 * 2 ** 20;

/** The page in a headless browser. */
export class ReluscopePage {
  readonly #page: Page;
  readonly #progress: Progress;
  readonly #close: () => Promise<void>;

  private constructor(page: Page, progress: Progress, close: () => Promise<void>) {
    this.#page = page;
    this.#progress = progress;
    this.#close = close;
  }

  /**
   * Serves the site, starts a browser and opens the page, with `hash` after the '#' of its address.
   *
   * @throws UsageError if `options.site` is not a site; Error without a browser or WebGPU
   */
  static async open(
    options: PageOptions,
    progress: Progress,
    hash: string | null,
  ): Promise<ReluscopePage> {
    const site = findSite(options.site, progress);
    progress.begin('Starting the browser');
    const server = await serveSite(site);
    let browser: Browser | null = null;
    const close = async () => {
      await browser?.close();
      await server.close();
    };
    try {
      browser = await startBrowser(options.gpu);
      const page = await browser.newPage({ viewport: VIEWPORT });
      const opened = new ReluscopePage(page, progress, close);
      await opened.#load(server, hash);
      return opened;
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Shows one of the figures. */
  async openFigure(id: string): Promise<void> {
    await this.#ask(
      this.#page.evaluate(async (name) => {
        await (window as unknown as ScopeWindow).reluscope.openFigure(name);
      }, id),
    );
  }

  /** Gives the page the network of files, and shows a state with it. */
  async openModel(files: readonly NamedFile[], state: State): Promise<void> {
    await this.#page.evaluate(() => {
      (window as unknown as ScopeWindow).reluscopeFiles = [];
    });
    for (const { name, bytes } of files) await this.#send(name, bytes);
    await this.#ask(
      this.#page.evaluate(async (shown) => {
        const { reluscope, reluscopeFiles } = window as unknown as ScopeWindow;
        await reluscope.models.add(reluscopeFiles.map(({ name, parts }) => new File(parts, name)));
        reluscope.open({ panels: [shown] });
      }, state),
    );
  }

  /** Shows a state in the only panel. */
  async openState(state: State): Promise<void> {
    await this.#ask(
      this.#page.evaluate((shown) => {
        (window as unknown as ScopeWindow).reluscope.open({ panels: [shown] });
      }, state),
    );
  }

  /** Changes a part of the state, and waits for its picture. */
  async set(patch: object): Promise<void> {
    await this.#ask(
      this.#page.evaluate(async (part) => {
        const { reluscope } = window as unknown as ScopeWindow;
        reluscope.set(part);
        await reluscope.settled();
      }, patch),
    );
  }

  /** A picture of what is open, which holds its state. */
  async toPng(size: SizeRequest): Promise<Buffer> {
    const bytes = await this.#ask(
      this.#page.evaluate(async (options) => {
        const scope = window as unknown as ScopeWindow;
        const onProgress = (progress: number) => void scope.reluscopeProgress(progress);
        scope.reluscopeOutput = await scope.reluscope.toPng({ ...options, onProgress });
        return scope.reluscopeOutput.size;
      }, size),
    );
    return this.#fetch(bytes);
  }

  /** [height, width] values, row-major. */
  async sample(request: GridRequest): Promise<Float64Array> {
    const bytes = await this.#ask(
      this.#page.evaluate(async (grid) => {
        const scope = window as unknown as ScopeWindow;
        const { values } = await scope.reluscope.sample(grid);
        scope.reluscopeOutput = new Blob([values as Float64Array<ArrayBuffer>]);
        return scope.reluscopeOutput.size;
      }, request),
    );
    const buffer = await this.#fetch(bytes);
    return new Float64Array(buffer.buffer, buffer.byteOffset, bytes / 8);
  }

  close(): Promise<void> {
    return this.#close();
  }

  async #load({ url }: SiteServer, hash: string | null): Promise<void> {
    const page = this.#page;
    await page.exposeFunction('reluscopeProgress', (progress: number) =>
      this.#progress.report(progress),
    );
    await page.goto(hash === null ? url : `${url}#${hash}`);
    await this.#ask(
      page.evaluate(async () => {
        const { reluscope } = window as unknown as ScopeWindow;
        if (!reluscope) throw new Error("the site is not Reluscope's: it sets no window.reluscope");
        await reluscope.ready;
      }),
    );
  }

  /** Sends a file part by part, as #fetch fetches one. */
  async #send(name: string, bytes: Uint8Array): Promise<void> {
    await this.#page.evaluate((fileName) => {
      (window as unknown as ScopeWindow).reluscopeFiles.push({ name: fileName, parts: [] });
    }, name);
    for (let from = 0; from < bytes.length; from += TRANSFER_BYTES) {
      const part = Buffer.from(bytes.subarray(from, from + TRANSFER_BYTES)).toString('base64');
      await this.#page.evaluate((text) => {
        const file = (window as unknown as ScopeWindow).reluscopeFiles.at(-1)!;
        file.parts.push(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
      }, part);
    }
  }

  /** Fetches the output part by part: in one piece it could exceed the maximum length of a string. */
  async #fetch(bytes: number): Promise<Buffer> {
    // Not from the shared pool: Float64Array requires alignment.
    const all = Buffer.from(new ArrayBuffer(bytes));
    for (let from = 0; from < bytes; from += TRANSFER_BYTES) {
      const part = await this.#page.evaluate(
        async ([start, end]) => {
          const blob = (window as unknown as ScopeWindow).reluscopeOutput.slice(start, end);
          const reader = new FileReader();
          const read = new Promise((done, fail) => {
            reader.onload = done;
            reader.onerror = () => fail(reader.error);
          });
          reader.readAsDataURL(blob);
          await read;
          return (reader.result as string).split(',')[1]!;
        },
        [from, from + TRANSFER_BYTES] as const,
      );
      all.write(part, from, 'base64');
    }
    return all;
  }

  /** The page's answer; its errors without the stack that Playwright appends. */
  async #ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      const text = messageOf(error);
      if (/Target crashed/.test(text)) {
        throw new Error('The page crashed. A smaller size may fit into memory.');
      }
      const message = text
        .split(/\n\s+at /)[0]!
        .replace(/^page\.\w+: /, '')
        .replace(/^(?:\w*Error: )+/, '');
      if (/^page\.\w+: (?:InvalidInputError|RangeError): /.test(text))
        throw new UsageError(message);
      throw new Error(message);
    }
  }
}

/** @throws UsageError */
function findSite(named: string | null, progress: Progress): string {
  if (named !== null) {
    if (existsSync(join(named, 'index.html'))) return named;
    throw new UsageError(`--site: received '${named}', expected a directory with an index.html`);
  }
  if (isStale(ROOT, SITE)) {
    progress.begin('Building the page');
    build(ROOT, SITE);
  }
  return join(ROOT, SITE.directory);
}

/** @throws Error that says what to do if there is no browser */
async function startBrowser(gpu: boolean): Promise<Browser> {
  const { executablePath, args } = browserLaunch({ gpu });
  if (executablePath === undefined) {
    throw new Error(
      'No browser found: install Chrome or Chromium, set RELUSCOPE_BROWSER to its executable, or run ' +
        "'npx playwright install chromium'.",
    );
  }
  // Loaded only where a browser starts: it takes a second.
  const { chromium } = await import('playwright');
  try {
    return await chromium.launch({ executablePath, args });
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new Error(`The browser ${executablePath} did not start: ${reason}`);
  }
}
