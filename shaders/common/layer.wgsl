// Layers of a wide network, packed by src/kernels/packWide.ts.
struct Layer {
  inputs: u32,       // a multiple of four; padding has weight 0
  blocks: u32,       // of four neurons
  firstWeight: u32,  // in `weights`, [inputs, blocks] of the weights of a block's four neurons
  firstBlock: u32,   // in `neurons`
  firstNeuron: u32,  // counted over the hidden layers
  number: u32,       // 1, 2, …
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

// Per block: shift, floor and sign of its four neurons (see mlp.ts for their meaning).
struct Block {
  shift: vec4f,
  floor: vec4f,
  sign: vec4f,
}
