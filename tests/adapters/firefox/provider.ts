import { playwright } from '@vitest/browser-playwright';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node';

/** WebGPU is off in Firefox on Linux, and so are software adapters. */
const PREFERENCES = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/** How vitest drives a Firefox as it is installed, by WebDriver BiDi; Playwright wants one of its own. */
export function installedFirefox(executablePath: string): BrowserProviderOption {
  // What is not the browser's is the same for all.
  const { serverFactory } = playwright();
  return {
    name: 'firefox',
    options: {},
    serverFactory,
    providerFactory: () => new FirefoxProvider(executablePath),
  };
}

class FirefoxProvider implements BrowserProvider {
  readonly name = 'firefox';
  readonly supportsParallelism = false;
  private browser: Promise<Browser> | null = null;
  private readonly pages = new Map<string, Page>();

  constructor(private readonly executablePath: string) {}

  getCommandsContext(sessionId: string): Record<string, unknown> {
    return { page: this.pages.get(sessionId) };
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    this.browser ??= puppeteer.launch({
      browser: 'firefox',
      executablePath: this.executablePath,
      headless: true,
      extraPrefsFirefox: PREFERENCES,
    });
    await this.pages.get(sessionId)?.close();
    const page = await (await this.browser).newPage();
    this.pages.set(sessionId, page);
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(url);
  }

  async close(): Promise<void> {
    await (await this.browser)?.close();
  }
}
