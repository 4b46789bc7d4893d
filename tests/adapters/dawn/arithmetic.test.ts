import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bindBuffers,
  createBufferLayout,
  createPipelineLayout,
} from '../../../src/gpu/bindings.ts';
import { Readback } from '../../../src/gpu/readback.ts';
import { type GpuFixture, openGpu } from '../../gpu/fixture.ts';
import { readConfiguration } from './configuration.ts';

// Holds the adapter to the configuration under which the other tests then run: a run with contracted arithmetic
// that is not contracted would prove nothing.

const { contracted, worstBuiltins } = readConfiguration(process.env);

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const COUNT = 4096;
const { fround } = Math;

/** An expression of a, b, c and d in WGSL, as a scalar or by vectors, and its value with and without rounded products. */
interface Sum {
  readonly wgsl: string;
  readonly apart: (a: number, b: number, c: number, d: number) => number;
  readonly fused: (a: number, b: number, c: number, d: number) => number;
}

// In float64 every product of two float32 numbers is exact, and so is each sum below, as the numbers lie between ¼ and 4:
// they end at 2⁻⁵² and stay below 2⁵. So each fround here is the only rounding.
const SUMS: readonly Sum[] = [
  sum('a * b + c', (a, b, c) => [a * b, c]),
  sum('c + a * b', (a, b, c) => [a * b, c]),
  sum('a * b - c', (a, b, c) => [a * b, -c]),
  sum('c - a * b', (a, b, c) => [-a * b, c]),
  sum('-(a * b) + c', (a, b, c) => [-a * b, c]),
  sum('fma(a, b, c)', (a, b, c) => [a * b, c]),
  sum('a.x * vec4f(b.x) + c', (a, b, c) => [a * b, c]),
  sum('dot(vec2f(a.x, 1.0), vec2f(b.x, c.x)) + vec4f(0.0)', (a, b, c) => [a * b, c]),
  {
    wgsl: 'a * b + c * d',
    apart: (a, b, c, d) => fround(fround(a * b) + fround(c * d)),
    fused: (a, b, c, d) =>
      contracted === 'left' ? fround(a * b + fround(c * d)) : fround(fround(a * b) + c * d),
  },
];

function sum(wgsl: string, terms: (a: number, b: number, c: number) => [number, number]): Sum {
  return {
    wgsl,
    apart: (a, b, c) => {
      const [product, other] = terms(a, b, c);
      return fround(fround(product) + other);
    },
    fused: (a, b, c) => {
      const [product, other] = terms(a, b, c);
      return fround(product + other);
    },
  };
}

describe(`arithmetic with products ${contracted ? `fused, the ${contracted} one first` : 'rounded'}`, () => {
  test.each(SUMS)('$wgsl', async ({ wgsl, apart, fused }) => {
    const inputs = Array.from({ length: 4 }, (_, i) => draw(COUNT, i));
    const shown = await run(
      `let a = vec4f(in[i]); let b = vec4f(in[${COUNT}u + i]); let c = vec4f(in[${2 * COUNT}u + i]); let d = vec4f(in[${3 * COUNT}u + i]);
      out[i] = (${wgsl}).x;`,
      inputs.flatMap((input) => [...input]),
    );
    let told = 0;
    let wrong = 0;
    for (let i = 0; i < COUNT; i += 1) {
      const [a, b, c, d] = inputs.map((input) => input[i]!) as [number, number, number, number];
      const expected = contracted ? fused(a, b, c, d) : apart(a, b, c, d);
      if (fused(a, b, c, d) !== apart(a, b, c, d)) told += 1;
      if (shown[i] !== expected) wrong += 1;
    }
    expect(wrong).toBe(0);
    // About a quarter of all cases differ.
    expect(told).toBeGreaterThan(COUNT / 8);
  });
});

