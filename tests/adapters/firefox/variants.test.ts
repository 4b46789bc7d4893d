import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linspaceGrid } from '../../../src/kernels/grid.ts';
import { prepareField } from '../../../src/kernels/prepareField.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { ColorPass, type ColorVariant } from '../../../src/passes/color.ts';
import { countRegions } from '../../../src/passes/countRegions.ts';
import { createFieldEvaluator } from '../../../src/passes/createFieldEvaluator.ts';
import { PresentPass } from '../../../src/passes/present.ts';
import { ReducePass } from '../../../src/passes/reduce.ts';
import { type GpuFixture, openGpu } from '../../gpu/fixture.ts';
import { EVALUATIONS } from '../../kernels/shaderVariants.ts';
import { fieldOf } from '../../shorthand.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const PLAIN: ColorVariant = {
  quantity: 'value',
  filled: false,
  lines: false,
  hinges: false,
  boundaries: false,
  shaded: false,
  ofClasses: false,
  byStops: false,
};
const FLAGS = [false, true];

/** The variant with and without each of these. */
function withEach(
  variant: Partial<ColorVariant>,
  ...names: readonly (keyof ColorVariant)[]
): ColorVariant[] {
  return names.reduce<ColorVariant[]>(
    (all, name) => all.flatMap((one) => FLAGS.map((flag) => ({ ...one, [name]: flag }))),
    [{ ...PLAIN, ...variant }],
  );
}

const COLORINGS = [
  ...withEach({}, 'filled', 'lines', 'byStops', 'hinges', 'boundaries'),
  ...withEach({ ofClasses: true }, 'shaded', 'hinges', 'boundaries'),
  ...(['gradientDirection', 'region', 'npGradientRows'] as const).flatMap((quantity) =>
    withEach({ quantity }, 'hinges', 'boundaries'),
  ),
];

describe('this browser compiles', () => {
  test.each(EVALUATIONS)('$name', async ({ field, output, kind }) => {
    const evaluator = createFieldEvaluator(gpu.context, prepareField(resolve(field)));
    await evaluator.prepare(output, kind);
    evaluator.destroy();
  });

  test.each(COLORINGS)('the colouring %o', async (variant) => {
    const { device, pipelines } = gpu.context;
    const reduce = new ReducePass(device, pipelines);
    const format = navigator.gpu.getPreferredCanvasFormat();
    const pass = new ColorPass(device, pipelines, reduce.statistics, format);
    await reduce.prepare();
    await pass.prepare(variant);
    pass.destroy();
    reduce.destroy();
  });

  test('what shows the picture, and what counts regions', async () => {
    const { device, pipelines } = gpu.context;
    const present = new PresentPass(device, pipelines, navigator.gpu.getPreferredCanvasFormat());
    await present.prepare();
    present.destroy();
    const grid = linspaceGrid([-5, 5], [-5, 5], 64, 64);
    const { regions } = await countRegions(
      gpu.context,
      fieldOf({ kind: 'max', logits: null }),
      grid,
    );
    expect(regions).toBe(2);
  });
});
