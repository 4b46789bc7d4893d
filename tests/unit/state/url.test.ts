import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SAMPLES } from '../../../src/data/points.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { decodeState, encodeState, LINK_MAX, TEXT_MAX } from '../../../src/state/url.ts';
import { validateState } from '../../../src/state/validate.ts';
import { arbitraryState } from './arbitraries.ts';

/** The problem of a link, after a check that there is a state all the same. */
function findProblem(text: string): string {
  const { state, problem } = decodeState(text);
  expect(validateState(state)).toEqual(state);
  if (problem === null) throw new Error(`the link ${text.slice(0, 200)} was taken`);
  return problem;
}

describe('encodeState', () => {
  it('writes version, kind and view of the default state, and no more', () => {
    expect(encodeState(DEFAULT_STATE)).toBe('v=2&network=drawn&x=0&y=0&half=5');
  });

  it('writes what differs from the defaults, readably', () => {
    const state = applyPatch(DEFAULT_STATE, {
      field: { widths: [2, 5, 5, 1], seed: -7, outputBias: 4 },
      view: { center: [0.1, -2], centerLow: [1e-18, 0], halfWidth: 1e-9 },
      projection: { kind: 'logRadial', decades: 4.5 },
      quantity: 'gradientNorm',
      colormap: 'prism',
      range: { mode: 'fixed', min: -1, max: 2.5 },
      contours: { lines: true, count: 20 },
      hinges: true,
      supersampling: 2,
    });
    expect(encodeState(state)).toBe(
      'v=2&network=drawn&widths=2-5-5-1&seed=-7&outputBias=4&x=0.1&y=-2&dx=1e-18&half=1e-9' +
        '&projection=log-radial:4.5&quantity=gradientNorm&map=prism&range=-1,2.5&lines=1&levels=20&hinges=1&supersampling=2',
    );
  });

  it('writes a norm with its threshold', () => {
    const written = (norm: unknown) => encodeState(applyPatch(DEFAULT_STATE, { norm })).slice(32);
    expect(written('auto')).toBe('');
    expect(written('equalized')).toBe('&norm=equalized');
    expect(written('symlog')).toBe('&norm=symlog');
    expect(written({ kind: 'symlog', linearThreshold: 1e30 })).toBe('&norm=symlog:1e30');
    expect(decodeState('v=1&norm=symlog:0.5').state.norm).toEqual({
      kind: 'symlog',
      linearThreshold: 0.5,
    });
    expect(decodeState('v=1&norm=linear:2').problem).toContain('norm');
  });

  it('keeps a number of samples that was chosen, whichever the adapter would have', () => {
    const chosen = encodeState(applyPatch(DEFAULT_STATE, { supersampling: 4 }));
    expect(chosen).toContain('&supersampling=4');
    expect(decodeState(chosen).state.supersampling).toBe(4);
    expect(decodeState('v=1&supersampling=auto').state.supersampling).toBe('auto');
  });

  it('writes a selected region as a point inside it, exactly', () => {
    const selected = (selection: object) => applyPatch(DEFAULT_STATE, { edges: true, selection });
    const near = selected({ point: [0.1, -2] });
    expect(encodeState(near)).toBe('v=2&network=drawn&x=0&y=0&half=5&edges=1&selected=0.1,-2');
    const deep = selected({ point: [0.1, -2], pointLow: [0, 1e-18] });
    expect(encodeState(deep)).toMatch(/&selected=0\.1,-2,0,1e-18$/);
    expect(decodeState(encodeState(deep)).state.selection).toEqual(deep.selection);
    const points = applyPatch(DEFAULT_STATE, { field: { kind: 'tanh' }, points: 'exercise' });
    expect(encodeState(points)).toMatch(/&data=exercise$/);
  });

  it('writes logits, drawn and explicit', () => {
    const drawn = { kind: 'softmax', lambda: 10, component: 2, logits: { count: 4, seed: 9 } };
    expect(encodeState(applyPatch(DEFAULT_STATE, { field: drawn }))).toBe(
      'v=2&network=drawn&widths=2-4&seed=9&readout=softmax&index=2&lambda=10&x=0&y=0&half=5',
    );
    const logits = {
      weight: [
        [1, 0],
        [0.5, 1e30],
      ],
      bias: [0, -2],
    };
    expect(encodeState(applyPatch(DEFAULT_STATE, { field: { kind: 'max', logits } }))).toContain(
      '&layers=identity:1,0,0;0.5,1.0000000150474662e30,-2&readout=max&',
    );
  });

  it('needs no escapes, also after a browser has parsed it as a fragment', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        const text = encodeState(state);
        expect(text).toMatch(/^[\w.,;:=&~-]+$/);
        expect(new URL(`https://example.org/#${text}`).hash.slice(1)).toBe(text);
      }),
    );
  });
});

