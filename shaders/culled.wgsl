// Evaluates wide networks tile by tile (16 × 16 samples). Over a tile most neurons keep their sign, so
// that they are affine maps; only those that may change it, the tile's open neurons, stay neurons.
// What is left is a small network of the open neurons alone, and it is exact.
//
// `carryMiddle` and `carry`, `settle` and `assign` take turns, a layer each: carry makes pre-activations from the maps of the
// layer before, settle decides which neurons are open, assign gives these their slots. `evaluate` then runs the small networks, and
// `evaluatePlain` those tiles that have more open neurons than SLOTS.
// The lines marked //# are filled in by src/kernels/composeCulled.ts.
//
// The map of a neuron over a tile: quad 0 is (value at the tile's middle, slope along x, along y, 0), and
// the quads after it are weights of the open neurons in slots 0 to 3, 4 to 7 and so on. What an open
// neuron contributes is told as a difference from the middle of its range: it lies in ±radius.

struct Tiles {
  plain: atomic<u32>,  // how many tiles go to evaluatePlain
  // Two a tile: open neurons up to now, and before the last layer. Then the tiles for evaluatePlain, and
  // [block, tile] marks of a layer's open neurons.
  counts: array<u32>,
}

@group(0) @binding(0) var<uniform> grid: Grid;
@group(0) @binding(1) var<uniform> layer: Layer;
@group(0) @binding(2) var<uniform> layers: array<Layer, MAX_LAYERS>;
@group(0) @binding(3) var<storage, read> weights: array<vec4f>;
@group(0) @binding(4) var<storage, read> neurons: array<Block>;
// [half, quad, neuron, tile] maps; for evaluatePlain [half, channel, neuron, thread] of four samples.
@group(0) @binding(5) var<storage, read_write> activations: array<vec4f>;
// [slot, quad, tile] the map of each open neuron's pre-activation; quad QUADS is its head: floor, middle
// and radius of its range, and its number in the layer. Then [quad, tile] radii, four slots each.
@group(0) @binding(6) var<storage, read_write> slots: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> tiles: Tiles;
@group(0) @binding(8) var<storage, read_write> samples: array<vec4u>;

override workgroupSize: u32 = 64;

const TILE = 16u;
const TILE_GROUPS = TILE / 4u;
const QUADS = 1u + SLOTS / 4u;
const LANES = vec4u(0u, 1u, 2u, 3u);

fn tilesPerRow() -> u32 {
  return (grid.groupsPerRow + TILE_GROUPS - 1u) / TILE_GROUPS;
}

fn tileCount() -> u32 {
  return tilesPerRow() * ((grid.rows + TILE - 1u) / TILE);
}

// The sample index, halves included, of a tile's middle.
fn middleOf(tile: u32) -> vec2f {
  let corner = TILE * vec2u(tile % tilesPerRow(), tile / tilesPerRow());
  return vec2f(corner + vec2u(0u, grid.firstRow)) + 0.5 * f32(TILE - 1u);
}

fn mapIndex(half: u32, quad: u32, neuron: u32, tile: u32) -> u32 {
  return ((half * QUADS + quad) * layer.stride + neuron) * tileCount() + tile;
}

fn slotIndex(slot: u32, quad: u32, tile: u32) -> u32 {
  return (slot * (QUADS + 1u) + quad) * tileCount() + tile;
}

fn radiiIndex(quad: u32, tile: u32) -> u32 {
  return (SLOTS * (QUADS + 1u) + quad) * tileCount() + tile;
}

// Quads that maps have while `open` neurons are.
fn quadsFor(open: u32) -> u32 {
  return 1u + (open + 3u) / 4u;
}

// A loop of `once(condition)` turns is what an `if` would be elsewhere: software adapters run both sides
// of a branch and keep one, but leave a loop that no lane enters.
fn once(condition: bool) -> u32 {
  return select(0u, 1u, condition);
}

