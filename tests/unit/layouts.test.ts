import { expect, test } from 'vitest';
import { WgslReflect } from 'wgsl_reflect';
import gridSource from '../../shaders/common/grid.wgsl?raw';
import layerSource from '../../shaders/common/layer.wgsl?raw';
import presentSource from '../../shaders/present.wgsl?raw';
import { GRID_BYTES, packGrid } from '../../src/gpu/gridUniform.ts';
import { composeCulled } from '../../src/kernels/composeCulled.ts';
import { type Grid, linspaceGrid } from '../../src/kernels/grid.ts';
import { LEAF_SLOTS, rowOf, SLOTS } from '../../src/kernels/tileNetworks.ts';
import { COLOR_SOURCE, COLOR_UNIT, COLORING_BYTES, packColoring } from '../../src/passes/color.ts';
import { EQUALIZE_BYTES, EQUALIZE_SOURCE, packEqualize } from '../../src/passes/equalize.ts';
import { LAYER_BYTES, packLayer } from '../../src/passes/networkBuffers.ts';
import { BATCH_UNIFORM_BYTES } from '../../src/passes/networkPass.ts';
import { PRESENT_BYTES } from '../../src/passes/present.ts';
import {
  packReduce,
  REDUCE_BYTES,
  REDUCE_SOURCE,
  STATISTICS_BYTES,
} from '../../src/passes/reduce.ts';

// WGSL is the source of truth: what a packer writes is read back by the layout that the shader declares.

function structOf(source: string, name: string) {
  const found = new WgslReflect(source).structs.find((struct) => struct.name === name);
  if (!found) throw new Error(`no struct ${name}`);
  return found;
}

/** Reads a packed struct by the offsets and types that WGSL gives its members. */
function readStruct(source: string, name: string, packed: ArrayBuffer): Record<string, number[]> {
  const view = new DataView(packed);
  const read = (type: string, offset: number) =>
    type.endsWith('u32') || type.endsWith('u')
      ? view.getUint32(offset, true)
      : view.getFloat32(offset, true);
  return Object.fromEntries(
    structOf(source, name).members.map((member) => [
      member.name,
      Array.from({ length: member.size / 4 }, (_, i) =>
        read(member.type.name, member.offset + 4 * i),
      ),
    ]),
  );
}

test('Grid', () => {
  expect(structOf(gridSource, 'Grid').size).toBe(GRID_BYTES);
  const grid: Grid = {
    ...linspaceGrid([0, 1], [0, 2], 9, 5),
    samplesPerUnit: 0.25,
    hingeHalfWidth: 1.5,
    contourHalfWidth: 1.2,
    radial: { rate: 20, outerRadius: 1.25 },
  };
  const packed = new ArrayBuffer(GRID_BYTES + 256);
  packGrid(grid, { firstRow: 1, rows: 2, targetRow: 3, rowsPerThread: 32 }, packed, 256);
  expect(readStruct(gridSource, 'Grid', packed.slice(256))).toEqual({
    origin: [4, 2],
    step: [0.125, 0.5],
    size: [9, 5],
    firstRow: [1],
    rows: [2],
    targetRow: [3],
    rowsPerThread: [32],
    groupsPerRow: [3],
    samplesPerUnit: [0.25],
    hingeHalfWidth: [1.5],
    radialRate: [20],
    outerRadius: [1.25],
  });
});

