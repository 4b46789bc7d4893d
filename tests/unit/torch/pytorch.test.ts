import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { squareOf } from '../../../src/model/rectangle.ts';
import { linspace, referenceGrid } from '../../../src/reference/grid.ts';
import type { State } from '../../../src/state/state.ts';
import { validateState } from '../../../src/state/validate.ts';
import { pytorchSnippet } from '../../../src/torch/pytorch.ts';
import { toView } from '../../../src/view/projection.ts';
import { planePoint } from '../../../src/view/view.ts';
import { SAMPLES, SNIPPET_STATES } from './snippetStates.ts';

const DIRECTORY = new URL('../../reference/pytorch/', import.meta.url);

/** What PyTorch computed by running texts with these hashes, row-major: check.py wrote it. */
const torchGrids = JSON.parse(readFileSync(new URL('grids.json', DIRECTORY), 'utf8')) as Record<
  string,
  { readonly sha256: string; readonly values: string }
>;

function readGrid(name: string): Float64Array {
  const bytes = Buffer.from(torchGrids[name]!.values, 'base64');
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
}

function snippetOf(state: State, title: string): string {
  return pytorchSnippet({ ...state, gridSamples: SAMPLES }, { title });
}

function referenceOf({ field, view, projection, quantity }: State): Float64Array {
  if (projection.kind === 'logRadial') {
    const ticks = linspace(-1, 1, SAMPLES);
    const request = { field, quantity, width: 1, height: 1 };
    const values = [...ticks].flatMap((up) =>
      [...ticks].map((across) => {
        const {
          x: { high: x },
          y: { high: y },
        } = planePoint(view, toView(projection, [across, up]));
        return referenceGrid({ ...request, x: [x, x], y: [y, y] })[0]!;
      }),
    );
    return Float64Array.from(values);
  }
  return referenceGrid({ field, quantity, ...squareOf(view), width: SAMPLES, height: SAMPLES });
}

/** Numbers 0, 1, 2… in the order in which values first appear: the partition that they make. */
function partition(values: Float64Array): number[] {
  const numbers = new Map<number, number>();
  return Array.from(values, (value) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
}

/**
 * Both sides sum in float64, in another order: some tens of 2⁻⁵³ for these sizes of network; a change
 * of a parameter's last float32 bit makes 1e-8.
 */
const TOLERANCE = 1e-13;

test('no program is left of a state that is gone', () => {
  const names = SNIPPET_STATES.map(([name]) => `${name}.py`);
  const files = readdirSync(DIRECTORY).filter((file) => file.endsWith('.py'));
  expect(files.sort()).toEqual([...names, 'check.py'].sort());
});

describe.each(SNIPPET_STATES)('the snippet of %s', (name, state) => {
  test('reads as it did when it was last run by PyTorch', async () => {
    const file = fileURLToPath(new URL(`${name}.py`, DIRECTORY));
    const text = snippetOf(state, name);
    await expect(text).toMatchFileSnapshot(file);
    // Else: run tests/reference/pytorch/check.py --write.
    expect(createHash('sha256').update(text).digest('hex')).toBe(torchGrids[name]?.sha256);
  });

  test('computes in PyTorch what Reluscope shows', () => {
    const torch = readGrid(name);
    const reference = referenceOf(state);
    expect(torch.length).toBe(SAMPLES * SAMPLES);
    if (state.quantity === 'region') {
      expect(partition(torch)).toEqual(partition(reference));
      expect(new Set(torch).size).toBeGreaterThan(1);
      return;
    }
    const scale = Math.max(...reference.map(Math.abs), Number.MIN_VALUE);
    const wrong = [...torch].flatMap((value, i) =>
      !(Math.abs(value - reference[i]!) <= TOLERANCE * scale) ? [[i, value, reference[i]]] : [],
    );
    expect(wrong).toEqual([]);
  });
});

describe('pytorchSnippet', () => {
  const wide = validateState({});

  test('counts from the centre where float64 does not resolve the view', () => {
    const at = (halfWidth: number) =>
      snippetOf(validateState({ view: { center: [3, -1], halfWidth } }), 'deep');
    expect(at(1e-12)).toContain('may still show the steps of float64');
    expect(at(1e-6)).not.toContain('steps of float64');
  });

  test('keeps a title with quotes and line breaks inside its string and its comment', () => {
    const text = snippetOf(wide, 'a "b"\nimport os');
    expect(text).toMatch(/^# a "b" import os\nimport matplotlib/);
    expect(text).toContain('plt.title("a \\"b\\"\\nimport os")');
  });

  test('takes the number of samples', () => {
    const state = { ...wide, gridSamples: 123 };
    expect(pytorchSnippet(state, { title: '' })).toContain('\nn = 123\n');
  });
});
