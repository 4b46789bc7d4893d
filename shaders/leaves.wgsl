// The second half of culled.wgsl: leaves of 8 × 8 samples. A tile's network of open neurons is culled over each of
// its leaves, where most of these keep their sign too, and what is left is evaluated sample by sample.

const LEAF_QUADS = 1u + LEAF_SLOTS / 4u;
// As in a tile's network; LEAF_OUTPUT is rowOf(LEAF_SLOTS).
const LEAF_RADII = LEAF_OUTPUT + LEAF_QUADS;
const LEAF_GROUPS = LEAF / 4u;

const LEAF_ROWS = LEAF_RADII + LEAF_SLOTS / 4u;

// The networks of the leaves lie after those of the tiles.
fn leafNet(leaf: u32) -> u32 {
  return (part.count + BLOCK - 1u) / BLOCK * BLOCK * TILE_ROWS + startOf(leaf, LEAF_ROWS);
}

fn leafCorner(leaf: u32) -> vec2u {
  let number = leaf % LEAVES;
  return cornerOf(leaf / LEAVES) + LEAF * vec2u(number % LEAVES_PER_EDGE, number / LEAVES_PER_EDGE);
}

fn isInGrid(corner: vec2u) -> bool {
  return corner.x < 4u * grid.groupsPerRow && corner.y < grid.rows;
}

// What slot `slot` of the tile contributes in a leaf, as a map over the leaf.
fn inLeaf(slot: u32, quad: u32, leaf: u32) -> u32 {
  return startOf(leaf, (SLOTS + 4u) * LEAF_QUADS) + BLOCK * (slot * LEAF_QUADS + quad);
}

// Makes the network of a leaf from that of its tile.
@compute @workgroup_size(workgroupSize)
fn refine(@builtin(global_invocation_id) id: vec3u) {
  let leaf = id.x;
  if (leaf >= part.count * LEAVES) {
    return;
  }
  let tile = leaf / LEAVES;
  let tileOpen = tiles.counts[openAt(tile)];
  let corner = leafCorner(leaf);
  let isThere = tileOpen <= SLOTS && isInGrid(corner);
  tiles.counts[leafOpenAt(leaf)] = tileOpen;
  let tileMiddle = middleOf(cornerOf(tile), TILE);
  for (var turn = 0u; turn < once(isThere); turn++) {
    let open = refineLeaf(tile, leaf, tileOpen, middleOf(corner, LEAF) - tileMiddle);
    // A leaf with too many keeps the network of its tile.
    tiles.counts[leafOpenAt(leaf)] = select(open, tileOpen, open > LEAF_SLOTS);
    for (var again = 0u; again < once(open > STRAIGHT); again++) {
      tiles.counts[leafListAt(atomicAdd(&tiles.leaves, 1u))] = leaf;
    }
  }
}

