import concepts from '../controls/concepts.css?inline';
import controls from '../controls/controls.css?inline';
import controlsSheet from '../controls/controlsSheet.css?inline';
import figures from '../figures/figures.css?inline';
import learnt from '../learnt/learnt.css?inline';
import models from '../models/models.css?inline';
import network from '../network/network.css?inline';
import banner from '../page/banner.css?inline';
import dialog from '../page/dialog.css?inline';
import forcedColors from '../page/forcedColors.css?inline';
import frame from '../page/frame.css?inline';
import header from '../page/header.css?inline';
import messages from '../page/messages.css?inline';
import sheet from '../page/sheet.css?inline';
import small from '../page/small.css?inline';
import status from '../page/status.css?inline';
import toolbar from '../page/toolbar.css?inline';
import axes from '../panel/axes.css?inline';
import beside from '../panel/beside.css?inline';
import boxSelection from '../panel/boxSelection.css?inline';
import chosenMark from '../panel/chosenMark.css?inline';
import colorBar from '../panel/colorBar.css?inline';
import overlay from '../panel/overlay.css?inline';
import panelLayout from '../panel/panelLayout.css?inline';
import probeReadout from '../panel/probeReadout.css?inline';
import tilesView from '../panel/tilesView.css?inline';
import regionsOverlay from '../regions/regionsOverlay.css?inline';
import regionsTable from '../regions/regionsTable.css?inline';
import seedSurvey from '../regions/seedSurvey.css?inline';
import training from '../training/training.css?inline';
import elements from './elements.css?inline';

/** From the whole to its parts: specific rules come after general ones. */
const STYLES: readonly string[] = [
  ...[frame, elements, header, toolbar, banner, sheet, status, messages, dialog],
  ...[
    panelLayout,
    beside,
    axes,
    colorBar,
    overlay,
    tilesView,
    boxSelection,
    probeReadout,
    chosenMark,
  ],
  ...[
    regionsOverlay,
    controls,
    concepts,
    controlsSheet,
    models,
    regionsTable,
    seedSurvey,
    network,
    learnt,
    training,
    figures,
    small,
    forcedColors,
  ],
];

/** By document: a sheet works only in the document for which it was made. */
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
