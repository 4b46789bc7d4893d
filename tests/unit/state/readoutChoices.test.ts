import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/model/drawnNetwork.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { READOUT_KINDS } from '../../../src/model/readouts.ts';
import {
  readoutCount,
  readoutsOfAll,
  reasonAgainstReadout,
  stepReadout,
} from '../../../src/state/readoutChoices.ts';
import { arbitraryField } from './arbitraries.ts';

const field = (widths: readonly number[], readout: object) =>
  validateField({ network: { kind: 'drawn', widths }, readout });

describe('reasonAgainstReadout', () => {
  const refused = (widths: readonly number[]) =>
    READOUT_KINDS.filter((kind) =>
      reasonAgainstReadout(kind, field(widths, { kind: 'output' }).network),
    );

  it('refuses comparisons of a single output, and neurons where none is hidden', () => {
    expect(refused([5, 10, 5])).toEqual([]);
    expect(refused([2, 4])).toEqual(['neuron']);
    expect(refused([2, 20, 1])).toEqual([
      'max',
      'lse',
      'gap',
      'softmax',
      'argmax',
      'class',
      'margin',
    ]);
    expect(refused([2, 1])).toContain('neuron');
  });
});

describe('stepReadout', () => {
  it('goes round all outputs and neurons, and back', () => {
    fc.assert(
      fc.property(arbitraryField, (start) => {
        const next = stepReadout(start, 1);
        const { outputs } = shapeOf(start.network);
        if (next === null) {
          expect(Math.min(outputs, readoutCount(start))).toBe(1);
          return;
        }
        const moved = { ...start, readout: next };
        expect(validateField(moved)).toEqual(moved);
        if ('index' in start.readout) expect(stepReadout(moved, -1)).toEqual(start.readout);
        let there = moved;
        const seen = new Set<string>();
        for (let i = 0; i < readoutCount(moved); i++) {
          seen.add(JSON.stringify(there.readout));
          there = { ...there, readout: stepReadout(there, 1)! };
        }
        expect(seen.size).toBe(readoutCount(moved));
        expect(there).toEqual(moved);
      }),
    );
  });

  it('begins at either end from a readout of all outputs', () => {
    const classes = field([5, 10, 10, 5], { kind: 'class' });
    expect(stepReadout(classes, 1)).toEqual({ kind: 'output', index: 0 });
    expect(stepReadout(classes, -1)).toEqual({ kind: 'output', index: 4 });
    expect(stepReadout(field([2, 20, 1], { kind: 'output' }), 1)).toBeNull();
  });
});

describe('readoutsOfAll', () => {
  it('keeps the kind of a readout of one output', () => {
    const softmax = field([2, 3], { kind: 'softmax', index: 2, lambda: 10 });
    expect(readoutsOfAll(softmax)).toEqual(
      [0, 1, 2].map((index) => ({ kind: 'softmax', index, lambda: 10 })),
    );
    for (const kind of ['class', 'lse', 'neuron']) {
      expect(readoutsOfAll(field([5, 4, 2], { kind }))).toEqual(
        [0, 1].map((index) => ({ kind: 'output', index })),
      );
    }
  });
});
