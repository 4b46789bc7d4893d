// Evaluates wide networks tile by tile (32 × 32 samples). Over a tile most neurons keep their sign and
// are affine maps; only those that may change it, the tile's open neurons, stay neurons.
// The result is a small network of the open neurons alone, which is exact.
//
// `carryMiddle` and `carry`, `settle` and `assign` take turns, a layer each: carry makes pre-activations from the maps of the
// previous layer, settle decides which neurons are open, assign gives these their slots. `conclude` completes the tile's network.
// Then leaves.wgsl continues: it culls that network again over leaves of 16 × 8 samples, where few neurons are open, and
// evaluates the rest. plain.wgsl evaluates the tiles with more open neurons than SLOTS. common/tiles.wgsl
// describes the layout of the buffers.
// The lines marked //# are filled in by src/kernels/composeCulled.ts.

@compute @workgroup_size(WORKGROUP_SIZE)
fn begin(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x;
  if (tile >= batch.count) {
    return;
  }
  let middle = middleOf(cornerOf(tile), SQUARE);
  activations[mapIndex(0u, 0u, 0u, tile)] = vec4f(middle.x, 1.0, 0.0, 0.0);
  activations[mapIndex(0u, 0u, 1u, tile)] = vec4f(middle.y, 0.0, 1.0, 0.0);
  activations[mapIndex(0u, 0u, 2u, tile)] = vec4f(0.0);
  activations[mapIndex(0u, 0u, 3u, tile)] = vec4f(0.0);
  tiles.counts[openAt(tile)] = 0u;
  tiles.counts[beforeAt(tile)] = 0u;
  if (tile == 0u) {
    atomicStore(&tiles.plain, 0u);
    atomicStore(&tiles.leaves, 0u);
  }
}

// Quad 0, which every tile has, of eight neurons in four tiles: so that each value read is used many times.
@compute @workgroup_size(WORKGROUP_SIZE)
fn carryMiddle(@builtin(global_invocation_id) id: vec3u) {
  let quarter = (batch.count + 3u) / 4u;
  if (id.x >= quarter) {
    return;
  }
  // Beyond the last tile or block the last one is carried again.
  let tile0 = id.x;
  let tile1 = min(id.x + quarter, batch.count - 1u);
  let tile2 = min(id.x + 2u * quarter, batch.count - 1u);
  let tile3 = min(id.x + 3u * quarter, batch.count - 1u);
  let block0 = 2u * id.y;
  let block1 = min(block0 + 1u, layer.blocks - 1u);
  let half = 1u - layer.sourceHalf;
  //#carryMiddle
}

// The other quads of the pre-activations of four neurons.
@compute @workgroup_size(WORKGROUP_SIZE)
fn carry(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let tile = id.x;
  if (tile >= batch.count) {
    return;
  }
  let open = tiles.counts[openAt(tile)];
  let quads = select(quadsFor(open), 0u, open > SLOTS);
  for (var quad = id.z + 1u; quad < quads; quad += groups.z) {
    carryQuad(tile, id.y, quad, open);
  }
}

