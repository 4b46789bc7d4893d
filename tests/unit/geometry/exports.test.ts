import { describe, expect, test } from 'vitest';
import { arrangementToSvg } from '../../../src/drawing/arrangementToSvg.ts';
import {
  type ArrangementJson,
  arrangementToJson,
  type CellFeature,
  toFeatureCollection,
} from '../../../src/geometry/arrangementToJson.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { restrict } from '../../../src/model/restrict.ts';
import { classColor } from '../../../src/scales/classColors.ts';
import { hexColor } from '../../../src/scales/hexColor.ts';
import { planeNames } from '../scales/planeNames.ts';
import { drawn, shallow, written } from './networks.ts';

const SQUARE = { x: [-1, 1], y: [-1, 1] } as const;
const colorOf = (index: number) => hexColor(classColor(index));
const CROSS = shallow([
  [1, 0, 0],
  [0, 1, 0],
]);

/** Corners of all polygons of an SVG. */
function polygonsOf(svg: string): [number, number][][] {
  return [...svg.matchAll(/<polygon [^>]*points="([^"]*)"/g)].map(([, points]) =>
    points.split(' ').map((pair): [number, number] => {
      const [x, y] = pair.split(',').map(Number);
      return [x, y];
    }),
  );
}

function shoelace(corners: readonly (readonly [number, number])[]): number {
  return corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length];
    return sum + (x * nextY - y * nextX) / 2;
  }, 0);
}

describe('arrangementToSvg', () => {
  test('draws each cell of a window, second axis up, and its vertices', () => {
    const svg = arrangementToSvg(enumerateRegions(CROSS, { window: SQUARE, cells: true }), {
      width: 200,
    });
    expect(svg).toContain('width="200" height="200" viewBox="0 0 200 200"');
    expect(polygonsOf(svg).map((corners) => corners.map(String).sort())).toEqual(
      [
        ['0,100', '0,200', '100,100', '100,200'],
        ['100,100', '100,200', '200,100', '200,200'],
        ['0,0', '0,100', '100,0', '100,100'],
        ['100,0', '100,100', '200,0', '200,100'],
      ].map((corners) => corners.sort()),
    );
    expect(svg.match(/<circle cx="100" cy="100"/g)?.length).toBe(1);
    expect(svg).toContain('<title>11: f(x) = 1 x₁ + 2 x₂ + 0.5</title>');
  });

  test.each([
    ['2-20-1', drawn([2, 20, 1], 0)],
    ['2-5-5-5-5-1', drawn([2, 5, 5, 5, 5, 1], 0)],
    [
      'stripes',
      shallow([
        [1, 2, 0],
        [1, 2, 1],
      ]),
    ],
    ['one hinge', shallow([[1, 2, 0]])],
    ['no hinge', written([[[0, 0, 1]], [[2, 1]]])],
  ])('clips the cells of the whole plane so that they fill the frame: %s', (_, network) => {
    const arrangement = enumerateRegions(network, { window: null, cells: true });
    const frame = { x: [-3, 5], y: [-2, 4] } as const;
    for (const options of [{ width: 400 }, { width: 400, frame }]) {
      const svg = arrangementToSvg(arrangement, options);
      const height = options.frame ? 300 : 400;
      const area = polygonsOf(svg).reduce((sum, corners) => sum + Math.abs(shoelace(corners)), 0);
      // Corners are rounded to 0.001 px, and shared corners alike.
      expect(Math.abs(area - 400 * height) <= 1).toBe(true);
    }
  });
});

/** Of a network with one output: all features are cells. */
type CellsJson = Omit<ArrangementJson, 'features'> & { readonly features: readonly CellFeature[] };

describe('arrangementToSvg of parallel hinges in the whole plane', () => {
  for (const [a, b] of [
    [1, 0],
    [0, -1],
    [3, 1],
  ] as const) {
    test(`has polygons that fill the frame, along (${-b}, ${a})`, () => {
      const stripes = shallow([
        [a, b, 0],
        [-a, -b, 0.5],
        [a, b, -1],
      ]);
      const arrangement = enumerateRegions(stripes, { window: null, cells: true });
      expect(arrangement.activationRegions).toBe(4);
      // With all hinges, two and none of them.
      for (const [half, x, y] of [
        [2, 0, 0],
        [0.25, -0.125, 0.125],
        [1, 9, 9],
        [1, -9, -9],
      ]) {
        const frame = { x: [x - half, x + half], y: [y - half, y + half] } as const;
        const svg = arrangementToSvg(arrangement, { frame, width: 100 });
        const areas = polygonsOf(svg).map((corners) => Math.abs(shoelace(corners)));
        expect(areas.reduce((sum, area) => sum + area, 0)).toBeCloseTo(10_000, 1);
      }
    });
  }
});

