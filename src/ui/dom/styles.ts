import panelCss from '../controls/controls.css?inline';
import figuresCss from '../figures/figures.css?inline';
import layoutCss from '../page/page.css?inline';

let sheets: CSSStyleSheet[] | null = null;

/**
 * Gives the shadow tree its styles as constructed sheets, which a Content-Security-Policy without
 * 'unsafe-inline' allows. All instances on a page share them.
 */
export function adoptStyles(root: ShadowRoot): void {
  sheets ??= [layoutCss, panelCss, figuresCss].map((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
  root.adoptedStyleSheets = sheets;
}
