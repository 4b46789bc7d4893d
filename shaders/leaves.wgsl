// The second half of culled.wgsl: leaves of 16 × 8 samples. A tile's network of open neurons is culled over each of
// its leaves, where most of these keep their sign too, and the rest is evaluated sample by sample.

// As in a tile's network; LEAF_OUTPUT is rowOf(LEAF_SLOTS).
const LEAF_RADII = LEAF_OUTPUT + OUTPUTS * LEAF_QUADS;
const LEAF_GROUPS = LEAF.x / 4u;

// The networks of the leaves lie after those of the tiles.
fn leafNet(leaf: u32) -> u32 {
  return (batch.count + BLOCK - 1u) / BLOCK * BLOCK * TILE_NET_ROWS + startOf(leaf, LEAF_NET_ROWS);
}

fn leafCorner(leaf: u32) -> vec2u {
  let number = leaf % LEAVES;
  return cornerOf(leaf / LEAVES) + LEAF * vec2u(number % LEAVES_ACROSS, number / LEAVES_ACROSS);
}

// Whether a leaf has samples to evaluate.
fn isWanted(leaf: u32, corner: vec2u) -> bool {
  return corner.x < 4u * grid.groupsPerRow && corner.y < grid.rows && isTaken(leaf / LEAVES_ACROSS);
}

// What slot `slot` of the tile contributes in a leaf, as a map over the leaf; the outputs follow the slots.
fn inLeaf(slot: u32, quad: u32, leaf: u32) -> u32 {
  return startOf(leaf, LEAF_MAPS * LEAF_QUADS) + BLOCK * (slot * LEAF_QUADS + quad);
}

// Makes the network of a leaf from that of its tile.
@compute @workgroup_size(WORKGROUP_SIZE)
fn refine(@builtin(global_invocation_id) id: vec3u) {
  let leaf = id.x;
  if (leaf >= batch.count * LEAVES) {
    return;
  }
  let tile = leaf / LEAVES;
  let tileOpen = tiles.counts[openAt(tile)];
  let corner = leafCorner(leaf);
  let isThere = tileOpen <= SLOTS && isWanted(leaf, corner);
  tiles.counts[leafOpenAt(leaf)] = tileOpen;
  let tileMiddle = middleOf(cornerOf(tile), SQUARE);
  for (var turn = 0u; turn < once(isThere); turn++) {
    let open = refineLeaf(tile, leaf, tileOpen, middleOf(corner, LEAF) - tileMiddle);
    // A leaf with too many keeps the network of its tile.
    tiles.counts[leafOpenAt(leaf)] = select(open, tileOpen, open > LEAF_SLOTS);
    for (var again = 0u; again < once(open > STRAIGHT); again++) {
      tiles.counts[leafListAt(atomicAdd(&tiles.leaves, 1u))] = leaf;
    }
  }
}

// Returns the number of open neurons, or a number above LEAF_SLOTS.
fn refineLeaf(tile: u32, leaf: u32, tileOpen: u32, shift: vec2f) -> u32 {
  let source = tileNet(tile);
  let net = leafNet(leaf);
  // Before which slot of the tile a quad holds nothing.
  var since: array<u32, LEAF_QUADS>;
  var open = 0u;
  for (var k = 0u; k < tileOpen + OUTPUTS && open <= LEAF_SLOTS; k++) {
    let quads = quadsFor(open);
    let isOutput = k >= tileOpen;
    let output = max(k, tileOpen) - tileOpen;
    let row = select(rowOf(k), TILE_OUTPUT + output * QUADS, isOutput);
    let inputs = select(tiles.counts[inputsAt(min(k, SLOTS - 1u), tile)], tileOpen, isOutput);
    let own = nets[quadAt(source, row)];
    let middle = vec4f(own.x + dot(own.yz, shift), own.yz, 0.0) + takeIn(source, row, leaf, 0u, 0u, inputs);
    let reach = reachOf(middle, LEAF);
    var low = middle.x - reach;
    var high = middle.x + reach;
    for (var quad = 1u; quad < quads; quad++) {
      let map = takeIn(source, row, leaf, quad, since[quad], inputs);
      activations[inLeaf(k, quad, leaf)] = map;
      let widths = 2.0 * nets[quadAt(net, LEAF_RADII + quad - 1u)];
      low += fall(map, widths);
      high += rise(map, widths);
    }
    //#range
    let isOpen = high > low && low <= 0.0 && high >= 0.0 && !isOutput;
    let factor = select(select(OFF_FACTOR, 1.0, low > 0.0), 0.0, isOpen);
    // An open neuron gets a slot, unless there are too many.
    let slot = min(open, LEAF_SLOTS - 1u);
    let target0 = quadAt(net, select(rowOf(slot), LEAF_OUTPUT + output * LEAF_QUADS, isOutput));
    for (var turn = 0u; turn < once(isOpen | isOutput); turn++) {
      nets[target0] = middle;
      for (var quad = 1u; quad < quads; quad++) {
        nets[target0 + BLOCK * quad] = activations[inLeaf(k, quad, leaf)];
      }
    }
    activations[inLeaf(k, 0u, leaf)] = factor * middle;
    for (var quad = select(1u, quads, low > 0.0); quad < quads; quad++) {
      activations[inLeaf(k, quad, leaf)] *= factor;
    }
    for (var turn = 0u; turn < once(isOpen); turn++) {
      let ownQuad = 1u + slot / 4u;
      let unit = vec4f(LANES == vec4u(slot % 4u));
      let radiiAt = quadAt(net, LEAF_RADII + ownQuad - 1u);
      let isFirst = slot % 4u == 0u;
      // A quad is read from a multiple of four on.
      let start = k - k % 4u;
      since[ownQuad] = select(since[ownQuad], start, isFirst);
      for (var earlier = select(k, start, isFirst); earlier < k; earlier++) {
        activations[inLeaf(earlier, ownQuad, leaf)] = vec4f(0.0);
      }
      nets[radiiAt] = select(nets[radiiAt], vec4f(0.0), isFirst) + radius * unit;
      activations[inLeaf(k, ownQuad, leaf)] = unit;
      open++;
    }
  }
  return open;
}

