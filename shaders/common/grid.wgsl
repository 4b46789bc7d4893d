// The samples of one dispatch. Coordinates are relative to the anchor, in units of its half-width:
// sample (column, row) of the whole grid lies at ((column, row) − origin) · step, row 0 lowest. In a
// log-radial picture that is its place in the picture, and logRadial.wgsl continues from there.
// Packed by src/gpu/gridUniform.ts; a test compares the two layouts.
struct Grid {
  origin: vec2f,         // the sample index that the anchor's centre has; halves are exact
  step: vec2f,           // distance of neighbouring samples
  size: vec2u,           // columns and rows of the whole grid
  firstRow: u32,         // the band of rows that this dispatch covers
  rows: u32,
  targetRow: u32,        // where in the target buffer the band begins
  rowsPerThread: u32,
  groupsPerRow: u32,     // groups of four samples that make up a row, the last one padded
  samplesPerUnit: f32,   // np.gradient's unit of spacing, in samples
  hingeHalfWidth: f32,   // half the width of a hinge line, in samples
  radialRate: f32,       // in a log-radial picture: powers of two of distance per unit of radius
  outerRadius: f32,      // and the radius at which coordinates have length 1
}
