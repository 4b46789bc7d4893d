import panelCss from '../controls/controls.css?inline';
import figuresCss from '../figures/figures.css?inline';
import layoutCss from '../page/page.css?inline';
import smallCss from '../page/small.css?inline';

const STYLES: readonly string[] = [layoutCss, panelCss, figuresCss, smallCss];

/** By document: a sheet serves the one in whose window it was made. */
const SHEETS = new WeakMap<Document, CSSStyleSheet[]>();

/**
 * Gives the shadow tree its styles as constructed sheets, which a Content-Security-Policy without
 * 'unsafe-inline' allows. All instances in a document share them.
 *
 * @param root of a host that is in the document in which it stays
 */
export function adoptStyles(root: ShadowRoot): void {
  const document = root.ownerDocument;
  let sheets = SHEETS.get(document);
  if (!sheets) {
    const { CSSStyleSheet } = document.defaultView ?? window;
    sheets = STYLES.map((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      return sheet;
    });
    SHEETS.set(document, sheets);
  }
  root.adoptedStyleSheets = sheets;
}
