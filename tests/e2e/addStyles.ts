import type { Page } from '@playwright/test';

/** Adds a style sheet to those of the page, as its policy allows. @returns takes it away again */
export async function addStyles(page: Page, css: string): Promise<() => Promise<void>> {
  const added = await page.locator('.app').evaluateHandle((app, text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const root = app.getRootNode() as ShadowRoot;
    root.adoptedStyleSheets.push(sheet);
    return { root, sheet };
  }, css);
  return () =>
    added.evaluate(({ root, sheet }) => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    });
}
