// Evaluates a wide network layer by layer, for any widths with the same pipelines. Activations lie in
// a buffer; a thread evaluates four neighbouring samples for four neurons, so that each weight and each
// activation that it reads serves four times over. The lines marked //# are filled in by
// src/kernels/composeLayered.ts, which also documents the channels.

@group(0) @binding(0) var<uniform> grid: Grid;
// Groups of four samples, counted along the rows of the band.
@group(0) @binding(1) var<uniform> batch: Batch;
@group(0) @binding(2) var<uniform> layer: Layer;
@group(0) @binding(3) var<storage, read> weights: array<vec4f>;
//#neurons
// [half, channel, neuron, group] of four samples each.
@group(0) @binding(5) var<storage, read_write> activations: array<vec4f>;
//#samples

fn indexOf(half: u32, channel: u32, neuron: u32, group: u32) -> u32 {
  return ((half * CHANNELS + channel) * layer.stride + neuron) * batch.count + group;
}

// The key of a hidden neuron in the identity of a region, as in model/pattern.ts.
fn neuronKey(neuron: u32) -> u32 {
  var x = neuron + 1u;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn begin(@builtin(global_invocation_id) id: vec3u) {
  let group = id.x;
  if (group >= batch.count) {
    return;
  }
  let number = batch.first + group;
  let column = vec4f(f32(4u * (number % grid.groupsPerRow))) + vec4f(0.0, 1.0, 2.0, 3.0);
  let line = f32(grid.firstRow + number / grid.groupsPerRow);
  //#begin
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn propagate(@builtin(global_invocation_id) id: vec3u) {
  let group = id.x;
  let block = id.y;
  if (group >= batch.count) {
    return;
  }
  let sourceHalf = layer.sourceHalf;
  let targetHalf = 1u - sourceHalf;
  //#product
  let neuron = neurons[layer.firstBlock + block];
  //#activate
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn finish(@builtin(global_invocation_id) id: vec3u) {
  let group = id.x;
  if (group >= batch.count) {
    return;
  }
  let number = batch.first + group;
  let column = vec4f(f32(4u * (number % grid.groupsPerRow))) + vec4f(0.0, 1.0, 2.0, 3.0);
  let line = f32(grid.firstRow + number / grid.groupsPerRow);
  let sourceHalf = layer.sourceHalf;
  //#outputs
  //#finish
}
