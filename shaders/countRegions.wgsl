// Counts the distinct regions among the samples of a grid, tile by tile: each identity is put once into
// a hash table with open addressing, and the entries are counted.

struct Count {
  groups: u32,         // groups of four samples in the tile
  groupsPerRow: u32,
  width: u32,          // columns; padding does not count
}

@group(0) @binding(0) var<uniform> tile: Count;
@group(0) @binding(1) var<storage, read> samples: array<vec4u>;
// Identity + 1 of a region, or 0 for an empty place; the identity 2³² − 1 shares a place with none.
@group(0) @binding(2) var<storage, read_write> table: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> found: Found;

struct Found {
  regions: atomic<u32>,
  // 1 if the table was too full to continue: the count is then a lower bound.
  overflow: atomic<u32>,
}

// The number of places tried for an identity.
const PROBES = 64u;

@compute @workgroup_size(WORKGROUP_SIZE)
fn countRegions(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= tile.groups) {
    return;
  }
  let regions = samples[id.x];
  let column = 4u * (id.x % tile.groupsPerRow);
  insert(regions.x);
  // A neighbour is usually in the same region.
  for (var lane = 1u; lane < 4u; lane++) {
    if (column + lane < tile.width && regions[lane] != regions[lane - 1u]) {
      insert(regions[lane]);
    }
  }
}

fn insert(region: u32) {
  let entry = max(region + 1u, 1u);
  let size = arrayLength(&table);
  // Identities are exclusive ors of random keys: their bits are a hash already.
  var place = region % size;
  for (var probe = 0u; probe < PROBES; probe++) {
    let there = atomicLoad(&table[place]);
    if (there == entry) {
      return;
    }
    if (there == 0u) {
      let before = atomicCompareExchangeWeak(&table[place], 0u, entry);
      if (before.exchanged) {
        atomicAdd(&found.regions, 1u);
        return;
      }
      if (before.old_value == entry) {
        return;
      }
      // A spurious failure leaves the place empty: it is tried again.
      if (before.old_value == 0u) {
        continue;
      }
    }
    place = (place + 1u) % size;
  }
  atomicMax(&found.overflow, 1u);
}
