// Evaluates a network of which the CPU knows the facets: convex parts of the picture on which all its outputs are affine. The
// lines marked //# are filled in by src/kernels/composeFacets.ts.

@group(0) @binding(0) var<uniform> grid: Grid;
// [rows of the band, groups of four samples]: the facet of each sample.
@group(0) @binding(1) var<storage, read> facets: array<vec4u>;
// [facets, 1 + ROWS]: a point of the facet (x, y), then for each row of the output layer (its change from the anchor to that
// point, and its slopes along x and y).
@group(0) @binding(2) var<storage, read> maps: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> samples: array<vec4u>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn evaluate(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= grid.groupsPerRow) {
    return;
  }
  let column = vec4f(f32(4u * id.x)) + vec4f(0.0, 1.0, 2.0, 3.0);
  let line = f32(grid.firstRow + id.y);
  let own = (1u + ROWS) * facets[id.y * grid.groupsPerRow + id.x];
  //#body
  let target0 = (grid.targetRow + id.y) * grid.groupsPerRow + id.x;
  //#store
}
