import type { Browser, BrowserContextOptions } from '@playwright/test';
import { expect } from '@playwright/test';
import { LIGHT, ReluscopePage, type ReluscopeWindow } from './reluscopePage.ts';

/** What decides how a page begins: tests that differ in it cannot share one. */
export type PageOptions = Pick<
  BrowserContextOptions,
  'baseURL' | 'viewport' | 'deviceScaleFactor' | 'hasTouch' | 'isMobile'
>;

/** The pages that tests share, one for each way to begin. They stay open until the worker ends. */
export class SharedPages {
  readonly #browser: Browser;
  readonly #pages = new Map<string, SharedPage>();

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** The page that began with these options, or a new one. */
  async take(options: PageOptions): Promise<SharedPage> {
    const key = JSON.stringify(options);
    const known = this.#pages.get(key);
    if (known) return known;
    const page = await SharedPage.open(this.#browser, options);
    this.#pages.set(key, page);
    return page;
  }

  async close(): Promise<void> {
    for (const { reluscope } of this.#pages.values()) await reluscope.page.context().close();
  }
}

/**
 * One page on one device for many tests. A test finds it as it was after its start, with one sample
 * per pixel; what it leaves is taken away after it, and the page is compared with what it was.
 */
class SharedPage {
  private constructor(
    readonly reluscope: ReluscopePage,
    private readonly options: PageOptions,
    private readonly first: PageDescription,
  ) {}

  static async open(browser: Browser, options: PageOptions): Promise<SharedPage> {
    const context = await browser.newContext(options);
    const reluscope = new ReluscopePage(await context.newPage(), new URL(options.baseURL!).origin);
    await reluscope.openWith({});
    await reluscope.page.evaluate(writeAddress);
    return new SharedPage(reluscope, options, await reluscope.page.evaluate(describePage));
  }

  /** Takes away what a test has left. Fails if anything of it is still to be seen. */
  async tidy(): Promise<void> {
    const { page } = this.reluscope;
    const { viewport, hasTouch } = this.options;
    await page.setViewportSize(viewport!);
    if (!hasTouch) await page.mouse.move(0, 0);
    await page.evaluate(tidyPage, [this.first, LIGHT] as const);
    await page.evaluate(writeAddress);
    await expect
      .poll(() => page.evaluate(describePage), 'what this test leaves of the shared page')
      .toEqual(this.first);
  }
}

/** All of a page that a test may change and another one would see. */
interface PageDescription {
  readonly sheet: unknown;
  readonly hash: string;
  readonly size: readonly [number, number];
  /** Every word that is shown, without the times that drawing took. */
  readonly text: string;
  /** What is typed, chosen and checked in the controls, seen or not. */
  readonly inputs: readonly string[];
  /** What can be opened and closed, by its words. */
  readonly expanded: Readonly<Record<string, string>>;
  readonly pressed: readonly string[];
  readonly dialogs: number;
  readonly toasts: number;
  readonly styleSheets: number;
  readonly stored: number;
  readonly hasFocus: boolean;
}

// The functions below run in the page: they see nothing of this file.

function describePage(): PageDescription {
  const root = document.querySelector('.reluscope')!.shadowRoot!;
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  return {
    sheet: (window as ReluscopeWindow).reluscope.sheet,
    hash: window.location.hash,
    size: [window.innerWidth, window.innerHeight],
    text: root.querySelector<HTMLElement>('.app')!.innerText.replace(/[\d.,]+ m?s\b/g, '… ms'),
    inputs: (all('input, select') as HTMLInputElement[]).map(
      ({ value, checked }) => `${value} ${checked ?? ''}`,
    ),
    expanded: Object.fromEntries(
      all('[aria-expanded]').map((opener) => [opener.textContent, opener.ariaExpanded ?? '']),
    ),
    pressed: all('[aria-pressed="true"]').map(({ textContent, title }) => textContent || title),
    dialogs: all('dialog[open]').length,
    toasts: all('.toast').length,
    styleSheets: root.adoptedStyleSheets.length,
    stored: window.localStorage.length + window.sessionStorage.length,
    hasFocus: root.activeElement !== null,
  };
}

async function tidyPage([first, state]: readonly [PageDescription, object]): Promise<void> {
  const { reluscope } = window as ReluscopeWindow;
  const root = document.querySelector('.reluscope')!.shadowRoot!;
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  for (const dialog of all('dialog[open]')) (dialog as HTMLDialogElement).close();
  for (const button of all('.toast button')) button.click();
  // A dialog gives the focus back to where it was.
  (root.activeElement as HTMLElement | null)?.blur();
  root.adoptedStyleSheets = root.adoptedStyleSheets.slice(0, first.styleSheets);
  for (const { id } of reluscope.models.list()) reluscope.models.remove(id);
  // One panel, no figure, nothing linked.
  reluscope.open({ panels: [state] });
  // The new panel below takes folders over as they are.
  for (const opener of all('[aria-expanded]')) {
    const before = first.expanded[opener.textContent];
    if (before !== undefined && opener.ariaExpanded !== before) opener.click();
  }
  // A panel without the past views, drafts and selections of the one that the test had.
  reluscope.addPanel(state);
  reluscope.removePanel(0);
  await reluscope.settled();
}

/** Writes the address now that the page may be left, instead of after a quarter of a second. */
function writeAddress(): void {
  window.dispatchEvent(new Event('pagehide'));
}