describe('decodeState', () => {
  it('gives back every valid state exactly', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        expect(decodeState(encodeState(state))).toEqual({ state, problem: null });
      }),
      { numRuns: 500 },
    );
  });

  it('gives back a state whose text was escaped on its way', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        const escaped = encodeState(state).replace(/[,;:]/g, encodeURIComponent);
        expect(decodeState(`#${escaped}`)).toEqual({ state, problem: null });
      }),
    );
  });

  it('gives the default for empty text, without a problem', () => {
    for (const text of ['', '#', '?']) {
      expect(decodeState(text)).toEqual({ state: DEFAULT_STATE, problem: null });
    }
  });

  it('accepts a short link that a person typed, in any order', () => {
    const { state, problem } = decodeState('seed=3&half=100&v=1&map=magma&x=2');
    expect(problem).toBeNull();
    expect(state).toEqual({
      ...DEFAULT_STATE,
      field: { ...DEFAULT_STATE.field, network: { ...DEFAULT_STATE.field.network, seed: 3 } },
      view: { center: [2, 0], centerLow: [0, 0], halfWidth: 100 },
      colormap: 'magma',
    });
    expect(decodeState('v=1&lines=1').state.contours).toEqual({
      filled: false,
      lines: true,
      count: 10,
    });
  });

  it('names the key, what was received and what is expected', () => {
    const cases: [string, string][] = [
      ['v=1&half=abc', 'half: received "abc", expected a finite decimal number.'],
      ['v=1&half=1e999', 'half: received "1e999", expected a finite decimal number.'],
      ['v=1&x=NaN', 'x: received "NaN", expected a finite decimal number.'],
      ['v=1&half=0', 'half: received 0, expected a number from 1e-12 to 1000000000.'],
      [
        'v=1&y=1e13',
        'y: received 10000000000000, expected a number from -1000000000000 to 1000000000000.',
      ],
      ['v=1&widths=2-5000-1', 'widths: received 5000, expected an integer from 1 to 4096.'],
      [
        'v=1&projection=polar',
        'projection: received "polar", expected plane or log-radial:DECADES.',
      ],
      ['v=1&projection=log-radial:0', 'projection: received 0, expected a number from 1 to 12.'],
      [
        'v=1&projection=log-radial:6&quantity=npGradientRows',
        'quantity: received "npGradientRows", ',
      ],
      ['v=1&map=jet', 'map: received "jet", expected one of viridis, '],
      ['v=1&field=mpl', 'field: received "mpl", expected one of lse, '],
      ['v=1&lambda=3', 'lambda: received 3, expected no such key (mlp has '],
      ['v=1&range=3,1', 'range: received 1, expected more than range.min, 3.'],
      ['v=1&range=1', 'range: received "1", expected auto, symmetric or MIN,MAX.'],
      ['v=1&hinges=yes', 'hinges: received "yes", expected 0 or 1.'],
      ['v=1&edges=2', 'edges: received "2", expected 0 or 1.'],
      ['v=1&selected=1', 'selected: received "1", expected none, X,Y or X,Y,DX,DY.'],
      ['v=1&selected=1,2,3', 'selected: received "1,2,3", expected none, X,Y or X,Y,DX,DY.'],
      ['v=1&selected=1,1e31', 'selected: received 1e+31, expected a number from -1e+30 to 1e+30.'],
      ['v=1&points=four', 'points: received "four", expected one of none, exercise.'],
      ['v=1&levels=1', 'levels: received 1, expected an integer from 2 to 64.'],
      ['v=1&field=max&logits=drawn:3', 'logits: received "drawn:3", expected drawn:COUNT:SEED.'],
      [
        'v=1&field=max&logits=1,2',
        'logits: received "1,2", expected identity, drawn:COUNT:SEED or rows',
      ],
      ['v=1&field=max&logits=drawn:17:0', 'logits: received 17, expected an integer from 2 to 16.'],
      ['v=1&colour=red', 'key: received "colour", expected one of v, field, '],
      ['v=1&seed=1&seed=2', 'seed: received "seed=2", expected each key once.'],
      ['v=1&seed', 'part: received "seed", expected key=value.'],
      ['v=1&', 'part: received "", expected key=value.'],
      ['v=1&seed=%zz', 'seed: received "%zz", expected valid percent-escapes.'],
      ['v=3&seed=1', 'v: received "3", expected the version 2.'],
      ['seed=1', 'v: received undefined, expected the version 2.'],
    ];
    for (const [text, expected] of cases) {
      expect(findProblem(text)).toContain(`The link is broken: ${expected}`);
    }
  });

  it.each([
    ['float32', Math.fround, 66_000],
    ['float64', (value: number) => value, 132_000],
  ])('holds any slice of 4096 inputs, of %s numbers', (_, round, longest) => {
    const vector = (seed: number) =>
      Array.from({ length: 4096 }, (_, i) => round(Math.sin(seed + i * i)));
    const slice = { origin: vector(1), axis1: vector(2), axis2: vector(3) };
    const network = { kind: 'drawn', widths: [4096, 2] };
    const state = validateState({ field: { network, slice } });
    const text = encodeState(state);
    expect(text.length).toBeLessThan(longest);
    expect(decodeState(text)).toEqual({ state, problem: null });
  });

  it('says what is wrong with the bytes of a slice', () => {
    for (const bytes of ['f:AAAA', 'd:', 'f:!', 'g:AAAA']) {
      const { problem } = decodeState(`v=2&widths=3-2&slice=3~${bytes}~0:1~1:1`);
      expect(problem).toMatch(/slice: received .*, expected/);
    }
  });

  it('reads networks, slices and readouts that a person typed', () => {
    const { state, problem } = decodeState(
      'v=2&network=drawn&widths=5-10-10-5&activation=leakyRelu_0.1,tanh&seed=4' +
        '&slice=5~2:0.5~0:1~1:1&readout=softmax&index=3&lambda=10',
    );
    expect(problem).toBeNull();
    expect(state.field).toEqual({
      network: {
        kind: 'drawn',
        widths: [5, 10, 10, 5],
        activation: [{ kind: 'leakyRelu', slope: 0.1 }, 'tanh'],
        seed: 4,
        outputBias: null,
      },
      slice: { origin: [0, 0, 0.5, 0, 0], axis1: [1, 0, 0, 0, 0], axis2: [0, 1, 0, 0, 0] },
      readout: { kind: 'softmax', index: 3, lambda: 10 },
    });
    const broken = [
      [
        'widths=5-3&slice=4~~0:1~1:1',
        'slice: received [0,0,0,0], expected 5 numbers, one for each',
      ],
      [
        'widths=5-3&slice=5~~0:1~0:2',
        'slice: received [2,0,0,0,0], expected an axis that is not parallel',
      ],
      ['widths=5-3&slice=5~~0:1', 'slice: received "5~~0:1", expected INPUTS~ORIGIN~AXIS1~AXIS2'],
      [
        'widths=5-3&slice=5~9:1~0:1~1:1',
        'slice: received "9:1", expected INDEX:VALUE, an index below 5',
      ],
      ['widths=5-3&index=3', 'index: received 3, expected an integer from 0 to 2'],
      ['widths=5-3&readout=neuron', 'readout: received "neuron", expected another readout'],
      ['activation=selu', 'activation: received "selu", expected one of relu, abs'],
      [
        'activation=leakyRelu_0.1_2',
        'activation: received "leakyRelu_0.1_2", expected leakyRelu with',
      ],
      [
        'activation=relu,tanh',
        'activation: received ["relu","tanh"], expected one activation, or 1',
      ],
      ['network=explicit&layers=identity:1', 'layers: received [], expected 1 to 4096 numbers'],
      [
        'network=explicit&layers=tanh:1,2,0',
        `layers: received "tanh", expected 'identity' in the last`,
      ],
    ];
    for (const [text, says] of broken) {
      expect(findProblem(`v=2&${text}`)).toContain(`The link is broken: ${says}`);
    }
  });

  it('keeps the rest of a link that is broken in part', () => {
    const { state, problem } = decodeState('v=1&field=mlp&seed=7&x=0&y=0&half=100)');
    expect(state).toEqual(applyPatch(DEFAULT_STATE, { field: { seed: 7 } }));
    expect(problem).toBe(
      'The link is broken: half: received "100)", expected a finite decimal number. The rest is kept.',
    );
    for (const [text, patch] of [
      ['v=1&colour=red&half=3', { view: { halfWidth: 3 } }],
      ['seed=3', { field: { seed: 3 } }],
      ['v=3&seed=3', { field: { seed: 3 } }],
      ['v=constructor&seed=3', { field: { seed: 3 } }],
      ['v=1&seed=3&seed=4', { field: { seed: 3 } }],
      [
        'v=1&field=lse&lambda=-1&logits=drawn:3:1',
        { field: { kind: 'lse', logits: { count: 3, seed: 1 } } },
      ],
      ['v=1&field=nonsense&lambda=3&hinges=1', { hinges: true }],
      ['v=1&map=jet&quantity=gradientNorm&', { quantity: 'gradientNorm' }],
      ['v=1&edges=1&selected=here&hinges=1', { edges: true, hinges: true }],
      ['v=1&widths=2-7-1&seed=x&half=2', { field: { widths: [2, 7, 1] }, view: { halfWidth: 2 } }],
    ] as const) {
      expect(decodeState(text).state, text).toEqual(applyPatch(DEFAULT_STATE, patch));
      expect(decodeState(text).problem, text).toMatch(/The rest is kept\.$/);
    }
    const several = decodeState('v=1&a=1&b=2&c=3&d=4&seed=5');
    expect(several.problem).toMatch(/"a".*; also "b", "c", "d"\. The rest is kept\.$/);
  });

  it('rejects numbers in any form but the decimal one', () => {
    for (const number of [
      '',
      ' 5',
      '5 ',
      '0x10',
      '1_0',
      '1n',
      'Infinity',
      '--1',
      '1e',
      '.',
      '5,5',
      '+5',
    ]) {
      findProblem(`v=1&half=${number}`);
    }
    for (const number of ['5', '5.0', '.5', '5e0', '5E-1', '1e+3']) {
      expect(decodeState(`v=1&half=${number}`).problem).toBeNull();
    }
  });

  it('rejects keys that reach for prototypes', () => {
    for (const key of [
      '__proto__',
      'constructor',
      'toString',
      '__proto__.polluted',
      '%5F_proto__',
    ]) {
      expect(findProblem(`v=1&${key}=1`)).toContain('The link is broken: key: received');
    }
    expect(findProblem('v=1&field=__proto__')).toContain('field: received "__proto__"');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    { what: 'links hold ten thousand points', count: 10_000, max: LINK_MAX },
    { what: 'pictures hold all points of a data set', count: MAX_SAMPLES, max: TEXT_MAX },
  ])('$what', ({ count, max }) => {
    const x = Array.from({ length: count }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
    const data = { kind: 'points', x, y: x.map((_, i) => i % 2) };
    const state = applyPatch(DEFAULT_STATE, { data });
    const text = encodeState(state);
    expect(text.length).toBeLessThan(max);
    const { state: read, problem } = decodeState(text);
    expect(problem).toBeNull();
    expect(JSON.stringify(read) === JSON.stringify(state)).toBe(true);
  });

  it('rejects text above 64 MB, with a short message', () => {
    const text = `v=1&seed=${'1'.repeat(TEXT_MAX)}`;
    expect(findProblem(text)).toContain(
      'received "67108873 characters", expected at most 67108864',
    );
    // All keys that there are, and little else.
    expect(findProblem(`v=1&${'k'.repeat(16000)}=1`).length).toBeLessThan(470);
    expect(findProblem(`v=1&widths=2${'-20'.repeat(5000)}-1`).length).toBeLessThan(470);
  });

  it('never throws, and always gives a valid state, for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'v=1',
        '&',
        '=',
        '#',
        '%',
        'half=',
        'logits=drawn:',
        'seed=',
        '2-5-1',
        'widths=',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.double().map(String),
    );
    const garbage = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const spoilt = fc
      .tuple(arbitraryState, fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([state, choice, insert]) => {
        const text = encodeState(state);
        const at = choice % text.length;
        return text.slice(0, at) + insert + text.slice(at + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.string(), garbage, spoilt), (text) => {
        const { state, problem } = decodeState(text);
        expect(validateState(state)).toEqual(state);
        expect(problem === null || problem.length < 800).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('names the source of the text', () => {
    const { problem } = decodeState('v=1&seed=much', 'The state in this PNG');
    expect(problem).toMatch(/^The state in this PNG is broken: seed: received "much", expected/);
  });
});
