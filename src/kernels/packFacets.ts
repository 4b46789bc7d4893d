import { FACET_MAP_SIZE, type Facets } from '../model/facets.ts';
import {
  add,
  type DoubleDouble,
  negate,
  type Point,
  toNumber,
  ZERO,
} from '../numeric/doubleDouble.ts';
import type { Anchor } from './anchor.ts';
import { evaluatePlane } from './anchorPlane.ts';
import { type ReadoutAtAnchor, readAtAnchor } from './anchorReadout.ts';
import { mostChange } from './anchorWide.ts';
import type { StoredNumbers } from './fieldCode.ts';
import type { WideNetwork } from './packWide.ts';

/** What the buffers of facets hold for an anchor. */
export interface FacetsAtAnchor {
  readonly stored: StoredNumbers;
  /** `struct Readout`. */
  readonly numbers: Float32Array<ArrayBuffer>;
  /** `maps` of shaders/facets.wgsl: those of all facets, as changes since the anchor in half-widths. */
  packMaps(): Float32Array<ArrayBuffer>;
}

/** How far the centre of facets is from a point, in the plane's units: exact to the last digit of that distance. */
export function shiftOf(facets: Facets, { x, y }: Point): readonly [number, number] {
  const { center, centerLow } = facets;
  const from = (axis: 0 | 1, to: DoubleDouble) =>
    toNumber(add({ high: center[axis], low: centerLow[axis] }, negate(to)));
  return [from(0, x), from(1, y)];
}

/** @param first of the facets' outputs which are those of the network */
export function anchorFacets(
  network: WideNetwork,
  facets: Facets,
  first: number,
  anchor: Anchor,
): FacetsAtAnchor {
  const { plane } = network;
  const at = evaluatePlane(plane, anchor);
  const readout = readAtAnchor(network.readout, at.outputs, anchor, () =>
    mostChange(plane, anchor),
  );
  const { offset, scale, numbers } = readout;
  const outputs = plane.layers.at(-1)!.outputs;
  return {
    stored: { offset, scale, baseGradient: [ZERO, ZERO], gradientScale: 1, small: false },
    numbers,
    packMaps: () => {
      const atAnchor = Array.from({ length: outputs }, (_, k) => at.outputs.get(k));
      return packMaps(facets, { first, atAnchor, anchor, readout });
    },
  };
}

/** What maps are packed for. */
interface MapPlace {
  readonly first: number;
  /** [outputs] there. */
  readonly atAnchor: readonly DoubleDouble[];
  readonly readout: ReadoutAtAnchor;
  readonly anchor: Anchor;
}

function packMaps(facets: Facets, place: MapPlace): Float32Array<ArrayBuffer> {
  const { first, atAnchor, readout, anchor } = place;
  const outputs = atAnchor.length;
  const { halfWidth } = anchor;
  const [shiftX, shiftY] = shiftOf(facets, anchor);
  const { firstCorner, corners, maps } = facets;
  const rows = readout.rows(new Array<number>(outputs).fill(0)).length;
  const count = firstCorner.length - 1;
  const packed = new Float32Array(4 * count * (1 + rows));
  const [change, alongX, alongY] = [0, 1, 2].map(() => new Array<number>(outputs).fill(0));
  for (let facet = 0; facet < count; facet += 1) {
    const [x, y] = middleOf(corners, firstCorner[facet]!, firstCorner[facet + 1]!);
    for (let k = 0; k < outputs; k += 1) {
      const map = FACET_MAP_SIZE * (facet * facets.outputs + first + k);
      const height = maps[map]! * x + maps[map + 1]! * y;
      const sinceAnchor = toNumber(add(negate(atAnchor[k]!), { high: maps[map + 2]!, low: 0 }));
      change![k] = (sinceAnchor + height) / halfWidth;
      alongX![k] = maps[map]!;
      alongY![k] = maps[map + 1]!;
    }
    const to = 4 * facet * (1 + rows);
    packed[to] = (x + shiftX) / halfWidth;
    packed[to + 1] = (y + shiftY) / halfWidth;
    [change!, alongX!, alongY!].forEach((numbers, column) => {
      readout.rows(numbers).forEach((value, row) => {
        packed[to + 4 * (1 + row) + column] = value;
      });
    });
  }
  return packed;
}

/** The mean of a facet's corners. */
function middleOf(corners: Float64Array, from: number, to: number): readonly [number, number] {
  let [x, y] = [0, 0];
  for (let corner = from; corner < to; corner += 1) {
    x += corners[2 * corner]!;
    y += corners[2 * corner + 1]!;
  }
  return [x / (to - from), y / (to - from)];
}
