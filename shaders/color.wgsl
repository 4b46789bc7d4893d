// Colours a band of samples into the picture: each fragment averages the colours of a box of samples.

struct Coloring {
  pictureSize: vec2u,   // pixels
  gridSize: vec2u,      // columns and rows of the whole grid
  firstRow: u32,        // the row of the grid with which the sample buffer begins
  rowsHere: u32,        // rows of the grid in the sample buffer
  groupsPerRow: u32,
  box: u32,             // samples per pixel and axis
  rangeMode: u32,       // 0 from the statistics, 1 the same but symmetric about `zero`, 2 fixed
  low: f32,             // of a fixed range; like all below, as the kernel stores values, times `unit`
  high: f32,
  zero: f32,            // the stored number for the value 0
  firstLevel: f32,      // of contours; with stops in places on the colour map, likewise times `unit`
  levelStep: f32,
  levelCount: f32,
  unit: f32,            // a factor for values, so that their differences stay in float32
  cellShift: vec2f,     // pixels to cells of samples, from the lower left, of pictures in cells
  cellScale: f32,
  contourHalfWidth: f32, // half the width of a contour line, in samples
  shareOffset: f32,      // gap = offset + scale · stored: the share of the class that wins is e^−gap
  shareScale: f32,
}

// What a pipeline is compiled for: a software adapter runs both sides of a branch.
override kind: u32 = 0u;  // 0 a number, or one of the kinds below
override filled: bool = false;
override lines: bool = false;
override byStops: bool = false;  // stops, not the range, divide the colour map
override hinged: bool = false;
override bounded: bool = false;
override shaded: bool = false;
override inCells: bool = false;

const DIRECTION = 1u;
const REGION = 2u;
const CLASS = 3u;  // its index, as a float

// The entries of the colour map, or the colours of the classes, then the colours of layers 1 to 16, as rgba bytes.

@group(0) @binding(0) var<uniform> coloring: Coloring;
@group(0) @binding(1) var<storage, read> samples: array<u32>;
@group(0) @binding(2) var<storage, read> hinges: array<u32>;
// minimum, maximum, mean, count (reduce.wgsl)
@group(0) @binding(3) var<storage, read> statistics: vec4f;
@group(0) @binding(4) var<storage, read> palette: array<u32, MAP_SIZE + LAYERS>;

// Rising values, times `unit`, that divide the colour map evenly.
@group(0) @binding(5) var<storage, read> stops: array<f32, STOP_INTERVALS + 1u>;
// Where the class changes; likewise coverage · 256 + a layer.
@group(0) @binding(6) var<storage, read> boundaries: array<u32>;
// The stored gaps of softmax's largest share.
@group(0) @binding(7) var<storage, read> shares: array<f32>;