describe('arrangementToJson', () => {
  test('has closed counterclockwise rings that tile the window', () => {
    const arrangement = enumerateRegions(drawn([2, 20, 1], 0), { window: SQUARE, cells: true });
    const json = JSON.parse(arrangementToJson(arrangement, colorOf)) as CellsJson;
    expect(json.type).toBe('FeatureCollection');
    expect(json.properties).toMatchObject({
      widths: [2, 20, 1],
      activation: 'relu',
      activationRegions: arrangement.activationRegions,
      window: SQUARE,
      certified: true,
    });
    expect(json.features.length).toBe(arrangement.activationRegions);
    let area = 0;
    for (const { geometry, properties } of json.features) {
      const [ring] = geometry!.coordinates;
      expect(ring.at(-1)).toEqual(ring[0]);
      expect(ring.length).toBe(properties.neighbours.length + 1);
      const own = shoelace(ring.slice(0, -1));
      expect(own).toBeGreaterThan(0);
      area += own;
    }
    // 57 areas of a window of area 4, each rounded a few times.
    expect(Math.abs(area - 4) <= 1e-12).toBe(true);
    expect(json.features[0].properties).toMatchObject({
      pattern: arrangement.cells[0].pattern,
      gradient: arrangement.cells[0].map.a,
      constant: arrangement.cells[0].map.b,
    });
  });

  test('counts corners from the centre of a deep window, and polygons from the origin', () => {
    const window = { x: [-1e-12, 1e-12], y: [-2e-12, 2e-12], center: [1000.5, -737.25] } as const;
    const deep = shallow([
      [1, 0, -1000.5],
      [0, 1, 737.25],
    ]);
    const arrangement = enumerateRegions(deep, { window, cells: true });
    const { features, properties } = JSON.parse(
      arrangementToJson(arrangement, colorOf),
    ) as CellsJson;
    expect(properties.window).toEqual(window);
    const positive = features.find(({ properties: { pattern } }) => pattern[0] === '11')!;
    expect(positive.properties.corners.map(String).sort()).toEqual([
      '0,0,1',
      '0,2e-12,1',
      '1e-12,0,1',
      '1e-12,2e-12,1',
    ]);
    // The output's weights are 1 and 2, its bias 0.5.
    expect(positive.properties).toMatchObject({
      gradient: [1, 2],
      constant: -1000.5 + 2 * 737.25 + 0.5,
      valueAtCenter: 0.5,
    });
    // float64 has steps of 1.1e-13 there, of which 1e-12 is a few.
    expect(positive.geometry!.coordinates[0].map(String)).toContain(
      `${1000.5 + 1e-12},${-737.25 + 2e-12}`,
    );
    const svg = arrangementToSvg(arrangement, { width: 100 });
    expect(svg).toContain('4 regions, x₁ 1000.5 + (-1e-12 … 1e-12), x₂ -737.25 + (-2e-12 … 2e-12)');
    const area = polygonsOf(svg).reduce((sum, corners) => sum + Math.abs(shoelace(corners)), 0);
    expect(area).toBe(100 * 200);
    expect(svg.match(/<circle cx="50" cy="100"/g)?.length).toBe(1);
  });

  test('describes unbounded cells by directions, without a geometry', () => {
    const arrangement = enumerateRegions(CROSS, { window: null, cells: true });
    const json = JSON.parse(arrangementToJson(arrangement, colorOf)) as CellsJson;
    const quadrant = json.features.find(({ properties }) => properties.pattern[0] === '11')!;
    expect(quadrant.geometry).toBeNull();
    expect(quadrant.properties.area).toBeNull();
    expect(quadrant.properties.corners.map(String).sort()).toEqual(['0,0,1', '0,1,0', '1,0,0']);
    expect(quadrant.properties.neighbours.filter((n) => n === null).length).toBe(1);
  });

  test('of several outputs, has the pieces of their regions and the lines between them', () => {
    const identity = restrict(networkOf({ kind: 'identity' }), null, null);
    const arrangement = enumerateRegions(identity, { window: SQUARE, cells: true });
    const { features, properties } = toFeatureCollection(arrangement, colorOf);
    expect(properties.decision).toMatchObject({ wins: 'greatest', regions: 2 });
    expect(Object.keys(properties.decision!)).not.toContain('pieces');
    expect(features.map((feature) => feature.geometry?.type)).toEqual([
      'Polygon',
      'Polygon',
      'Polygon',
      'LineString',
    ]);
    expect(features[1].properties).toMatchObject({ class: 0, decisionRegion: 0, cell: 0, area: 2 });
    expect(features[2].geometry?.coordinates).toHaveLength(1);
    expect(String(features[3].geometry?.coordinates)).toMatch(/^(-1,-1,1,1|1,1,-1,-1)$/);
    // In the plane all of them reach to infinity.
    const plane = enumerateRegions(identity, { window: null, cells: true });
    const unbounded = toFeatureCollection(plane, colorOf).features;
    expect(unbounded.length).toBeGreaterThan(1);
    expect(unbounded.filter(({ geometry }) => geometry !== null)).toEqual([]);
    expect(unbounded.every(({ properties: own }) => !('area' in own) || own.area === null)).toBe(
      true,
    );
  });
});

