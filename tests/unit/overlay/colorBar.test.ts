import { describe, expect, test } from 'vitest';
import { PAPER_AXES, uprightRoom } from '../../../src/overlay/axes.ts';
import { colorBarOf, paperBar } from '../../../src/overlay/colorBar.ts';
import { validateState } from '../../../src/state/validate.ts';

const ROOM = uprightRoom(300, 48, PAPER_AXES);

function bar(patch: object, min = -1, max = 1, base = 0) {
  const range = { base, minDifference: min, maxDifference: max };
  return colorBarOf(validateState(patch), range, ROOM)!;
}

function labelsOf(min: number, max: number, base = 0) {
  return bar({}, min, max, base).numbers.labels.map(({ label }) => label);
}

describe('the colour bar', () => {
  test('of filled contours has a colour a step', () => {
    const { colors } = bar({ contours: { filled: true, lines: false, count: 5 } });
    expect(colors.map(({ from }) => from)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(new Set(colors.map(({ color }) => color)).size).toBe(4);
  });

  test('has the numbers of its ends, to three digits of its range, and ticks clear of them', () => {
    expect(labelsOf(-4.3721, 2.8149)).toEqual([
      '−4.37',
      '−4',
      '−3',
      '−2',
      '−1',
      '0',
      '1',
      '2',
      '2.81',
    ]);
    expect(labelsOf(-1, 1)).toEqual(['−1', '−0.5', '0.0', '0.5', '1']);
    // 0.0 lies too near to the end.
    expect(labelsOf(-0.01, 1)).toEqual(['−0.01', '0.2', '0.4', '0.6', '0.8', '1']);
  });

  test('writes its ends as its ticks in a deep view', () => {
    const { numbers, text } = bar({}, -1.234e-15, 3.7e-15, 0.25);
    const labels = numbers.labels.map(({ label }) => label);
    expect(numbers.offset).toBe('×10⁻¹⁵ +0.25');
    expect([labels[0], labels.at(-1)]).toEqual(['−1.23', '3.7']);
    expect(text).toBe('Colours of f, from −1.23 to 3.7 (×10⁻¹⁵ +0.25)');
  });

  test('of a single value has this number alone', () => {
    expect(labelsOf(0, 0, 2.5)).toEqual(['2.5']);
    expect(bar({}, 0, 0, 2.5).text).toBe('Colours of f, 2.5');
  });

  test('is named like the quantity', () => {
    expect(bar({ quantity: 'partial1' }).text).toBe('Colours of ∂₁f, from −1 to 1');
    expect(bar({ quantity: 'gradientDirection' }, -Math.PI, Math.PI).text).toBe(
      'Colours of direction of ∇f, from −π to π',
    );
  });

  test('of regions does not exist', () => {
    const state = validateState({ quantity: 'region' });
    expect(colorBarOf(state, null, ROOM)).toBeNull();
    expect(paperBar({ x: 0, y: 0, width: 16, height: 300 }, state, null)).toEqual([]);
  });

  test('has its name and its ends on paper', () => {
    const box = { x: 10, y: 20, width: 16, height: 300 };
    const range = { base: 0, minDifference: -4.3721, maxDifference: 2.8149 };
    const marks = paperBar(box, validateState({ quantity: 'gradientNorm' }), range);
    const texts = marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));
    expect(texts.find(({ text }) => text === '−4.37')!.at[1]).toBe(320 + PAPER_AXES.middle);
    expect(texts.find(({ text }) => text === '2.81')!.at[1]).toBe(20 + PAPER_AXES.middle);
    expect(texts.at(-1)).toMatchObject({ text: '‖∇f‖', upright: true, at: [92, 170] });
  });
});