@vertex
fn coverTarget(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  // One triangle that covers the target.
  return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// No gap of outputs is as large.
const GREATEST_GAP = 100.0;

fn indexOf(column: u32, row: u32) -> u32 {
  let here = clamp(row, coloring.firstRow, coloring.firstRow + coloring.rowsHere - 1u);
  return (here - coloring.firstRow) * 4u * coloring.groupsPerRow
    + min(column, coloring.gridSize.x - 1u);
}

// What lies evenly on the colour map: a stored number, or its place among the stops, in both cases times `unit`.
fn levelOf(bits: u32) -> f32 {
  let value = coloring.unit * bitcast<f32>(bits);
  if (!byStops) {
    return value;
  }
  return coloring.unit * placeAmong(value);
}

// The place, 0 to 1, of a value among the stops, as placeAmong in src/scales/norms.ts.
fn placeAmong(value: f32) -> f32 {
  // The stops below the value, and those up to it.
  var below = 0u;
  var upTo = 0u;
  for (var step = STOP_INTERVALS; step > 0u; step /= 2u) {
    let further = vec2u(below, upTo) + step;
    let stop = vec2f(
      stops[min(further.x - 1u, STOP_INTERVALS)], stops[min(further.y - 1u, STOP_INTERVALS)]);
    below = select(below, further.x, further.x <= STOP_INTERVALS + 1u && stop.x < value);
    upTo = select(upTo, further.y, further.y <= STOP_INTERVALS + 1u && stop.y <= value);
  }
  if (upTo > below) {
    return f32(below + upTo - 1u) / f32(2u * STOP_INTERVALS);
  }
  if (below == 0u || below > STOP_INTERVALS) {
    return select(1.0, 0.0, below == 0u);
  }
  let low = stops[below - 1u];
  return (f32(below - 1u) + (value - low) / (stops[below] - low)) / f32(STOP_INTERVALS);
}

fn levelAt(column: u32, row: u32) -> f32 {
  return levelOf(samples[indexOf(column, row)]);
}

// The levels at the two ends of the colour map.
fn ends() -> vec2f {
  if (byStops) {
    return vec2f(0.0, coloring.unit);
  }
  if (coloring.rangeMode == 2u) {
    return vec2f(coloring.low, coloring.high);
  }
  let extremes = coloring.unit * statistics.xy;
  if (coloring.rangeMode == 1u) {
    let half = max(abs(extremes.x - coloring.zero), abs(extremes.y - coloring.zero));
    return vec2f(coloring.zero - half, coloring.zero + half);
  }
  return extremes;
}

fn paletteColor(index: u32) -> vec3f {
  return unpack4x8unorm(palette[index]).rgb;
}

fn mapColor(level: f32, range: vec2f) -> vec3f {
  let span = range.y - range.x;
  let t = select(0.5, (level - range.x) / span, span > 0.0);
  return paletteColor(u32(clamp(t * f32(MAP_SIZE), 0.0, f32(MAP_SIZE - 1u))));
}

// The middle of the step that a level lies in.
fn stepped(level: f32) -> f32 {
  if (!filled || coloring.levelCount == 0.0) {
    return level;
  }
  let band = floor((level - coloring.firstLevel) / coloring.levelStep);
  let clamped = clamp(band, -1.0, coloring.levelCount - 1.0);
  return coloring.firstLevel + (clamped + 0.5) * coloring.levelStep;
}

// A direction in radians; none is grey.
fn directionColor(angle: f32) -> vec3f {
  if (angle > 4.0) {
    return vec3f(0.5);
  }
  let turn = angle / 6.283185307 + 0.5;
  return paletteColor(u32(clamp(turn * f32(MAP_SIZE), 0.0, f32(MAP_SIZE - 1u))));
}

// A colour for the identity of a region; grey where no neuron is active.
fn regionColor(region: u32) -> vec3f {
  if (region == 0u) {
    return vec3f(0.72);
  }
  let hue = f32(region & 0xffffu) / 65536.0;
  let lightness = 0.45 + 0.4 * f32((region >> 16u) & 0xffu) / 255.0;
  let saturation = 0.35 + 0.4 * f32(region >> 24u) / 255.0;
  let k = (vec3f(0.0, 8.0, 4.0) + hue * 12.0) % vec3f(12.0);
  let spread = saturation * min(lightness, 1.0 - lightness);
  return lightness - spread * max(vec3f(-1.0), min(min(k - 3.0, 9.0 - k), vec3f(1.0)));
}

fn sampleColor(column: u32, row: u32, range: vec2f) -> vec3f {
  let bits = samples[indexOf(column, row)];
  if (kind == REGION) {
    return regionColor(bits);
  }
  if (kind == CLASS) {
    return paletteColor(u32(clamp(bitcast<f32>(bits) + 0.5, 0.0, f32(MAP_SIZE - 1u))));
  }
  if (kind == DIRECTION) {
    return directionColor(bitcast<f32>(bits));
  }
  let level = levelOf(bits);
  let color = mapColor(stepped(level), range);
  if (!lines) {
    return color;
  }
  let slope = 0.5 * vec2f(
    levelAt(column + 1u, row) - levelAt(max(column, 1u) - 1u, row),
    levelAt(column, row + 1u) - levelAt(column, max(row, 1u) - 1u));
  // Per sample of the box that covers a pixel.
  let perSample = select(1.0, coloring.cellScale / f32(coloring.box), inCells);
  return withContour(color, level, perSample * slope, range);
}

// `slope` is the change of the level from one sample to the next.
fn withContour(color: vec3f, level: f32, slope: vec2f, range: vec2f) -> vec3f {
  if (!lines || coloring.levelCount == 0.0) {
    return color;
  }
  let nearest = clamp(round((level - coloring.firstLevel) / coloring.levelStep), 0.0,
    coloring.levelCount - 1.0);
  let onLine = coloring.firstLevel + nearest * coloring.levelStep;
  let height = abs(level - onLine);
  let steepness = length(slope);
  let reach = coloring.contourHalfWidth + 0.5 - height / select(steepness, 1.0, steepness == 0.0);
  let coverage = select(clamp(reach, 0.0, 1.0), 0.0, steepness == 0.0);
  var result = color;
  // Software adapters run both sides of a branch, but skip a loop that none of four neighbouring pixels enters.
  for (var turn = 0u; turn < select(0u, 1u, coverage > 0.0); turn++) {
    // A line is either black or white, by the map's colour at its level.
    result = mix(color, inkOn(mapColor(onLine, range)), 0.75 * coverage);
  }
  return result;
}

fn inkOn(ground: vec3f) -> vec3f {
  let bright = dot(ground, vec3f(0.2126, 0.7152, 0.0722)) > 0.35;
  return select(vec3f(1.0), vec3f(0.0), bright);
}

// `hinge` as evaluated: coverage · 256 + layer.
fn withHinge(color: vec3f, hinge: u32) -> vec3f {
  let layer = (hinge & 0xffu) - 1u;
  return mix(color, paletteColor(MAP_SIZE + min(layer, LAYERS - 1u)), f32(hinge >> 8u) / 255.0);
}

// Black between colours of classes, so that a boundary is the same on both sides; on values, which are the same there, white
// where these are dark.
fn withBoundary(color: vec3f, boundary: u32) -> vec3f {
  return mix(color, select(inkOn(color), vec3f(0.0), kind == CLASS), f32(boundary >> 8u) / 255.0);
}

// The colour of the sample in whose cell a place of the picture lies, in pixels; grey outside of the samples' square.
fn cellColor(place: vec2f, range: vec2f) -> vec3f {
  let at = place * coloring.cellScale + coloring.cellShift;
  if (any(at < vec2f(0.5)) || any(at > vec2f(coloring.gridSize) - 0.5)) {
    return vec3f(0.5);
  }
  let cell = vec2u(at);
  return sampleColor(cell.x, cell.y, range);
}

fn averaged(column: u32, row: u32, range: vec2f) -> vec3f {
  var total = vec3f(0.0);
  for (var r = 0u; r < coloring.box; r++) {
    for (var c = 0u; c < coloring.box; c++) {
      if (inCells) {
        let place = vec2f(f32(column + c), f32(row + r)) + 0.5;
        total += cellColor(place / f32(coloring.box), range);
      } else {
        total += sampleColor(column + c, row + r, range);
      }
    }
  }
  return total / f32(coloring.box * coloring.box);
}

@fragment
fn color(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let pixel = vec2u(u32(position.x), coloring.pictureSize.y - 1u - u32(position.y));
  let mean = averaged(pixel.x * coloring.box, pixel.y * coloring.box, ends());
  // Lines store their coverage, and shares change slowly: one sample per pixel is enough, kept for the whole picture.
  let index = pixel.y * 4u * ((coloring.pictureSize.x + 3u) / 4u) + pixel.x;
  var result = mean;
  if (shaded) {
    let gap = coloring.shareOffset + coloring.shareScale * shares[index];
    // Outputs that are too large for float32 have no gap: the largest is far ahead. Others have log(K) at most.
    result = mix(vec3f(1.0), result, exp(-select(0.0, gap, gap < GREATEST_GAP)));
  }
  if (hinged) {
    result = withHinge(result, hinges[index]);
  }
  if (bounded) {
    result = withBoundary(result, boundaries[index]);
  }
  return vec4f(result, 1.0);
}