/** How far a builtin is off, in ulp or by its own measure, where it is furthest. */
const BUILTINS = [
  { name: 'exp', from: -20, to: 20, exact: Math.exp, allowed: (x: number) => 3 + 2 * Math.abs(x) },
  {
    name: 'inverseSqrt',
    from: 0.25,
    to: 9,
    exact: (x: number) => 1 / Math.sqrt(x),
    allowed: () => 2,
  },
  { name: 'sqrt', from: 0.25, to: 9, exact: Math.sqrt, allowed: () => 4.5 },
] as const;

describe(`builtins ${worstBuiltins ? 'as far off as WGSL lets them' : 'as the adapter has them'}`, () => {
  test.each(BUILTINS)('$name', async ({ name, from, to, exact, allowed }) => {
    const x = Float32Array.from(
      { length: COUNT },
      (_, i) => from + ((to - from) * i) / (COUNT - 1),
    );
    const shown = await run(`out[i] = ${name}(in[i]);`, [...x]);
    const shares = [...x].map((at, i) => {
      const ulp = 2 ** (Math.floor(Math.log2(exact(at))) - 23);
      return Math.abs(shown[i]! - exact(at)) / ulp / allowed(at);
    });
    const worst = Math.max(...shares);
    if (worstBuiltins) expect(worst).toBeGreaterThan(0.8);
    // What spoils it comes on top of the adapter's own error, which is within what is allowed.
    expect(worst <= (worstBuiltins ? 2 : 1), `${worst} of what is allowed`).toBe(true);
  });

  test('log', async () => {
    const x = Float32Array.from({ length: COUNT }, (_, i) => 0.5 + (1.5 * i) / (COUNT - 1));
    const shown = await run('out[i] = log(in[i]);', [...x]);
    const worst = Math.max(...[...x].map((at, i) => Math.abs(shown[i]! - Math.log(at))));
    if (worstBuiltins) expect(worst).toBeGreaterThan(0.8 * 2 ** -21);
    expect(worst <= (worstBuiltins ? 2 : 1) * 2 ** -21, `off by ${worst}`).toBe(true);
  });
});

/** Float32 numbers between ½ and 2 in magnitude, of both signs, that use all their bits. */
function draw(count: number, seed: number): Float32Array {
  let state = 0x9e3779b9 ^ (seed * 0x85ebca6b);
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
  return Float32Array.from(
    { length: count },
    () => (next() < 0.5 ? -1 : 1) * 2 ** (2 * next() - 1),
  );
}

/** Runs statements for each i below COUNT, which read `in` and write `out[i]`. */
async function run(statements: string, input: readonly number[]): Promise<Float32Array> {
  const { device, pipelines, fence } = gpu.context;
  const code = `@group(0) @binding(0) var<storage, read> in: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(64)
fn run(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  ${statements}
}`;
  const label = 'Arithmetic';
  const layout = createBufferLayout(device, label, GPUShaderStage.COMPUTE, [
    'read',
    'read and write',
  ]);
  const pipelineLayout = createPipelineLayout(device, label, layout);
  const pipeline = await pipelines.compute(
    `${label} ${statements}`,
    pipelineLayout,
    'run',
    () => code,
  );
  const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
  const buffer = (size: number, usage: number) => device.createBuffer({ label, size, usage });
  const source = buffer(4 * input.length, STORAGE | COPY_DST);
  const target = buffer(4 * COUNT, STORAGE | COPY_SRC);
  const readback = new Readback(device, fence, label, 4 * COUNT);
  device.queue.writeBuffer(source, 0, Float32Array.from(input));
  const encoder = device.createCommandEncoder({ label });
  const pass = encoder.beginComputePass({ label });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindBuffers(device, label, layout, [source, target]));
  pass.dispatchWorkgroups(COUNT / 64);
  pass.end();
  readback.encodeCopy(encoder, target, 4 * COUNT);
  device.queue.submit([encoder.finish()]);
  const results = await readback.read(4 * COUNT, (data) => new Float32Array(data.slice(0)));
  for (const each of [source, target, readback]) each.destroy();
  return results;
}
