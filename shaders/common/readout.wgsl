// A readout of several outputs at the anchor, packed by src/kernels/packOutputs.ts. src/kernels/readoutPasses.ts says what its numbers are.
struct OutputNumbers {
  p: f32,
  behind: f32,
  pi: f32,
  logPi: f32,
  pick: f32,
  unused0: f32,
  unused1: f32,
  unused2: f32,
}

struct Readout {
  steep: f32,
  inverse: f32,
  outer: f32,
  rate: f32,
  near: f32,
  logitUnit: f32,
  unused0: f32,
  unused1: f32,
  outputs: array<OutputNumbers, MAX_OUTPUTS>,
}