@compute @workgroup_size(workgroupSize)
fn begin(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x;
  if (tile >= tileCount()) {
    return;
  }
  let middle = (middleOf(tile) - grid.origin) * grid.step;
  activations[mapIndex(0u, 0u, 0u, tile)] = vec4f(middle.x, 1.0, 0.0, 0.0);
  activations[mapIndex(0u, 0u, 1u, tile)] = vec4f(middle.y, 0.0, 1.0, 0.0);
  activations[mapIndex(0u, 0u, 2u, tile)] = vec4f(0.0);
  activations[mapIndex(0u, 0u, 3u, tile)] = vec4f(0.0);
  tiles.counts[2u * tile] = 0u;
  tiles.counts[2u * tile + 1u] = 0u;
  if (tile == 0u) {
    atomicStore(&tiles.plain, 0u);
  }
}

// Quad 0, which every tile has, of eight neurons in four tiles: what is read then serves many times.
@compute @workgroup_size(workgroupSize)
fn carryMiddle(@builtin(global_invocation_id) id: vec3u) {
  let quarter = (tileCount() + 3u) / 4u;
  if (id.x >= quarter) {
    return;
  }
  // Beyond the last tile or block the last one is carried again.
  let tile0 = id.x;
  let tile1 = min(id.x + quarter, tileCount() - 1u);
  let tile2 = min(id.x + 2u * quarter, tileCount() - 1u);
  let tile3 = min(id.x + 3u * quarter, tileCount() - 1u);
  let block0 = 2u * id.y;
  let block1 = min(block0 + 1u, layer.blocks - 1u);
  let half = 1u - layer.sourceHalf;
  //#carryMiddle
}

// One of the other quads of the pre-activations of four neurons.
@compute @workgroup_size(workgroupSize)
fn carry(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x;
  let block = id.y;
  let quad = id.z + 1u;
  if (tile >= tileCount()) {
    return;
  }
  let open = tiles.counts[2u * tile];
  let isThere = (open <= SLOTS) & (quad < quadsFor(open));
  for (var turn = 0u; turn < once(isThere); turn++) {
    carryQuad(tile, block, quad, open);
  }
}

fn carryQuad(tile: u32, block: u32, quad: u32, open: u32) {
  let before = tiles.counts[2u * tile + 1u];
  let firstSlot = 4u * quad - 4u;
  // All slots of this quad are the last layer's: each takes in one neuron, which is a weight.
  let isNew = firstSlot >= before;
  var s0 = vec4f(0.0);
  var s1 = vec4f(0.0);
  var s2 = vec4f(0.0);
  var s3 = vec4f(0.0);
  let inputs = select(layer.inputs, 0u, isNew);
  for (var j = 0u; j < inputs; j += 4u) {
    //#carry
  }
  let last = min(firstSlot + 4u, open);
  for (var slot = select(last, firstSlot, isNew); slot < last; slot++) {
    let input = u32(slots[slotIndex(slot, QUADS, tile)].w);
    let w = weights[layer.firstWeight + input * layer.blocks + block];
    let unit = vec4f(LANES == vec4u(slot - firstSlot));
    s0 += w.x * unit;
    s1 += w.y * unit;
    s2 += w.z * unit;
    s3 += w.w * unit;
  }
  let sign = neurons[layer.firstBlock + block].sign;
  let half = 1u - layer.sourceHalf;
  activations[mapIndex(half, quad, 4u * block, tile)] = sign.x * s0;
  activations[mapIndex(half, quad, 4u * block + 1u, tile)] = sign.y * s1;
  activations[mapIndex(half, quad, 4u * block + 2u, tile)] = sign.z * s2;
  activations[mapIndex(half, quad, 4u * block + 3u, tile)] = sign.w * s3;
}

// How far a pre-activation may be from its value at the tile's middle by its slopes alone: so far do the
// cells of the tile's samples extend.
fn reachOf(map: vec4f) -> f32 {
  let cell = 0.5 * f32(TILE) * abs(grid.step);
  return abs(map.y) * cell.x + abs(map.z) * cell.y;
}

