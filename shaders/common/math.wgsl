// Functions that WGSL does not have, for four samples at a time, each with its domain.

// e^t − 1 − t for |t| ≤ ½: its Taylor series; the truncation error is below 2⁻²⁴ of the result.
fn expMinusTangent(t: vec4f) -> vec4f {
  let tail = 1.0 / 120.0 + t * (1.0 / 720.0 + t * (1.0 / 5040.0 + t * (1.0 / 40320.0)));
  return t * t * (0.5 + t * (1.0 / 6.0 + t * (1.0 / 24.0 + t * tail)));
}

// e^t − 1 for |t| ≤ ½.
fn expm1Small(t: vec4f) -> vec4f {
  return t + expMinusTangent(t);
}

// Node 0 … 4 of Gauss's rule with five nodes on [0, 1]: its place and its weight.
// Source: M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, table 25.4.
fn gaussNode(node: u32) -> vec2f {
  let across = abs(f32(node) - 2.0);
  let offset = select(select(0.0, 0.26923465505284155, across == 1.0), 0.45308992296933199, across == 2.0);
  let weight = select(select(0.28444444444444444, 0.23931433524968323, across == 1.0), 0.11846344252809454, across == 2.0);
  return vec2f(select(0.5 + offset, 0.5 - offset, node < 2u), weight);
}

// log(1 + e) for e ≥ −¼: 2 artanh(e / (2 + e)) near 0, where log itself would lose digits.
fn log1p(e: vec4f) -> vec4f {
  let r = e / (2.0 + e);
  let q = r * r;
  let series = 2.0 * r * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q / 9.0))));
  return select(log(1.0 + e), series, abs(e) < vec4f(0.25));
}

// √(a² + b²) without overflow or underflow of the squares; 0 for (0, 0).
fn hypotenuse(a: vec4f, b: vec4f) -> vec4f {
  let larger = max(abs(a), abs(b));
  let safe = select(larger, vec4f(1.0), larger == vec4f(0.0));
  let p = a / safe;
  let q = b / safe;
  return larger * sqrt(p * p + q * q);
}

// The length of base + (d1, d2) minus the length of base, without cancellation. `along` is the component of (d1, d2)
// along the base: from d1 and d2 themselves it would be a difference of two products, and
// GPUs round only one of these. The unit is the length of the base, so that squares neither overflow nor
// underflow.
fn lengthIncrease(base: vec2f, baseLength: f32, along: vec4f, d1: vec4f, d2: vec4f) -> vec4f {
  let safe = select(baseLength, 1.0, baseLength == 0.0);
  let unit = base / safe;
  let r1 = d1 / safe;
  let r2 = d2 / safe;
  // Apart, so that the squares count where the change is across the base.
  let product = 2.0 * along + (r1 * d1 + r2 * d2);
  let increase = product / (hypotenuse(unit.x + r1, unit.y + r2) + 1.0);
  return select(increase, hypotenuse(d1, d2), vec4<bool>(baseLength == 0.0));
}

// The angle of (d1, d2) in radians, −π to π.
fn direction(d1: vec4f, d2: vec4f) -> vec4f {
  let none = (d1 == vec4f(0.0)) & (d2 == vec4f(0.0));
  let scale = 1.0 / select(max(abs(d1), abs(d2)), vec4f(1.0), none);
  let angle = atan2(d2 * scale, select(d1 * scale, vec4f(1.0), none));
  return select(angle, vec4f(NO_DIRECTION), none);
}

const SAME = 2.4e-7;

// a − b, or 0 where rounding may make so much of equal numbers: a GPU may round a product on its own for `a`,
// and together with the difference for `b`.
fn apart(a: vec4f, b: vec4f) -> vec4f {
  let difference = a - b;
  return select(vec4f(0.0), difference, abs(difference) > SAME * max(abs(a), abs(b)));
}

// How much of a sample a line covers, 0 to 255, shifted left to leave a byte for the layer. `height`
// is what is 0 on the line, without its sign, (s, t) its change from one sample to the next.
fn lineCoverage(height: vec4f, s: vec4f, t: vec4f, halfWidth: f32) -> vec4u {
  let slopeSquared = s * s + t * t;
  let flat = slopeSquared == vec4f(0.0);
  let distance = height * inverseSqrt(select(slopeSquared, vec4f(1.0), flat));
  let coverage = clamp(halfWidth + 0.5 - distance, vec4f(0.0), vec4f(1.0));
  return vec4u(select(coverage, vec4f(0.0), flat) * 255.0 + 0.5) << vec4u(8u);
}
