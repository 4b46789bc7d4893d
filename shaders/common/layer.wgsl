// Layers of a wide network, packed by src/kernels/packWide.ts.
struct Layer {
  inputs: u32,       // a multiple of four; padding has weight 0
  blocks: u32,       // of four neurons
  firstWeight: u32,  // in `weights`, [inputs, blocks] of the weights of a block's four neurons
  firstBlock: u32,   // in `neurons`
  firstNeuron: u32,  // counted over the hidden layers
  number: u32,       // of its hinges, 1, 2, …; of the output layer the number of all layers
  sourceHalf: u32,   // which half of `activations` is read; the other is written
  stride: u32,       // neurons for which a channel has room
}

// The items (groups of four samples, or tiles) that one round of dispatches evaluates, counted from the band's first.
struct Batch {
  first: u32,
  count: u32,
  // Of tiles: the strips of the batch that are evaluated, counted from its first tile's first.
  firstStrip: u32,
  endStrip: u32,
}

// Per block of four neurons with ReLU or Abs: shift, floor and sign (see mlp.ts for their meaning).
struct Block {
  shift: vec4f,
  floor: vec4f,
  sign: vec4f,
}

// The same for neurons with a slope each where they are off: the floor is minus the pre-activation at the anchor, the sign 1. Only clamps
// have a shift that is not 0.
struct LeakyBlock {
  slope: vec4f,
  floor: vec4f,
  sign: vec4f,
  shift: vec4f,
}

// In networks with a smooth layer, whose block 0 is (half-width, 1 / half-width, 1 or 0 if gradients are relative to the anchor's, 0).
struct AnchoredBlock {
  height: vec4f,     // the pre-activation at the anchor: in the plane's units, or of two-slope neurons in half-widths, minus the floor
  parameter: vec4f,  // of a smooth activation, or the slope where a two-slope neuron is off
  tangent1: vec4f,   // the pre-activation's derivatives at the anchor; 0 if gradients are not relative to the anchor's
  tangent2: vec4f,
  shift: vec4f,      // as in LeakyBlock
}
