/**
 * A colour by hue (degrees), saturation and lightness (0 to 1), as [r, g, b] bytes.
 *
 * Source: CSS Color 4, section 7.1.
 */
export function hslColor(
  hue: number,
  saturation: number,
  lightness: number,
): [number, number, number] {
  const channel = (shift: number): number => {
    const k = (shift + hue / 30) % 12;
    const spread = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
