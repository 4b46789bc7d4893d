// The counterparts of logRadial.wgsl for plane pictures.

// How much of a sample a hinge line covers. `height` is the pre-activation, (s, t) its change from one
// sample to the next, along x and along y; the pen is half the width of the line, in samples.
fn hingeCoverage(height: vec4f, s: vec4f, t: vec4f, pen: f32) -> vec4u {
  return lineCoverage(abs(height), s, t, pen);
}

// An exponent that counts in units of `stretch`, which is 1 in plane pictures.
fn stretched(exponent: vec4f, stretch: f32) -> vec4f {
  return exponent;
}
