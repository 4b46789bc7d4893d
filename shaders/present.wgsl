// Shows the picture on the canvas, shifted and scaled: until a new picture is ready the old one follows
// the view. The matrix maps canvas coordinates to those of the picture, both 0 to 1, y downwards. A
// coarse picture occupies only the upper left part of its texture.

struct Present {
  toPicture: mat3x3f,
  background: vec4f,
  used: vec2f,          // the part of the texture that the picture occupies
  lastTexel: vec2f,     // the middle of its last texel
}

@group(0) @binding(0) var<uniform> present: Present;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2) var pictureSampler: sampler;

struct Corner {
  @builtin(position) position: vec4f,
  @location(0) onCanvas: vec2f,
}

@vertex
fn coverCanvas(@builtin(vertex_index) index: u32) -> Corner {
  let corner = vec2f(f32(index & 1u) * 2.0, f32(index >> 1u) * 2.0);
  return Corner(vec4f(corner.x * 2.0 - 1.0, 1.0 - corner.y * 2.0, 0.0, 1.0), corner);
}

@fragment
fn show(in: Corner) -> @location(0) vec4f {
  let place = (present.toPicture * vec3f(in.onCanvas, 1.0)).xy;
  let texel = min(place * present.used, present.lastTexel);
  let color = textureSampleLevel(picture, pictureSampler, texel, 0.0);
  let inside = all(place >= vec2f(0.0)) && all(place <= vec2f(1.0));
  return select(present.background, color, inside);
}
