import { expect, test } from 'vitest';
import { BOUNDARY_LAYER } from '../../src/kernels/shaderConstants.ts';
import { type Coloring, ColorPass } from '../../src/passes/color.ts';
import { classColor } from '../../src/scales/classColors.ts';
import { openGpu } from './fixture.ts';

const WIDTH = 64;
const HEIGHT = 2;

test('each class has its colour, and the boundary is black', async () => {
  const gpu = await openGpu();
  const { device } = gpu;
  const { STORAGE, COPY_DST, MAP_READ } = GPUBufferUsage;
  const buffer = (words: ArrayBufferView<ArrayBuffer>, usage = STORAGE | COPY_DST) => {
    const made = device.createBuffer({ label: 'Test', size: words.byteLength, usage });
    device.queue.writeBuffer(made, 0, words);
    return made;
  };
  const classes = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => 2 * i);
  const boundaries = new Uint32Array(WIDTH * HEIGHT);
  boundaries[5] = 255 * 256 + BOUNDARY_LAYER;
  const pass = new ColorPass(
    device,
    gpu.context.pipelines,
    buffer(new Float32Array(4)),
    'rgba8unorm',
  );
  const coloring: Coloring = {
    ...{ quantity: 'value', colormap: 'classes', widthPx: WIDTH, heightPx: HEIGHT },
    ...{ gridWidth: WIDTH, gridHeight: HEIGHT, firstRow: 0, rows: HEIGHT, samplesPerPx: 1 },
    ...{ range: null, stops: null, symmetric: false, zero: 0, filled: false, lines: false },
    ...{
      levels: { first: 0, step: 0, count: 0 },
      contourHalfWidth: 1,
      hinges: false,
      cells: null,
      boundaries: true,
      share: null,
    },
  };
  await pass.prepare({ ...coloring, ofClasses: true, byStops: false, shaded: false });
  const usage = GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC;
  const texture = device.createTexture({ size: [WIDTH, HEIGHT], format: 'rgba8unorm', usage });
  const lines = { hinge: null, boundary: buffer(boundaries), share: null };
  const encoder = device.createCommandEncoder();
  pass.encode(encoder, coloring, buffer(classes), lines, texture.createView());
  const size = 4 * WIDTH * HEIGHT;
  const target = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
  encoder.copyTextureToBuffer({ texture }, { buffer: target, bytesPerRow: 4 * WIDTH }, [
    WIDTH,
    HEIGHT,
  ]);
  device.queue.submit([encoder.finish()]);
  await target.mapAsync(GPUMapMode.READ);
  const pixels = new Uint8Array(target.getMappedRange());
  const wrong = [...classes].flatMap((index, i) => {
    // Row 0 of the samples is the lowest.
    const row = HEIGHT - 1 - Math.floor(i / WIDTH);
    const at = 4 * (row * WIDTH + (i % WIDTH));
    const expected = i === 5 ? [0, 0, 0] : classColor(index);
    const drawn = pixels.slice(at, at + 3).join();
    return drawn === expected.join() ? [] : [`class ${index}: ${drawn} is not ${expected.join()}`];
  });
  expect(wrong).toEqual([]);
  await gpu.finish();
});
