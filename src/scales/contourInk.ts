/** How contour lines are coloured; color.wgsl does the same. */

/** What a line covers of the ground below it. */
export const CONTOUR_OPACITY = 0.75;
/** A line on a brighter ground is black, on a darker one white; relative luminance of the stored bytes, 0 to 1. */
const BRIGHT = 0.35;
const LUMINANCE = [0.2126, 0.7152, 0.0722] as const;

/** Whether a line is black on this colour: red, green and blue, 0 to 255. */
export function isBright(color: ArrayLike<number>): boolean {
  const luminance = LUMINANCE.reduce((sum, weight, i) => sum + weight * color[i]!, 0);
  return luminance / 255 > BRIGHT;
}