// Turns the maps of four neurons' pre-activations into those of their activations, but for the open ones,
// which it marks.
@compute @workgroup_size(workgroupSize)
fn settle(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x;
  let block = id.y;
  if (tile >= tileCount()) {
    return;
  }
  let half = 1u - layer.sourceHalf;
  let open = tiles.counts[2u * tile];
  let quads = select(quadsFor(open), 0u, open > SLOTS);
  let floors = neurons[layer.firstBlock + block].floor;
  let z0 = activations[mapIndex(half, 0u, 4u * block, tile)];
  let z1 = activations[mapIndex(half, 0u, 4u * block + 1u, tile)];
  let z2 = activations[mapIndex(half, 0u, 4u * block + 2u, tile)];
  let z3 = activations[mapIndex(half, 0u, 4u * block + 3u, tile)];
  var reach = vec4f(reachOf(z0), reachOf(z1), reachOf(z2), reachOf(z3));
  for (var quad = 1u; quad < quads; quad++) {
    let radii = slots[radiiIndex(quad - 1u, tile)];
    reach += vec4f(
      dot(abs(activations[mapIndex(half, quad, 4u * block, tile)]), radii),
      dot(abs(activations[mapIndex(half, quad, 4u * block + 1u, tile)]), radii),
      dot(abs(activations[mapIndex(half, quad, 4u * block + 2u, tile)]), radii),
      dot(abs(activations[mapIndex(half, quad, 4u * block + 3u, tile)]), radii));
  }
  let height = vec4f(z0.x, z1.x, z2.x, z3.x) - floors;
  // What does not vary at all is not open.
  let isOpen = (reach > vec4f(0.0)) & (abs(height) <= reach);
  let stays = isOpen | (height > vec4f(0.0));
  let factor = select(vec4f(OFF_FACTOR), vec4f(1.0), stays);
  let constant = select((1.0 - OFF_FACTOR) * floors, vec4f(0.0), stays);
  for (var quad = 0u; quad < quads; quad++) {
    let middle = vec4f(f32(quad == 0u), 0.0, 0.0, 0.0);
    for (var r = 0u; r < 4u; r++) {
      let at = mapIndex(half, quad, 4u * block + r, tile);
      activations[at] = factor[r] * activations[at] + constant[r] * middle;
    }
  }
  let marks = dot(vec4u(isOpen), vec4u(1u, 2u, 4u, 8u));
  tiles.counts[(3u + block) * tileCount() + tile] = select(marks, 0u, open > SLOTS);
}

// Gives the open neurons of a layer their slots, and makes their activations' maps.
@compute @workgroup_size(workgroupSize)
fn assign(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x;
  if (tile >= tileCount()) {
    return;
  }
  let half = 1u - layer.sourceHalf;
  let before = tiles.counts[2u * tile];
  let quads = quadsFor(min(before, SLOTS));
  var open = before;
  for (var block = 0u; block < layer.blocks; block++) {
    var marks = tiles.counts[(3u + block) * tileCount() + tile];
    while (marks != 0u) {
      let r = firstTrailingBit(marks);
      marks &= marks - 1u;
      let i = 4u * block + r;
      let floor = neurons[layer.firstBlock + block].floor[r];
      let z = activations[mapIndex(half, 0u, i, tile)];
      // Too many: the slot is shared and the tile goes to evaluatePlain.
      let slot = min(open, SLOTS - 1u);
      let ownQuad = 1u + slot / 4u;
      let unit = vec4f(LANES == vec4u(slot % 4u));
      var reach = reachOf(z);
      for (var quad = 0u; quad <= max(ownQuad, quads - 1u); quad++) {
        let at = mapIndex(half, min(quad, quads - 1u), i, tile);
        let map = select(vec4f(0.0), activations[at], quad < quads);
        let radii = slots[radiiIndex(max(quad, 1u) - 1u, tile)];
        reach += select(0.0, dot(abs(map), radii), quad > 0u && quad < quads);
        slots[slotIndex(slot, quad, tile)] = map;
        let own = select(vec4f(0.0), unit, quad == ownQuad);
        activations[at] = select(activations[at], own, quad < quads);
      }
      let height = z.x - floor;
      //#range
      slots[slotIndex(slot, QUADS, tile)] = vec4f(floor, floor + radius, radius, f32(i));
      activations[mapIndex(half, 0u, i, tile)] = vec4f(floor + radius, 0.0, 0.0, 0.0);
      let earlier = select(vec4f(0.0), slots[radiiIndex(ownQuad - 1u, tile)], vec4u(slot % 4u) > LANES);
      slots[radiiIndex(ownQuad - 1u, tile)] = earlier + radius * unit;
      open++;
    }
  }
  tiles.counts[2u * tile] = open;
  tiles.counts[2u * tile + 1u] = before;
  for (var turn = 0u; turn < once((open > SLOTS) & (before <= SLOTS)); turn++) {
    tiles.counts[2u * tileCount() + atomicAdd(&tiles.plain, 1u)] = tile;
  }
}