describe('exports of several outputs', () => {
  // z₁ = x₁ and z₂ = x₂, behind a hinge at x₁ = 0.
  const TWO = written([
    [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 5],
    ],
    [
      [1, -1, 0, 0],
      [0, 0, 1, -5],
    ],
  ]);
  const arrangement = enumerateRegions(TWO, { window: SQUARE, cells: true });

  test('the SVG has the classes in their colours, and the line between them', () => {
    const svg = arrangementToSvg(arrangement, { width: 200, names: planeNames('u₁', 'u₂') });
    for (const index of [0, 1]) {
      expect(svg).toContain(`<path fill="${colorOf(index)}"`);
      expect(svg).toContain(`<title>class ${index + 1}</title>`);
    }
    const [, lines] = /stroke-width="2" [^>]*d="([^"]*)"/.exec(svg)!;
    const ends = [...lines.matchAll(/[ML]([^ML]+)/g)].map(([, place]) => place);
    // x₁ = x₂, from corner to corner of the square.
    expect(ends).toEqual(expect.arrayContaining(['0,200', '200,0']));
    expect(svg).toContain('class 1, z₁(x) = 1 u₁ + 0 u₂ + 0');
    expect(svg).toContain('u₁ -1 … 1, u₂ -1 … 1');
    // The cells lie over the classes, without a colour.
    expect(svg.match(/<polygon [^>]*fill="none" pointer-events="all"/g)).toHaveLength(2);
  });

  test('the SVG of the whole plane clips the lines between classes', () => {
    const plane = enumerateRegions(TWO, { window: null, cells: true });
    const svg = arrangementToSvg(plane, { width: 100, frame: SQUARE });
    const [, lines] = /stroke-width="2" [^>]*d="([^"]*)"/.exec(svg)!;
    const places = [...lines.matchAll(/[ML]([^ML]+)/g)].map(([, place]) =>
      place.split(',').map(Number),
    );
    expect(places.length).toBeGreaterThan(1);
    for (const [x, y] of places) expect(x + y).toBe(100);
  });

  test('the JSON has the pieces of the classes with their colours, which fill the window', () => {
    const json = JSON.parse(arrangementToJson(arrangement, colorOf)) as ArrangementJson;
    const pieces = json.features.flatMap(({ properties }) =>
      'decisionRegion' in properties ? [properties] : [],
    );
    for (const piece of pieces) expect(piece.fill).toBe(colorOf(piece.class));
    const areaOf = (index: number) =>
      pieces.reduce((sum, piece) => sum + (piece.class === index ? piece.area! : 0), 0);
    expect([areaOf(0), areaOf(1)]).toEqual([2, 2]);
    expect(json.properties.decision).toMatchObject({ regions: 2 });
  });
});