test('Coloring', () => {
  expect(structOf(COLOR_SOURCE, 'Coloring').size).toBe(COLORING_BYTES);
  const packed = new ArrayBuffer(COLORING_BYTES);
  packColoring(
    {
      quantity: 'region',
      colormap: 'viridis',
      widthPx: 100,
      heightPx: 50,
      gridWidth: 201,
      gridHeight: 99,
      firstRow: 4,
      rows: 6,
      samplesPerPx: 2,
      contourHalfWidth: 2.4,
      range: { low: -1, high: 2 },
      stops: null,
      symmetric: false,
      zero: 0.5,
      levels: { first: 0.25, step: 0.125, count: 7 },
      filled: true,
      lines: false,
      hinges: true,
      boundaries: false,
      share: { offset: 0.25, scale: 3 },
      cells: { scale: 0.75, shift: [1.5, -2] },
    },
    packed,
  );
  expect(readStruct(COLOR_SOURCE, 'Coloring', packed)).toEqual({
    pictureSize: [100, 50],
    gridSize: [201, 99],
    firstRow: [4],
    rowsHere: [6],
    groupsPerRow: [51],
    box: [2],
    rangeMode: [2],
    low: [-1 * COLOR_UNIT],
    high: [2 * COLOR_UNIT],
    zero: [0.5 * COLOR_UNIT],
    firstLevel: [0.25 * COLOR_UNIT],
    levelStep: [0.125 * COLOR_UNIT],
    levelCount: [7],
    unit: [COLOR_UNIT],
    cellShift: [1.5, -2],
    cellScale: [0.75],
    contourHalfWidth: [Math.fround(2.4)],
    shareOffset: [0.25],
    shareScale: [3],
  });
});

test('Equalize', () => {
  expect(structOf(EQUALIZE_SOURCE, 'Equalize').size).toBe(EQUALIZE_BYTES);
  const read = (packed: ArrayBuffer) => readStruct(EQUALIZE_SOURCE, 'Equalize', packed);
  const all = { groupsPerRow: [125], stride: [1], columns: [500], rows: [400], kind: [0] };
  expect(read(packEqualize(500, 400, { kind: 'all' }))).toEqual({ ...all, low: [0], high: [0] });
  const distances = { ...all, kind: [1], low: [0.25], high: [0] };
  expect(read(packEqualize(500, 400, { kind: 'distances', from: 0.25 }))).toEqual(distances);
  const large = { groupsPerRow: [512], stride: [4], columns: [512], rows: [257] };
  expect(read(packEqualize(2048, 1025, { kind: 'inside', low: -1, high: 2 }))).toEqual({
    ...{ ...large, kind: [2], low: [-1], high: [2] },
  });
});

test('Reduce and Statistics', () => {
  expect(structOf(REDUCE_SOURCE, 'Reduce').size).toBe(REDUCE_BYTES);
  expect(structOf(REDUCE_SOURCE, 'Statistics').size).toBe(STATISTICS_BYTES);
  const share = {
    groups: 1,
    groupsPerRow: 2,
    width: 3,
    firstGroup: 4,
    threads: 5,
    firstPartial: 6,
  };
  const packed = packReduce({ ...share, partialCount: 7, ignored: 16 });
  expect(readStruct(REDUCE_SOURCE, 'Reduce', packed)).toEqual({
    groups: [1],
    groupsPerRow: [2],
    width: [3],
    firstGroup: [4],
    threads: [5],
    firstPartial: [6],
    partialCount: [7],
    ignored: [16],
  });
});

test('Present', () => {
  expect(structOf(presentSource, 'Present').size).toBe(PRESENT_BYTES);
});

test('Layer and Batch', () => {
  expect(structOf(layerSource, 'Layer').size).toBe(LAYER_BYTES);
  expect(structOf(layerSource, 'Batch').size).toBe(BATCH_UNIFORM_BYTES);
  const shape = {
    inputs: 4,
    blocks: 5,
    firstWeight: 6,
    firstBlock: 7,
    firstNeuron: 8,
    number: 9,
  };
  expect(readStruct(layerSource, 'Layer', packLayer(shape, 3, 12).buffer)).toEqual({
    inputs: [4],
    blocks: [5],
    firstWeight: [6],
    firstBlock: [7],
    firstNeuron: [8],
    number: [9],
    sourceHalf: [1],
    stride: [12],
  });
});

test('a network of open neurons: each slot begins where the weights of the one before end', () => {
  let next = 0;
  for (let slot = 0; slot <= SLOTS; slot += 1) {
    expect(rowOf(slot)).toBe(next);
    // Its own quad and one for every four slots before, with one to spare.
    next += 2 + Math.floor(slot / 4);
  }
  const source = composeCulled('relu', 'value');
  expect(source).toContain(`const TILE_OUTPUT = ${rowOf(SLOTS)}u;`);
  expect(source).toContain(`const LEAF_OUTPUT = ${rowOf(LEAF_SLOTS)}u;`);
});
