import { afterEach, expect, test, vi } from 'vitest';
import { cutFacets } from '../../src/geometry/cutFacets.ts';
import type { Facets } from '../../src/model/facets.ts';
import type { CutFacets } from '../../src/picture/facetPictures.ts';
import { PictureMaker } from '../../src/picture/pictureMaker.ts';
import { Renderer } from '../../src/screen/renderer.ts';
import { DEFAULT_STATE } from '../../src/state/defaults.ts';
import { applyPatch } from '../../src/state/patch.ts';

const wideOf = (seed: number) =>
  applyPatch(DEFAULT_STATE, {
    field: { network: { kind: 'drawn', widths: [2, 150, 150, 3], activation: 'relu', seed } },
  });

afterEach(() => vi.restoreAllMocks());

test('pictures between the first and the full one come only where facets do not', async () => {
  const canvas = document.createElement('canvas');
  let answer: (facets: Facets | null) => void = () => {};
  let asked = vi.fn<CutFacets>();
  const cut: CutFacets = (request, most, signal) => {
    asked(request, most, signal);
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  const renderer = await Renderer.create(canvas, {
    onReport: () => undefined,
    onProblem: () => undefined,
    cutFacets: cut,
  });
  const [compile, atOnce, coarse] = (['compileKernels', 'drawAtOnce', 'drawCoarse'] as const).map(
    (name) => vi.spyOn(PictureMaker.prototype, name),
  ) as [ReturnType<typeof vi.fn>, ReturnType<typeof vi.fn>, ReturnType<typeof vi.fn>];
  /** The facets, as a worker cuts them. */
  const facetsOf = () => {
    const { network, window } = asked.mock.lastCall![0];
    return cutFacets(network, window);
  };
  renderer.resize(60, 60);
  renderer.setState(wideOf(1), false);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  answer(facetsOf());
  await renderer.settled();
  await vi.waitFor(() => expect(compile).toHaveBeenCalled());
  await compile.mock.results[0]!.value;

  // From now on a full picture takes long.
  vi.spyOn(PictureMaker.prototype, 'affordableResolution').mockReturnValue(0.05);
  for (const [seed, come] of [
    [2, true],
    [3, false],
  ] as const) {
    asked = vi.fn<CutFacets>();
    atOnce.mockClear();
    renderer.setState(wideOf(seed), false);
    await vi.waitFor(() => expect(atOnce).toHaveBeenCalled());
    await atOnce.mock.results[0]!.value;
    // Whatever follows the first picture has begun.
    await new Promise((resolve) => setTimeout(resolve));
    expect(coarse).not.toHaveBeenCalled();
    answer(come ? facetsOf() : null);
    await renderer.settled();
    expect(coarse.mock.calls.length > 0).toBe(!come);
  }
  renderer.destroy();
});
