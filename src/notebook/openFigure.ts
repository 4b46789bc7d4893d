import type { WidgetFigure } from './widgetModel.ts';

/**
 * What pages of a widget tell each other of its figure, so that a new view does not open again what a person has closed.
 *
 * @param asked what Python opened last; null if nothing
 * @param shown the id of the figure that a page shows; null if none
 * @returns the number of the figure, if the page has left it; 0 if not
 */
export function numberOfLeft(asked: WidgetFigure | null, shown: string | null): number {
  return asked === null || asked.id === shown ? 0 : asked.number;
}

/** The figure that a view of a widget opens at first; null for none. @param left as `numberOfLeft` returns it */
export function figureAtFirst(asked: WidgetFigure | null, left: number): WidgetFigure | null {
  return asked === null || asked.number === left ? null : asked;
}