// One quad of what slots of the tile, of which there are `inputs`, contribute to another by its weights in `row`.
fn takeIn(net: u32, row: u32, leaf: u32, quad: u32, first: u32, inputs: u32) -> vec4f {
  var sum = vec4f(0.0);
  for (var j = first; j < inputs; j += 4u) {
    let w = nets[quadAt(net, row + 1u + j / 4u)];
    let start = inLeaf(j, quad, leaf);
    let next = BLOCK * LEAF_QUADS;
    // Entries that are not written yet may hold anything, even NaN.
    let m1 = select(vec4f(0.0), activations[start + next], j + 1u < inputs);
    let m2 = select(vec4f(0.0), activations[start + 2u * next], j + 2u < inputs);
    let m3 = select(vec4f(0.0), activations[start + 3u * next], j + 3u < inputs);
    sum += w.x * activations[start] + w.y * m1 + w.z * m2 + w.w * m3;
  }
  return sum;
}

// The straight-line networks: a leaf, or where more threads are wanted a part of its columns.
@compute @workgroup_size(WORKGROUP_SIZE)
fn evaluate(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) split: vec3u) {
  let leaf = id.x;
  let corner = leafCorner(leaf);
  if (leaf >= batch.count * LEAVES || !isWanted(leaf, corner)) {
    return;
  }
  let open = tiles.counts[leafOpenAt(leaf)];
  let net = leafNet(leaf);
  let middle = middleOf(corner, LEAF);
  let firstGroup = corner.x / 4u + id.y * LEAF_GROUPS / split.y;
  let endGroup = min(firstGroup + LEAF_GROUPS / split.y, grid.groupsPerRow);
  let endRow = min(corner.y + LEAF.y, grid.rows);
  //#classes
}

// What neurons contribute, on the way back the output's derivatives by that; and their slopes.
var<private> e: array<vec4f, SLOTS>;
var<private> slope: array<vec4f, SLOTS>;

// Leaves with more open neurons than there is straight-line code for, four samples at a time.
@compute @workgroup_size(WORKGROUP_SIZE)
fn evaluateLooped(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let threads = workgroups.x * WORKGROUP_SIZE;
  let total = atomicLoad(&tiles.leaves) * LEAF.y * LEAF_GROUPS;
  for (var item = id.x; item < total; item += threads) {
    let leaf = tiles.counts[leafListAt(item / (LEAF.y * LEAF_GROUPS))];
    let tile = leaf / LEAVES;
    let open = tiles.counts[leafOpenAt(leaf)];
    let isTile = open > LEAF_SLOTS;
    let net = select(leafNet(leaf), tileNet(tile), isTile);
    let output = select(LEAF_OUTPUT, TILE_OUTPUT, isTile);
    let middle = select(middleOf(leafCorner(leaf), LEAF), middleOf(cornerOf(tile), SQUARE), isTile);
    // Beyond the border of the grid its last samples are evaluated again.
    let place = min(
      leafCorner(leaf) / vec2u(4u, 1u) + vec2u(item % LEAF_GROUPS, (item / LEAF_GROUPS) % LEAF.y),
      vec2u(grid.groupsPerRow, grid.rows) - 1u);
    let across = (vec4f(f32(4u * place.x)) + vec4f(LANES) - grid.origin.x) * grid.step.x - middle.x;
    let up = (f32(grid.firstRow + place.y) - grid.origin.y) * grid.step.y - middle.y;
    //#looped
    let target0 = (grid.targetRow + place.y) * grid.groupsPerRow + place.x;
    //#store
  }
}