fn carryQuad(tile: u32, block: u32, quad: u32, open: u32) {
  let before = tiles.counts[beforeAt(tile)];
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
    let input = tiles.counts[numberAt(slot, tile)];
    let w = weights[layer.firstWeight + input * layer.blocks + block];
    //#unit
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

// A pre-activation over its floor lies between `low` and `high`: slots before contribute between 0 and 2 · radius each. Sums of a middle
// and a reach would lose what a clamp leaves of large numbers.

// How far by its slopes alone: so far do the cells of the samples extend.
fn reachOf(map: vec4f, size: vec2u) -> f32 {
  return dot(abs(map.yz), 0.5 * vec2f(size) * abs(grid.step));
}

// How far open neurons take it up or down at most, by their weights and by how much they contribute.
fn rise(weights: vec4f, widths: vec4f) -> f32 {
  return dot(max(weights, vec4f(0.0)), widths);
}

fn fall(weights: vec4f, widths: vec4f) -> f32 {
  return dot(min(weights, vec4f(0.0)), widths);
}

// Turns the maps of four neurons' pre-activations into those of their activations, but for the open ones,
// which it marks.
@compute @workgroup_size(WORKGROUP_SIZE)
fn settle(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x;
  let block = id.y;
  if (tile >= batch.count) {
    return;
  }
  let net = tileNet(tile);
  let half = 1u - layer.sourceHalf;
  let open = tiles.counts[openAt(tile)];
  let quads = select(quadsFor(open), 0u, open > SLOTS);
  let floors = neurons[layer.firstBlock + block].floor;
  let z0 = activations[mapIndex(half, 0u, 4u * block, tile)];
  let z1 = activations[mapIndex(half, 0u, 4u * block + 1u, tile)];
  let z2 = activations[mapIndex(half, 0u, 4u * block + 2u, tile)];
  let z3 = activations[mapIndex(half, 0u, 4u * block + 3u, tile)];
  let reach = vec4f(reachOf(z0, SQUARE), reachOf(z1, SQUARE), reachOf(z2, SQUARE), reachOf(z3, SQUARE));
  let height = vec4f(z0.x, z1.x, z2.x, z3.x) - floors;
  var low = height - reach;
  var high = height + reach;
  for (var quad = 1u; quad < quads; quad++) {
    let widths = 2.0 * nets[quadAt(net, TILE_RADII + quad - 1u)];
    let m0 = activations[mapIndex(half, quad, 4u * block, tile)];
    let m1 = activations[mapIndex(half, quad, 4u * block + 1u, tile)];
    let m2 = activations[mapIndex(half, quad, 4u * block + 2u, tile)];
    let m3 = activations[mapIndex(half, quad, 4u * block + 3u, tile)];
    low += vec4f(fall(m0, widths), fall(m1, widths), fall(m2, widths), fall(m3, widths));
    high += vec4f(rise(m0, widths), rise(m1, widths), rise(m2, widths), rise(m3, widths));
  }
  // A neuron that does not vary at all is not open.
  let isOpen = (high > low) & (low <= vec4f(0.0)) & (high >= vec4f(0.0));
  let stays = isOpen | (low > vec4f(0.0));
  //#settled
  for (var quad = 0u; quad < quads; quad++) {
    let middle = vec4f(f32(quad == 0u), 0.0, 0.0, 0.0);
    for (var r = 0u; r < 4u; r++) {
      let at = mapIndex(half, quad, 4u * block + r, tile);
      activations[at] = factor[r] * activations[at] + constant[r] * middle;
    }
  }
  let marks = dot(vec4u(isOpen), vec4u(1u, 2u, 4u, 8u));
  tiles.counts[marksAt(block, tile)] = select(marks, 0u, open > SLOTS);
}

// Gives the open neurons of a layer their slots, and makes their activations' maps.
@compute @workgroup_size(WORKGROUP_SIZE)
fn assign(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x;
  if (tile >= batch.count) {
    return;
  }
  let net = tileNet(tile);
  let half = 1u - layer.sourceHalf;
  let before = tiles.counts[openAt(tile)];
  let quads = quadsFor(min(before, SLOTS));
  var open = before;
  for (var block = 0u; block < layer.blocks; block++) {
    var marks = tiles.counts[marksAt(block, tile)];
    while (marks != 0u) {
      let r = firstTrailingBit(marks);
      marks &= marks - 1u;
      // Too many: the slot is shared and the tile goes to evaluatePlain.
      let slot = min(open, SLOTS - 1u);
      let neuron = 4u * block + r;
      tiles.counts[numberAt(slot, tile)] = neuron;
      tiles.counts[inputsAt(slot, tile)] = before;
      openNeuron(net, tile, slot, quads, neuron, neurons[layer.firstBlock + block].floor[r]);
      open++;
    }
  }
  tiles.counts[openAt(tile)] = open;
  tiles.counts[beforeAt(tile)] = before;
  for (var turn = 0u; turn < once((open > SLOTS) & (before <= SLOTS)); turn++) {
    tiles.counts[plainAt(atomicAdd(&tiles.plain, 1u))] = tile;
  }
}

// Puts the neuron's pre-activation into a slot, and makes of its activation the slot's own map.
fn openNeuron(net: u32, tile: u32, slot: u32, quads: u32, neuron: u32, floor: f32) {
  let half = 1u - layer.sourceHalf;
  let row = rowOf(slot);
  let ownQuad = 1u + slot / 4u;
  let unit = vec4f(LANES == vec4u(slot % 4u));
  let z = activations[mapIndex(half, 0u, neuron, tile)];
  //#ownSlope
  let height = z.x - floor;
  let reach = reachOf(z, SQUARE);
  var low = height - reach;
  var high = height + reach;
  for (var quad = 1u; quad < quads; quad++) {
    let source = mapIndex(half, quad, neuron, tile);
    let map = activations[source];
    let widths = 2.0 * nets[quadAt(net, TILE_RADII + quad - 1u)];
    low += fall(map, widths);
    high += rise(map, widths);
    nets[quadAt(net, row + quad)] = map;
    //#passedOn
  }
  // Weights of the slots of the same layer: none.
  for (var quad = quads; quad < quadsFor(slot); quad++) {
    nets[quadAt(net, row + quad)] = vec4f(0.0);
  }
  //#range
  //#opened
  let radiiAt = quadAt(net, TILE_RADII + ownQuad - 1u);
  nets[radiiAt] = select(vec4f(0.0), nets[radiiAt], vec4u(slot % 4u) > LANES) + radius * unit;
}

// Completes a tile's network by the map of an output.
@compute @workgroup_size(WORKGROUP_SIZE)
fn conclude(@builtin(global_invocation_id) id: vec3u) {
  let tile = id.x;
  let output = id.y;
  if (tile >= batch.count) {
    return;
  }
  let net = tileNet(tile);
  let quads = quadsFor(min(tiles.counts[openAt(tile)], SLOTS));
  for (var quad = 0u; quad < quads; quad++) {
    nets[quadAt(net, TILE_OUTPUT + output * QUADS + quad)] =
      activations[mapIndex(1u - layer.sourceHalf, quad, output, tile)];
  }
}
