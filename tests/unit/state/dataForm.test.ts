import { describe, expect, it } from 'vitest';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';
import { dataForm } from '../../../src/state/dataForm.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { decodeState } from '../../../src/state/url.ts';
import { validateState } from '../../../src/state/validate.ts';

describe('a data set in a link', () => {
  it.each([
    [{ kind: 'moons' }, 'moons'],
    [
      { kind: 'circles', samples: 50, factor: 0.25, split: { testSize: 0.25, seed: 3 } },
      'circles~samples:50~factor:0.25~split:0.25,3',
    ],
    [
      {
        kind: 'points',
        x: [
          [1, -2],
          [0.5, 3],
        ],
        y: [0, 1],
      },
      'points~x:1,-2;0.5,3~y:0,1',
    ],
    [{ kind: 'points', x: [[1], [2]], y: [[3], [4.5]] }, 'points~x:1;2~y:;3;4.5'],
    [{ kind: 'formula', formula: 'x1^2 − π' }, 'formula~formula:x1_5e_2_20__2212__20__3c0_'],
  ])('%j', (given, text) => {
    const spec = readDataSpec(given);
    expect(dataForm.write(spec)).toBe(text);
    expect(readDataSpec(dataForm.read(text, 'data'))).toEqual(spec);
  });

  it.each([
    ['rings', 'data: received "rings", expected one of none, moons'],
    ['moons~noise', 'data: received "noise", expected MEMBER:VALUE'],
    ['moons~noise:much', 'data: received "much", expected a finite decimal number'],
    ['moons~noise:-1', 'data: received -1, expected a number from 0'],
    ['moons~__proto__:1', 'data: received'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(decodeState(`v=2&data=${text}`).problem).toContain(problem);
  });
});

describe('a data set in a state', () => {
  it('was called points, if it was that of the exercise', () => {
    expect(validateState({ points: 'exercise' }).data).toEqual({ kind: 'exercise', split: null });
    expect(applyPatch(DEFAULT_STATE, { points: 'exercise' }).data?.kind).toBe('exercise');
    expect(decodeState('v=2&points=exercise').state.data?.kind).toBe('exercise');
    expect(validateState({ points: 'none' }).data).toBeNull();
    expect(() => validateState({ points: 'all' })).toThrow('points: received "all"');
  });

  it('merges patches of its own kind, and starts anew for another one', () => {
    const moons = applyPatch(DEFAULT_STATE, { data: { kind: 'moons', noise: 0.5 } });
    expect(applyPatch(moons, { data: { samples: 50 } }).data).toMatchObject({
      noise: 0.5,
      samples: 50,
    });
    expect(applyPatch(moons, { data: { kind: 'circles' } }).data).toMatchObject({ noise: 0.1 });
    expect(applyPatch(moons, { data: null }).data).toBeNull();
    expect(applyPatch(moons, { hinges: true }).data).toBe(moons.data);
    expect(() => applyPatch(moons, { data: { factor: 1 } })).toThrow('data.factor');
  });
});
