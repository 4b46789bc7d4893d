// What culled.wgsl, leaves.wgsl and plain.wgsl share: the buffers of the tiles of a wide network, and their layout.
//
// The map of a neuron over a tile: quad 0 is (value at the tile's middle, slope along x, along y, 0), and
// the quads after it are weights of the open neurons in slots 0 to 3, 4 to 7 and so on. What an open
// neuron contributes is relative to its floor: it lies between 0 and 2 · radius.

struct Tiles {
  plain: atomic<u32>,   // the number of tiles for evaluatePlain
  leaves: atomic<u32>,  // the number of leaves for evaluateLooped
  // Lists and counts, one after the other; the functions named …At return their places.
  counts: array<u32>,
}

@group(0) @binding(0) var<uniform> grid: Grid;
// Tiles, counted along the rows of tiles of the band.
@group(0) @binding(1) var<uniform> batch: Batch;
@group(0) @binding(2) var<uniform> layer: Layer;
@group(0) @binding(3) var<uniform> layers: array<Layer, MAX_LAYERS>;
@group(0) @binding(4) var<storage, read> weights: array<vec4f>;
//#neurons
// [half, quad, neuron, tile] maps; for evaluatePlain [half, channel, neuron, thread] of four samples;
// for refine [slot, quad, leaf] what a tile's slots are in a leaf.
@group(0) @binding(6) var<storage, read_write> activations: array<vec4f>;
// The networks of open neurons: first those of the tiles, then those of the leaves. `rowOf` describes their layout.
@group(0) @binding(7) var<storage, read_write> nets: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> tiles: Tiles;
@group(0) @binding(9) var<storage, read_write> samples: array<vec4u>;

const TILE_GROUPS = TILE / 4u;
const SQUARE = vec2u(TILE);
const LEAVES_ACROSS = TILE / LEAF.x;
const LEAVES = LEAVES_ACROSS * (TILE / LEAF.y);
const LANES = vec4u(0u, 1u, 2u, 3u);

fn tilesPerRow() -> u32 {
  return (grid.groupsPerRow + TILE_GROUPS - 1u) / TILE_GROUPS;
}

// Whether a strip of a tile, counted over the batch, is to be evaluated.
fn isTaken(strip: u32) -> bool {
  return strip >= batch.firstStrip && strip < batch.endStrip;
}

// Column and row of a tile's first sample, counted from the band's.
fn cornerOf(tile: u32) -> vec2u {
  let number = batch.first + tile;
  return TILE * vec2u(number % tilesPerRow(), number / tilesPerRow());
}

// The middle of a tile or leaf, relative to the anchor.
fn middleOf(corner: vec2u, size: vec2u) -> vec2f {
  let index = vec2f(corner + vec2u(0u, grid.firstRow)) + 0.5 * vec2f(size - 1u);
  return (index - grid.origin) * grid.step;
}

// Where a tile's counts lie: open neurons up to now, those before the last layer, a list of tiles for evaluatePlain.
fn openAt(tile: u32) -> u32 {
  return tile;
}
fn beforeAt(tile: u32) -> u32 {
  return batch.count + tile;
}
fn plainAt(index: u32) -> u32 {
  return 2u * batch.count + index;
}
// Open neurons of a leaf, and the list of leaves for evaluateLooped.
fn leafOpenAt(leaf: u32) -> u32 {
  return 3u * batch.count + leaf;
}
fn leafListAt(index: u32) -> u32 {
  return (3u + LEAVES) * batch.count + index;
}
// The number in its layer of the neuron in a slot.
fn numberAt(slot: u32, tile: u32) -> u32 {
  return (3u + 2u * LEAVES + slot) * batch.count + tile;
}
// The number of slots of the layers before that of a slot.
fn inputsAt(slot: u32, tile: u32) -> u32 {
  return (3u + 2u * LEAVES + SLOTS + slot) * batch.count + tile;
}
// Marks of the open neurons of a block of four.
fn marksAt(block: u32, tile: u32) -> u32 {
  return (3u + 2u * LEAVES + 2u * SLOTS + block) * batch.count + tile;
}

// Buffers of vec4f hold rows of sixteen tiles or leaves each, all rows of these sixteen together: threads side by side read side by
// side, and what a thread reads one after the other is not far apart.

fn startOf(item: u32, rows: u32) -> u32 {
  return item / BLOCK * rows * BLOCK + item % BLOCK;
}

fn mapIndex(half: u32, quad: u32, neuron: u32, tile: u32) -> u32 {
  return startOf(tile, 2u * QUADS * layer.stride) + BLOCK * ((half * QUADS + quad) * layer.stride + neuron);
}

// A network of open neurons in `nets`: quad q of slot k lies in row rowOf(k) + q. Quad 0 is (value over the floor in the middle, slope
// along x, along y, 0); the quads after it are the weights of slots before, of which slot k may have k.
fn rowOf(slot: u32) -> u32 {
  let block = slot / 4u;
  return 2u * slot + block * (2u * block + slot % 4u) - 2u * block;
}

fn quadAt(net: u32, row: u32) -> u32 {
  return net + BLOCK * row;
}

// After its slots come the maps of the outputs and the radii, four slots a quad. TILE_OUTPUT is rowOf(SLOTS).
const TILE_RADII = TILE_OUTPUT + OUTPUTS * QUADS;

fn tileNet(tile: u32) -> u32 {
  return startOf(tile, TILE_NET_ROWS);
}

// Quads that maps have while `open` neurons are.
fn quadsFor(open: u32) -> u32 {
  return 1u + (open + 3u) / 4u;
}

// A loop of `once(condition)` turns replaces an `if`: software adapters run both sides
// of a branch and keep one, but skip a loop that no lane enters.
fn once(condition: bool) -> u32 {
  return select(0u, 1u, condition);
}
