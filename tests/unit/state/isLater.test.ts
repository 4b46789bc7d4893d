import { expect, test } from 'vitest';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { isLater } from '../../../src/state/isLater.ts';
import { applyPatch } from '../../../src/state/patch.ts';

const recipe = {
  data: { kind: 'moons', samples: 20 },
  network: { kind: 'drawn', widths: [2, 4, 2] },
};
const shown = applyPatch(DEFAULT_STATE, { run: { recipe, step: 3 } });

test('another step or view shows the same later; whatever a person chooses does not', () => {
  expect(isLater(shown, applyPatch(shown, { run: { step: 4 } }))).toBe(true);
  expect(isLater(shown, applyPatch(shown, { view: { halfWidth: 2 } }))).toBe(true);
  for (const chosen of [
    { colormap: 'magma' },
    { hinges: true },
    { field: { readout: { kind: 'margin' } } },
  ]) {
    expect(isLater(shown, applyPatch(shown, chosen))).toBe(false);
  }
});
