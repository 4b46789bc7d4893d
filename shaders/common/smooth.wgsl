// What the smooth activations of src/kernels/activationCode.ts are made of, for four samples at a time. A name that ends in Change is
// of f(p + b) − f(p), in a form in which no digits cancel however small b is. Exponents are at most 0: nothing overflows.

// Changes are cut off there: no product of them with a share overflows.
const FAR_CHANGE = 1e38;

// Node 0, 1, 2 of Gauss's rule with three nodes on [0, 1], as gaussNode.
fn gaussNodeOf3(node: u32) -> vec2f {
  let isMiddle = node == 1u;
  let place = 0.5 + 0.3872983346207417 * (f32(node) - 1.0);
  return vec2f(place, select(5.0 / 18.0, 4.0 / 9.0, isMiddle));
}

// 1 − e^−w for w ≥ 0.
fn decay(w: vec4f) -> vec4f {
  return select(1.0 - exp(-w), -expm1Small(-w), w <= vec4f(0.5));
}

// 1 / (1 + e^−x), also where it is tiny.
fn sigmoid(x: vec4f) -> vec4f {
  let e = exp(-abs(x));
  return select(e, vec4f(1.0), x >= vec4f(0.0)) / (1.0 + e);
}

// tanh(x / 2).
fn tanhHalf(x: vec4f) -> vec4f {
  let lost = decay(abs(x));
  return sign(x) * lost / (2.0 - lost);
}

// σ(p + b) − σ(p) = σ(p + b) σ(−p) (1 − e^−b), and its mirror image for b < 0.
fn sigmoidChange(p: vec4f, b: vec4f) -> vec4f {
  let side = select(vec4f(1.0), vec4f(-1.0), b < vec4f(0.0));
  return side * sigmoid(side * (p + b)) * sigmoid(-side * p) * decay(abs(b));
}

// The derivative of σ is (1 − tanh²(x / 2)) / 4.
fn sigmoidSlope(x: vec4f) -> vec4f {
  return sigmoid(x) * sigmoid(-x);
}

fn sigmoidSlopeChange(p: vec4f, b: vec4f) -> vec4f {
  return -0.5 * sigmoidChange(p, b) * (tanhHalf(p + b) + tanhHalf(p));
}

fn reluChange(p: vec4f, b: vec4f) -> vec4f {
  return max(b + min(p, vec4f(0.0)), -max(p, vec4f(0.0)));
}

// e^min(x, 0) is what ELU has on its curved side.
fn expBelowChange(p: vec4f, b: vec4f) -> vec4f {
  let change = -reluChange(-p, -b);
  let most = max(min(p, vec4f(0.0)), min(p + b, vec4f(0.0)));
  return sign(change) * exp(most) * decay(abs(change));
}

// What softplus is more than ReLU.
fn softplusExcess(x: vec4f) -> vec4f {
  return log1p(exp(-abs(x)));
}

fn softplusChange(p: vec4f, b: vec4f) -> vec4f {
  let small = log1p(sigmoid(p) * expm1Small(clamp(b, vec4f(-0.5), vec4f(0.5))));
  let large = reluChange(p, b) + (softplusExcess(p + b) - softplusExcess(p));
  return select(large, small, abs(b) <= vec4f(0.5));
}

const INVERSE_SQRT_2PI = 0.3989422804014327;
// The density is 0 in float32 beyond.
const NORMAL_END = 15.0;

// The density of the normal distribution.
fn density(x: vec4f) -> vec4f {
  let near = clamp(x, vec4f(-NORMAL_END), vec4f(NORMAL_END));
  return INVERSE_SQRT_2PI * exp(-0.5 * near * near);
}

// By e^(−b (p + b / 2)), the ratio of the densities.
fn densityChange(p: vec4f, b: vec4f) -> vec4f {
  let near = clamp(b, vec4f(-2.0 * NORMAL_END), vec4f(2.0 * NORMAL_END));
  let exponent = -near * (clamp(p, vec4f(-NORMAL_END), vec4f(NORMAL_END)) + 0.5 * near);
  let small = sign(exponent) * select(density(p), density(p + b), exponent > vec4f(0.0)) * decay(abs(exponent));
  let isNear = (abs(p) < vec4f(NORMAL_END)) & (abs(p + b) < vec4f(NORMAL_END));
  return select(density(p + b) - density(p), small, isNear);
}

// The distribution function of the normal distribution, accurate in its lower tail: e^(−x² / 2) times a polynomial of
// t = 1 / (1 + |x| / √8), its Chebyshev interpolation of degree 8, whose relative error is below 6e-8.
fn normal(x: vec4f) -> vec4f {
  let size = min(abs(x), vec4f(NORMAL_END));
  let t = 1.0 / (1.0 + 0.35355339059327373 * size);
  let high = 0.14461407258417305 + t * (-0.24856257168123502 + t * (0.14470993497216586 - t * 0.030033741238798407));
  let low = 0.12118286930558585 + t * (0.10287405801746974 + t * (-0.017060731522996787 + t * high));
  let tail = exp(-0.5 * size * size) * t * (0.14104067905505988 + t * (0.14123540860602563 + t * low));
  return select(tail, 1.0 - tail, x > vec4f(0.0));
}

