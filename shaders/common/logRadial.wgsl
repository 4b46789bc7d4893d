// The places of the samples of a log-radial picture, as in src/view/projection.ts. Their coordinates
// depend on column and row together, and they have no common step: what plane.wgsl does for a plane
// picture is done here with the picture's derivative at each sample.

// Four samples of a row.
struct Place {
  x: vec4f,            // relative to the anchor, in units of its half-width
  y: vec4f,
  distance: vec4f,     // the length of (x, y)
  radius: vec4f,       // the distance from the middle in the picture
  directionX: vec4f,   // (x, y) and the place in the picture, both at length 1; 0 in the very middle
  directionY: vec4f,
  inverse: vec4f,      // 1 / radius
}

// Far less than a sample: only the very middle, which is the anchor itself, lies nearer.
const LEAST_RADIUS = 1e-6;
const LN_2 = 0.6931471805599453;
// Heights above so many distances are far from any line, and must not overflow.
const FAR = 1e6;

fn placeOf(column: vec4f, line: f32) -> Place {
  var place: Place;
  let across = (column - grid.origin.x) * grid.step.x;
  let up = (line - grid.origin.y) * grid.step.y;
  place.radius = sqrt(across * across + up * up);
  place.inverse = 1.0 / max(place.radius, vec4f(LEAST_RADIUS));
  place.directionX = across * place.inverse;
  place.directionY = up * place.inverse;
  let power = grid.radialRate * (place.radius - grid.outerRadius);
  place.distance = exp2(min(power, vec4f(GREATEST_POWER)));
  place.x = place.distance * place.directionX;
  place.y = place.distance * place.directionY;
  return place;
}

// How much of a sample a hinge line covers; (dX, dY) is the derivative of the height by x and y.
// The picture's derivative is distance / radius · (1 + (stretch − 1) n nᵀ), n the direction: along the
// radius it stretches by `stretch` more than across. Divided by the distance, nothing underflows.
fn hingeCoverage(height: vec4f, dX: vec4f, dY: vec4f, pen: Place) -> vec4u {
  let stretch = LN_2 * grid.radialRate * pen.radius;
  let along = (stretch - 1.0) * (pen.directionX * dX + pen.directionY * dY);
  let s = (dX + along * pen.directionX) * (pen.inverse * grid.step.x);
  let t = (dY + along * pen.directionY) * (pen.inverse * grid.step.y);
  let relative = min(abs(height), FAR * pen.distance) / pen.distance;
  return lineCoverage(relative, s, t, grid.hingeHalfWidth);
}

// An exponent of at most 0 that counts in units of `stretch`. It may be larger than float32 holds, where it
// is as good as this one.
const LEAST_EXPONENT = -200.0;

fn stretched(exponent: vec4f, stretch: f32) -> vec4f {
  let least = vec4f(LEAST_EXPONENT / stretch);
  return stretch * select(least, exponent, exponent > least);
}
