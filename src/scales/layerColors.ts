/**
 * The colour of a layer's hinges as [r, g, b] bytes; layers count from 1. Neighbouring layers get far
 * apart hues: each is a golden angle further.
 */
export function layerColor(layer: number): [number, number, number] {
  const hue = (14 + 137.508 * (layer - 1)) % 360;
  const channel = (shift: number): number => {
    // HSL with saturation 0.9 and lightness 0.58, after CSS Color 4, section 7.1.
    const k = (shift + hue / 30) % 12;
    const spread = 0.9 * Math.min(0.58, 1 - 0.58);
    return Math.round(255 * (0.58 - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
