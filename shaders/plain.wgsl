// The last part of culled.wgsl, for tiles in which there is little to cull.

// `thread` is a thread's number, and how many there are.
fn indexOf(half: u32, channel: u32, neuron: u32, thread: vec2u) -> u32 {
  return ((half * CHANNELS + channel) * layer.stride + neuron) * thread.y + thread.x;
}

// The tiles that have too many open neurons, without culling: four samples at a time through all layers.
@compute @workgroup_size(WORKGROUP_SIZE)
fn evaluatePlain(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let group = vec2u(id.x, workgroups.x * WORKGROUP_SIZE);
  let total = atomicLoad(&tiles.plain) * TILE * TILE_GROUPS;
  let lastLayer = layer.number - 1u;
  for (var item = id.x; item < total; item += group.y) {
    let tile = tiles.counts[plainAt(item / (TILE * TILE_GROUPS))];
    let place = cornerOf(tile) / vec2u(4u, 1u) + vec2u(item % TILE_GROUPS, (item / TILE_GROUPS) % TILE);
    let isThere = all(place < vec2u(grid.groupsPerRow, grid.rows));
    let strip = tile * STRIPS + (item / TILE_GROUPS) % TILE / LEAF.y;
    for (var turn = 0u; turn < once(isThere && isTaken(strip)); turn++) {
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
      //#outputs
      let target0 = (grid.targetRow + place.y) * grid.groupsPerRow + place.x;
      //#finish
    }
  }
}
