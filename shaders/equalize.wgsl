// The stops between which equally many of the samples of a grid lie: starting from even stops (begin), the samples
// between neighbouring ones are counted (count), and the stops move to where they belong if the samples of each
// interval lie evenly between its least and greatest (refine). A few rounds of the last two find them, over any
// number of decades; samples that are the same end up between stops that are the same.

struct Equalize {
  groupsPerRow: u32,  // of four samples
  stride: u32,        // every so many samples of every so many rows count
  columns: u32,       // that count
  rows: u32,
  kind: u32,          // what counts: 0 all samples, 1 their distances from `low`, 2 those from `low` to `high`
  low: f32,
  high: f32,
}

// The samples between two stops.
struct Interval {
  count: atomic<u32>,
  least: atomic<u32>,     // as orderOf
  greatest: atomic<u32>,
}

@group(0) @binding(0) var<uniform> equalize: Equalize;
@group(0) @binding(1) var<storage, read> samples: array<f32>;
// minimum, maximum, mean, count (reduce.wgsl)
@group(0) @binding(2) var<storage, read> statistics: vec4f;
@group(0) @binding(3) var<storage, read_write> stops: array<f32, STOP_INTERVALS + 1u>;
@group(0) @binding(4) var<storage, read_write> intervals: array<Interval, STOP_INTERVALS>;

const DISTANCES = 1u;
const INSIDE = 2u;
const THREADS = 64u;
const SHARE = STOP_INTERVALS / THREADS;

// Where distances are 0: among the samples, so that none of their digits is lost far from 0.
fn middle() -> f32 {
  return clamp(equalize.low, statistics.x, statistics.y);
}

// The least and the greatest number that counts.
fn ends() -> vec2f {
  if (equalize.kind == INSIDE) {
    return vec2f(equalize.low, equalize.high);
  }
  if (equalize.kind == DISTANCES) {
    return vec2f(0.0, max(statistics.y - middle(), middle() - statistics.x));
  }
  return statistics.xy;
}

// Without overflow of a difference.
fn between(low: f32, high: f32, share: f32) -> f32 {
  return (1.0 - share) * low + share * high;
}

@compute @workgroup_size(THREADS)
fn begin(@builtin(local_invocation_index) thread: u32) {
  let range = ends();
  for (var i = thread; i <= STOP_INTERVALS; i += THREADS) {
    stops[i] = between(range.x, range.y, f32(i) / f32(STOP_INTERVALS));
  }
  for (var i = thread; i < STOP_INTERVALS; i += THREADS) {
    empty(i);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= equalize.columns * equalize.rows) {
    return;
  }
  let column = id.x % equalize.columns * equalize.stride;
  let row = id.x / equalize.columns * equalize.stride;
  let sample = samples[row * 4u * equalize.groupsPerRow + column];
  let value = select(sample, abs(sample - middle()), equalize.kind == DISTANCES);
  if (value < stops[0] || value > stops[STOP_INTERVALS]) {
    return;
  }
  // The last interval that begins with at most this value, or, if it is the end of an interval without length, that one.
  var interval = 0u;
  for (var step = STOP_INTERVALS / 2u; step > 0u; step /= 2u) {
    interval += select(0u, step, stops[interval + step] <= value);
  }
  if (interval > 0u && stops[interval] == value && stops[interval - 1u] == value) {
    interval -= 1u;
  }
  atomicAdd(&intervals[interval].count, 1u);
  atomicMin(&intervals[interval].least, orderOf(value));
  atomicMax(&intervals[interval].greatest, orderOf(value));
}

var<workgroup> before: array<u32, THREADS + 1u>;
// How many samples lie below each stop.
var<workgroup> below: array<u32, STOP_INTERVALS + 1u>;

@compute @workgroup_size(THREADS)
fn refine(@builtin(local_invocation_index) thread: u32) {
  let first = thread * SHARE;
  var own = 0u;
  for (var i = first; i < first + SHARE; i++) {
    below[i] = own;
    own += atomicLoad(&intervals[i].count);
  }
  before[thread + 1u] = own;
  workgroupBarrier();
  if (thread == 0u) {
    before[0] = 0u;
    for (var i = 1u; i <= THREADS; i++) {
      before[i] += before[i - 1u];
    }
    below[STOP_INTERVALS] = before[THREADS];
  }
  workgroupBarrier();
  for (var i = first; i < first + SHARE; i++) {
    below[i] += before[thread];
  }
  workgroupBarrier();
  let total = below[STOP_INTERVALS];
  // The ends stay; without any sample so does the rest.
  let last = select(first + SHARE, 0u, total == 0u);
  for (var i = max(first, 1u); i < last; i++) {
    let wanted = f32(i) * f32(total) / f32(STOP_INTERVALS);
    // The last interval that begins with at most that many: it is not empty.
    var interval = 0u;
    for (var step = STOP_INTERVALS / 2u; step > 0u; step /= 2u) {
      interval += select(0u, step, f32(below[interval + step]) <= wanted);
    }
    let inside = f32(below[interval + 1u] - below[interval]);
    let share = clamp((wanted - f32(below[interval])) / max(inside, 1.0), 0.0, 1.0);
    let least = atomicLoad(&intervals[interval].least);
    let greatest = atomicLoad(&intervals[interval].greatest);
    stops[i] = between(floatOf(least), floatOf(greatest), share);
  }
  workgroupBarrier();
  for (var i = first; i < first + SHARE; i++) {
    empty(i);
  }
}

fn empty(i: u32) {
  atomicStore(&intervals[i].count, 0u);
  atomicStore(&intervals[i].least, 0xffffffffu);
  atomicStore(&intervals[i].greatest, 0u);
}

// Whole numbers in the order of the float32 numbers that they stand for.
fn orderOf(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return bits ^ select(0x80000000u, 0xffffffffu, bits >= 0x80000000u);
}

fn floatOf(order: u32) -> f32 {
  return bitcast<f32>(order ^ select(0xffffffffu, 0x80000000u, order >= 0x80000000u));
}
