/** Widths of the lines in a picture, in units of text: CSS pixels on the page. */

export const HINGE_WIDTH = 1.5;
export const CONTOUR_WIDTH = 1.2;