// Returns how many neurons are open, or a number above LEAF_SLOTS.
fn refineLeaf(tile: u32, leaf: u32, tileOpen: u32, shift: vec2f) -> u32 {
  let source = tileNet(tile);
  let net = leafNet(leaf);
  // Before which slot of the tile a quad holds nothing.
  var since: array<u32, LEAF_QUADS>;
  var open = 0u;
  for (var k = 0u; k <= tileOpen && open <= LEAF_SLOTS; k++) {
    let quads = quadsFor(open);
    // Zeros, by which the weights of four slots at a time are padded. A further quad may begin among them.
    for (var slot = select(k + 4u, k, k % 4u == 0u); slot < k + 4u; slot++) {
      for (var quad = 0u; quad <= min(quads, LEAF_QUADS - 1u); quad++) {
        activations[inLeaf(slot, quad, leaf)] = vec4f(0.0);
      }
    }
    let isOutput = k == tileOpen;
    let row = select(rowOf(k), TILE_OUTPUT, isOutput);
    let own = nets[quadAt(source, row)];
    let inputs = select(tiles.counts[inputsAt(min(k, SLOTS - 1u), tile)], tileOpen, isOutput);
    var height = 0.0;
    var reach = 0.0;
    for (var quad = 0u; quad < quads; quad++) {
      var map = vec4f(own.x + dot(own.yz, shift), own.yz, 0.0) * f32(quad == 0u);
      for (var j = since[quad]; j < inputs; j += 4u) {
        let w = nets[quadAt(source, row + 1u + j / 4u)];
        map += w.x * activations[inLeaf(j, quad, leaf)] + w.y * activations[inLeaf(j + 1u, quad, leaf)]
          + w.z * activations[inLeaf(j + 2u, quad, leaf)] + w.w * activations[inLeaf(j + 3u, quad, leaf)];
      }
      activations[inLeaf(k, quad, leaf)] = map;
      let radii = nets[quadAt(net, LEAF_RADII + max(quad, 1u) - 1u)];
      height += select(dot(map, radii), map.x, quad == 0u);
      reach += select(dot(abs(map), radii), reachOf(map, LEAF), quad == 0u);
    }
    //#range
    let isOpen = reach > 0.0 && abs(height) <= reach;
    // An open neuron gets a slot, unless there are too many.
    let slot = min(open, LEAF_SLOTS - 1u);
    let target0 = select(rowOf(slot), LEAF_OUTPUT, isOutput);
    for (var quad = 0u; quad < select(0u, quads, isOpen | isOutput); quad++) {
      nets[quadAt(net, target0 + quad)] = activations[inLeaf(k, quad, leaf)];
    }
    let factor = select(select(OFF_FACTOR, 1.0, height > 0.0), 0.0, isOpen);
    for (var quad = select(0u, quads, height > reach); quad < quads; quad++) {
      activations[inLeaf(k, quad, leaf)] *= factor;
    }
    for (var turn = 0u; turn < once(isOpen & !isOutput); turn++) {
      let ownQuad = 1u + slot / 4u;
      let unit = vec4f(LANES == vec4u(slot % 4u));
      let radiiAt = quadAt(net, LEAF_RADII + ownQuad - 1u);
      let isFirst = slot % 4u == 0u;
      since[ownQuad] = select(since[ownQuad], k - k % 4u, isFirst);
      nets[radiiAt] = select(nets[radiiAt], vec4f(0.0), isFirst) + radius * unit;
      activations[inLeaf(k, ownQuad, leaf)] = unit;
      open++;
    }
  }
  return open;
}

// The straight-line networks: a leaf, or where more threads are wanted a part of its columns.
@compute @workgroup_size(workgroupSize)
fn evaluate(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) shares: vec3u) {
  let leaf = id.x;
  let corner = leafCorner(leaf);
  if (leaf >= part.count * LEAVES || !isInGrid(corner)) {
    return;
  }
  let open = tiles.counts[leafOpenAt(leaf)];
  let net = leafNet(leaf);
  let middle = middleOf(corner, LEAF);
  let firstGroup = corner.x / 4u + id.y * LEAF_GROUPS / shares.y;
  let endGroup = min(firstGroup + LEAF_GROUPS / shares.y, grid.groupsPerRow);
  let endRow = min(corner.y + LEAF, grid.rows);
  //#classes
}

// What neurons contribute, on the way back the output's derivatives by that; and their slopes.
var<private> e: array<vec4f, SLOTS>;
var<private> slope: array<vec4f, SLOTS>;

// Leaves with more open neurons than there is straight-line code for, four samples at a time.
@compute @workgroup_size(workgroupSize)
fn evaluateLooped(@builtin(global_invocation_id) id: vec3u) {
  let total = atomicLoad(&tiles.leaves) * LEAF * LEAF_GROUPS;
  for (var item = id.x; item < total; item += LOOPED_THREADS) {
    let leaf = tiles.counts[leafListAt(item / (LEAF * LEAF_GROUPS))];
    let tile = leaf / LEAVES;
    let open = tiles.counts[leafOpenAt(leaf)];
    let isTile = open > LEAF_SLOTS;
    let net = select(leafNet(leaf), tileNet(tile), isTile);
    let output = select(LEAF_OUTPUT, TILE_OUTPUT, isTile);
    let middle = select(middleOf(leafCorner(leaf), LEAF), middleOf(cornerOf(tile), TILE), isTile);
    // Beyond the border of the grid its last samples are evaluated again.
    let place = min(
      leafCorner(leaf) / vec2u(4u, 1u) + vec2u(item % LEAF_GROUPS, (item / LEAF_GROUPS) % LEAF),
      vec2u(grid.groupsPerRow, grid.rows) - 1u);
    let across = (vec4f(f32(4u * place.x)) + vec4f(LANES) - grid.origin.x) * grid.step.x - middle.x;
    let up = (f32(grid.firstRow + place.y) - grid.origin.y) * grid.step.y - middle.y;
    //#looped
    let target0 = (grid.targetRow + place.y) * grid.groupsPerRow + place.x;
    //#store
  }
}