// Four columns of a tile, `rowsPerThread` rows or all.
@compute @workgroup_size(workgroupSize)
fn evaluate(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x / TILE_GROUPS;
  let group = TILE_GROUPS * (tile % tilesPerRow()) + id.x % TILE_GROUPS;
  if (tile >= tileCount() || group >= grid.groupsPerRow) {
    return;
  }
  let open = tiles.counts[2u * tile];
  let half = 1u - layer.sourceHalf;
  let middle = middleOf(tile);
  let across = (vec4f(f32(4u * group)) + vec4f(LANES) - middle.x) * grid.step.x;
  let tileStart = TILE * (tile / tilesPerRow());
  let tileEnd = min(tileStart + TILE, grid.rows);
  let start = tileStart + id.y * grid.rowsPerThread;
  let end = min(start + grid.rowsPerThread, tileEnd);
  //#classes
}

fn indexOf(half: u32, channel: u32, neuron: u32, thread: u32) -> u32 {
  return ((half * CHANNELS + channel) * layer.stride + neuron) * PLAIN_THREADS + thread;
}

// The tiles that have too many open neurons, without culling: four samples at a time through all layers.
@compute @workgroup_size(workgroupSize)
fn evaluatePlain(@builtin(global_invocation_id) id: vec3u) {
  let group = id.x;
  let total = atomicLoad(&tiles.plain) * TILE * TILE_GROUPS;
  let lastLayer = layer.number - 1u;
  for (var item = id.x; item < total; item += PLAIN_THREADS) {
    let tile = tiles.counts[2u * tileCount() + item / (TILE * TILE_GROUPS)];
    // Beyond the border of the grid its last samples are evaluated again.
    let place = min(
      vec2u(TILE_GROUPS, TILE) * vec2u(tile % tilesPerRow(), tile / tilesPerRow())
        + vec2u(item % TILE_GROUPS, (item / TILE_GROUPS) % TILE),
      vec2u(grid.groupsPerRow, grid.rows) - 1u);
    let column = vec4f(f32(4u * place.x)) + vec4f(LANES);
    let line = f32(grid.firstRow + place.y);
    //#begin
    for (var l = 0u; l < lastLayer; l++) {
      let layer = layers[l];
      let sourceHalf = layer.sourceHalf;
      let targetHalf = 1u - sourceHalf;
      for (var block = 0u; block < layer.blocks; block++) {
        //#product
        let neuron = neurons[layer.firstBlock + block];
        //#activate
      }
    }
    let sourceHalf = layer.sourceHalf;
    let block = 0u;
    //#product
    let target0 = (grid.targetRow + place.y) * grid.groupsPerRow + place.x;
    //#finish
  }
}