// By Gauss's rule where b is small; else a difference in the tail that p lies in.
fn normalChange(p: vec4f, b: vec4f) -> vec4f {
  let short = clamp(b, vec4f(-0.5), vec4f(0.5));
  var mean = vec4f(0.0);
  for (var node = 0u; node < 5u; node++) {
    let gauss = gaussNode(node);
    mean += gauss.y * density(p + gauss.x * short);
  }
  let side = select(vec4f(1.0), vec4f(-1.0), p > vec4f(0.0));
  let large = side * (normal(side * (p + b)) - normal(side * p));
  return select(large, b * mean, abs(b) <= vec4f(0.5));
}

struct SineCosine {
  sine: vec4f,
  cosine: vec4f,
}

const QUARTER_PI = 0.7853981633974483;

// The polynomials and the three parts of π / 2 are those of sinf.c in S. L. Moshier's Cephes library. WGSL's own sin promises three
// digits only. Beyond 1e5, where neighbouring float32 numbers are 0.01 apart, the result is just bounded.
fn sineCosine(x: vec4f) -> SineCosine {
  let turns = round(clamp(x, vec4f(-1e5), vec4f(1e5)) * 0.6366197723675814);
  let rest = ((x - turns * 1.5703125) - turns * 4.837512969970703e-4) - turns * 7.549789954891882e-8;
  let r = clamp(rest, vec4f(-QUARTER_PI - 1e-3), vec4f(QUARTER_PI + 1e-3));
  let q = r * r;
  let s = r + r * q * (-1.6666654611e-1 + q * (8.3321608736e-3 - q * 1.9515295891e-4));
  let c = 1.0 - 0.5 * q + q * q * (4.166664568298827e-2 + q * (-1.388731625493765e-3 + q * 2.443315711809948e-5));
  let quadrant = vec4i(turns) & vec4i(3);
  let isSwapped = (quadrant & vec4i(1)) == vec4i(1);
  var result: SineCosine;
  result.sine = select(s, c, isSwapped) * select(vec4f(1.0), vec4f(-1.0), quadrant >= vec4i(2));
  result.cosine = select(c, s, isSwapped) * select(vec4f(1.0), vec4f(-1.0), (quadrant == vec4i(1)) | (quadrant == vec4i(2)));
  return result;
}

// 2 sin(b / 2) cos(p + b / 2).
fn sineChange(p: vec4f, b: vec4f) -> vec4f {
  let half = sineCosine(0.5 * b);
  let start = sineCosine(p);
  return 2.0 * half.sine * (start.cosine * half.cosine - start.sine * half.sine);
}

// −2 sin(b / 2) sin(p + b / 2).
fn cosineChange(p: vec4f, b: vec4f) -> vec4f {
  let half = sineCosine(0.5 * b);
  let start = sineCosine(p);
  return -2.0 * half.sine * (start.sine * half.cosine + start.cosine * half.sine);
}

// GELU in its tanh form is x σ(y) with y = GELU_RATE (x + GELU_CUBIC x³). Beyond ±12 it is 0 or x in float32: y is cut off there.
const GELU_RATE = 1.5957691216057308;
const GELU_CUBIC = 0.044715;
const GELU_END = 12.0;

fn geluCut(x: vec4f) -> vec4f {
  return clamp(x, vec4f(-GELU_END), vec4f(GELU_END));
}

// The polynomial x + cubic x³ times GELU_RATE: y, and x y′ with three times the coefficient.
fn geluCube(x: vec4f, cubic: f32) -> vec4f {
  let cut = geluCut(x);
  return GELU_RATE * cut * (1.0 + cubic * cut * cut);
}

fn geluCubeChange(p: vec4f, b: vec4f, cubic: f32) -> vec4f {
  let start = geluCut(p);
  let end = geluCut(p + b);
  let step = select(end - start, b, (start == p) & (end == p + b));
  return GELU_RATE * step * (1.0 + cubic * (3.0 * start * (start + step) + step * step));
}

fn geluTanhChange(p: vec4f, b: vec4f) -> vec4f {
  let y = geluCube(p, GELU_CUBIC);
  let rise = geluCubeChange(p, b, GELU_CUBIC);
  return b * sigmoid(y + rise) + p * sigmoidChange(y, rise);
}

fn geluTanhSlope(x: vec4f) -> vec4f {
  let y = geluCube(x, GELU_CUBIC);
  return sigmoid(y) + geluCube(x, 3.0 * GELU_CUBIC) * sigmoidSlope(y);
}

fn geluTanhSlopeChange(p: vec4f, b: vec4f) -> vec4f {
  let y = geluCube(p, GELU_CUBIC);
  let rise = geluCubeChange(p, b, GELU_CUBIC);
  let bent = geluCubeChange(p, b, 3.0 * GELU_CUBIC) * sigmoidSlope(y + rise);
  return sigmoidChange(y, rise) + bent + geluCube(p, 3.0 * GELU_CUBIC) * sigmoidSlopeChange(y, rise);
}
