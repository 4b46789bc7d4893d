import { barsMarkup, describeBars } from './barsMarkup.ts';
import { type DrawingColors, PAGE_COLORS } from './colors.ts';
import { confusionMarkup, describeConfusion } from './confusionMarkup.ts';
import { curvesMarkup, describeCurves } from './curvesMarkup.ts';
import { describeImages, imagesMarkup } from './imagesMarkup.ts';
import { type Size, TEXT_SIZE } from './plotFrame.ts';
import { element, escapeMarkup } from './svgMarkup.ts';
import { tableMarkup } from './tableMarkup.ts';
import type { PlotPanel, VectorPanel } from './vectorPanels.ts';

/** The panel as SVG markup of this size, without a root element. */
export function vectorMarkup(panel: VectorPanel, size: Size, colors: DrawingColors): string {
  switch (panel.kind) {
    case 'curves':
      return curvesMarkup(panel, size, colors);
    case 'bars':
      return barsMarkup(panel, size, colors);
    case 'images':
      return imagesMarkup(panel, size, colors);
    case 'confusion':
      return confusionMarkup(panel, size, colors);
    case 'table':
      return tableMarkup(panel, size, colors);
  }
}

/**
 * A plot of the page as an SVG document, with a name and a description for screen readers.
 *
 * @param id the prefix of both their ids; unique in the page.
 */
export function pageSvg(panel: PlotPanel, size: Size, id: string): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'vector',
    role: 'img',
    'aria-labelledby': `${id}-title`,
    'aria-describedby': `${id}-desc`,
    viewBox: `0 0 ${size.width} ${size.height}`,
    width: size.width,
    height: size.height,
    'font-size': TEXT_SIZE,
  };
  const content = [
    element('title', { id: `${id}-title` }, escapeMarkup(panel.title)),
    element('desc', { id: `${id}-desc` }, escapeMarkup(describe(panel))),
    vectorMarkup(panel, size, PAGE_COLORS),
  ];
  return element('svg', attributes, content.join('\n'));
}

function describe(panel: PlotPanel): string {
  switch (panel.kind) {
    case 'curves':
      return describeCurves(panel);
    case 'bars':
      return describeBars(panel);
    case 'images':
      return describeImages(panel);
    case 'confusion':
      return describeConfusion(panel);
  }
}
