import { afterEach, describe, expect, test } from 'vitest';
import { Renderer } from '../../../src/screen/renderer.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import type { State } from '../../../src/state/state.ts';
import { PICTURES } from '../../e2e/pictureStates.ts';

// The golden pictures of tests/e2e, drawn on the software adapter of Chromium, and what this browser draws.

const GOLDEN = import.meta.glob<string>('../../e2e/pictures/*.png', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Those with nothing over the canvas. */
const NAMES = [
  ...['shallow', 'deep-hinges', 'lse-contours', 'max-lines', 'gap', 'softmax', 'argmax'],
  ...['prism-gradient', 'regions', 'direction', 'deep-zoom'],
];

/** Steps of a channel, and a share of the pixels: where a contour runs along samples, rounding decides on which side they lie. */
const SAME_WITHIN = 13;
const MAY_DIFFER = 0.005;

let renderer: Renderer | null = null;
afterEach(() => {
  renderer?.destroy();
  renderer = null;
});

function stateOf(name: string): State {
  return applyPatch(DEFAULT_STATE, { supersampling: 2, ...PICTURES[name] });
}

/** Draws a state. @returns the canvas and how long it took until the picture was there in full */
async function draw(state: State, width: number, height: number) {
  const canvas = document.createElement('canvas');
  renderer = await Renderer.create(canvas, { onReport: () => {}, onProblem: () => {} });
  renderer.resize(width, height);
  const start = performance.now();
  renderer.setState(state, false);
  await renderer.settled();
  return { canvas, ms: performance.now() - start };
}

function pixelsOf(image: CanvasImageSource, width: number, height: number): Uint8ClampedArray {
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

describe('a picture is as golden', () => {
  test.each(NAMES)('%s', async (name) => {
    const url = GOLDEN[`../../e2e/pictures/${name}.png`]!;
    const golden = await createImageBitmap(await (await fetch(url)).blob());
    const { width, height } = golden;
    const expected = pixelsOf(golden, width, height);
    const { canvas } = await draw(stateOf(name), width, height);
    const shown = pixelsOf(canvas, width, height);
    expect(new Set(shown).size).toBeGreaterThan(2);
    let differing = 0;
    for (let at = 0; at < shown.length; at += 4) {
      const isSame = [0, 1, 2].every(
        (part) => Math.abs(shown[at + part]! - expected[at + part]!) <= SAME_WITHIN,
      );
      if (!isSame) differing += 1;
    }
    const share = differing / (width * height);
    expect(share <= MAY_DIFFER, `${(100 * share).toFixed(2)} % of the pixels differ`).toBe(true);
  });
});

/** Reported, not judged: what a machine takes is no promise. */
const TIMED: Readonly<Record<string, object>> = {
  'lse, 1×': { field: { kind: 'lse', lambda: 1, logits: null }, supersampling: 1 },
  '2-20-1, 1×': { supersampling: 1 },
  '2-20-1, 4×': { supersampling: 4 },
  '2-64-64-64-1, 1×': {
    field: { network: { kind: 'drawn', widths: [2, 64, 64, 64, 1] } },
    supersampling: 1,
  },
};

test.each(Object.keys(TIMED))('%s is drawn again when it is compiled', async (name) => {
  const state = applyPatch(DEFAULT_STATE, TIMED[name]!);
  await draw(state, 640, 420);
  const start = performance.now();
  renderer!.setState(applyPatch(state, { view: { halfWidth: 4 } }), false);
  await renderer!.settled();
  console.log(`${name}, 640 × 420: settled in ${Math.round(performance.now() - start)} ms`);
});
