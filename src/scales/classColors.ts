/**
 * Classes have no order, so neighbours in the list differ as much as others do. The first seven colours come from M. Okabe and K. Ito,
 * "Color Universal Design" (2008); black is left out, since lines are drawn in it. Each of the others is the one farthest from all before it, for normal vision and for that without red, green
 * or blue cones: the least distance in CIELAB, after the matrices of G. Machado, M. Oliveira and L. Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency" (2009).
 */
const FIRST_CLASSES = [
  ...['e69f00', '56b4e9', '009e73', 'f0e442', '0072b2', 'd55e00', 'cc79a7', '8700f0'],
  ...['691e00', '4b2d3c', 'd2ffd2', '2d1e96', '5aff87', '9678ff', 'f0004b', '690069'],
].map((text) => [0, 2, 4].map((at) => Number.parseInt(text.slice(at, at + 2), 16)));

/** As many as a network may have outputs. */
export const CLASS_COLORS = 256;

/** More classes repeat the colours, lighter and darker by turns, by this much at first and at last. */
const MIXED = { first: 0.25, last: 0.75 } as const;

/** The colour of a class, 0 to 255, as [r, g, b] bytes. */
export function classColor(index: number): readonly [number, number, number] {
  const [red, green, blue] = FIRST_CLASSES[index % FIRST_CLASSES.length]!;
  const cycle = Math.floor(index / FIRST_CLASSES.length);
  if (cycle === 0) return [red!, green!, blue!];
  const cycles = CLASS_COLORS / FIRST_CLASSES.length;
  const along = (Math.ceil(cycle / 2) - 1) / (cycles / 2 - 1);
  const share = MIXED.first + along * (MIXED.last - MIXED.first);
  const toward = cycle % 2 === 1 ? 255 : 0;
  const mix = (part: number) => Math.round(part + share * (toward - part));
  return [mix(red!), mix(green!), mix(blue!)];
}

/** All of them, [256, RGBA] bytes, alpha 255, like the table of a colour map. The caller owns the array. */
export function classColorTable(): Uint8Array {
  const table = new Uint8Array(4 * CLASS_COLORS);
  for (let index = 0; index < CLASS_COLORS; index++) {
    table.set([...classColor(index), 255], 4 * index);
  }
  return table;
}
