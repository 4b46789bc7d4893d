// Evaluates a field on a band of a grid. Each thread takes four neighbouring columns and several
// rows: parameters are read once, and a row costs straight-line arithmetic and one store.
// The lines marked //# are filled in by src/kernels/composeEvaluate.ts.

@group(0) @binding(0) var<uniform> grid: Grid;
// The field's parameters relative to the anchor. The first four: gradient at the centre (2), its
// length, and 1 if the view is small against the field's curvature, else 0. Their number is constant,
// so that reads need no bounds check.
@group(0) @binding(1) var<storage, read> parameters: array<f32, PARAMETERS>;
// [rows, groupsPerRow] of four samples each: float32 bits, or a region's identity, or a hinge.
@group(0) @binding(2) var<storage, read_write> samples: array<vec4u>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn evaluate(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= grid.groupsPerRow) {
    return;
  }
  let base = vec2f(parameters[0], parameters[1]);
  let baseLength = parameters[2];
  let small = parameters[3] != 0.0;
  let column = vec4f(f32(4u * id.x)) + vec4f(0.0, 1.0, 2.0, 3.0);
  //#load
  let start = id.y * grid.rowsPerThread;
  let end = min(start + grid.rowsPerThread, grid.rows);
  for (var tile = start; tile < end; tile += STRAIGHT_TILE_ROWS) {
    let tileEnd = min(tile + STRAIGHT_TILE_ROWS, end);
    //#rows
  }
}
