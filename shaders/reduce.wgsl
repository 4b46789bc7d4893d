// The minimum, maximum and mean of the samples of a grid: each thread first reduces its own of a band
// (reduceSamples), then one workgroup merges the partials (reducePartials).

struct Reduce {
  groups: u32,         // groups of four samples in the band
  groupsPerRow: u32,
  width: u32,          // columns; padding does not count
  firstGroup: u32,     // of the band in `samples`
  threads: u32,        // partials of this band
  firstPartial: u32,   // the place of the first of them
  partialCount: u32,   // partials of all bands
  ignored: f32,        // samples with this value do not count (the direction of a zero gradient)
}

struct Partial {
  least: f32,
  greatest: f32,
  mean: f32,
  count: f32,
}

struct Statistics {
  least: f32,
  greatest: f32,
  mean: f32,
  count: f32,
}

@group(0) @binding(0) var<uniform> reduce: Reduce;
@group(0) @binding(1) var<storage, read> samples: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> partials: array<Partial>;
@group(0) @binding(3) var<storage, read_write> statistics: Statistics;

const LARGEST: f32 = 0x1.fffffep+127;

@compute @workgroup_size(WORKGROUP_SIZE)
fn reduceSamples(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= reduce.threads) {
    return;
  }
  var least = vec4f(LARGEST);
  var greatest = vec4f(-LARGEST);
  // Sums of differences, which keep the digits that a sum of values loses, of halves in shares, which stay in float32.
  let firstColumn = vec4u(4u * (id.x % reduce.groupsPerRow)) + vec4u(0u, 1u, 2u, 3u);
  let first = bitcast<vec4f>(samples[reduce.firstGroup + id.x]);
  let pivot = select(vec4f(0.0), first, firstColumn < vec4u(reduce.width));
  var sum = vec4f(0.0);
  var count = vec4f(0.0);
  for (var group = id.x; group < reduce.groups; group += reduce.threads) {
    let value = bitcast<vec4f>(samples[reduce.firstGroup + group]);
    let column = vec4u(4u * (group % reduce.groupsPerRow)) + vec4u(0u, 1u, 2u, 3u);
    let counts = (column < vec4u(reduce.width)) & (value != vec4f(reduce.ignored));
    least = select(least, value, counts & (value < least));
    greatest = select(greatest, value, counts & (value > greatest));
    count += select(vec4f(0.0), vec4f(1.0), counts);
    sum += (0.5 * select(pivot, value, counts) - 0.5 * pivot) / f32(GROUPS_PER_THREAD);
  }
  let half = sum * (f32(GROUPS_PER_THREAD) / max(count, vec4f(1.0)));
  let mean = (pivot + half) + half;
  partials[reduce.firstPartial + id.x] = merge(
    merge(Partial(least.x, greatest.x, mean.x, count.x), Partial(least.y, greatest.y, mean.y, count.y)),
    merge(Partial(least.z, greatest.z, mean.z, count.z), Partial(least.w, greatest.w, mean.w, count.w)),
  );
}

const MERGERS = 64u;
var<workgroup> merged: array<Partial, MERGERS>;

@compute @workgroup_size(MERGERS)
fn reducePartials(@builtin(local_invocation_index) thread: u32) {
  // Likewise: until the end `mean` is a sum of halves of differences from the first mean, each with its share.
  let pivot = partials[0].mean;
  let unit = 1.0 / (f32(4u * GROUPS_PER_THREAD) * f32(reduce.partialCount));
  var own = Partial(LARGEST, -LARGEST, 0.0, 0.0);
  for (var i = thread; i < reduce.partialCount; i += MERGERS) {
    var next = partials[i];
    next.mean = (0.5 * next.mean - 0.5 * pivot) * (next.count * unit);
    own = gather(own, next);
  }
  merged[thread] = own;
  workgroupBarrier();
  if (thread != 0u) {
    return;
  }
  for (var i = 1u; i < MERGERS; i++) {
    own = gather(own, merged[i]);
  }
  let none = own.count == 0.0;
  statistics.least = select(own.least, 0.0, none);
  statistics.greatest = select(own.greatest, 0.0, none);
  let half = own.mean / max(own.count * unit, unit);
  statistics.mean = select((pivot + half) + half, 0.0, none);
  statistics.count = own.count;
}

fn merge(a: Partial, b: Partial) -> Partial {
  let count = a.count + b.count;
  let step = (0.5 * b.mean - 0.5 * a.mean) * (b.count / max(count, 1.0));
  return Partial(min(a.least, b.least), max(a.greatest, b.greatest), (a.mean + step) + step, count);
}

fn gather(a: Partial, b: Partial) -> Partial {
  return Partial(
    min(a.least, b.least), max(a.greatest, b.greatest), a.mean + b.mean, a.count + b.count,
  );
}
