import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import {
  DEFAULT_FIELD,
  validateField,
  validateQuantity,
} from '../../../src/model/fieldValidation.ts';
import { MAX_HIDDEN_LAYERS } from '../../../src/model/networks.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { DEFAULT_SHORTHANDS, SHORTHAND_KINDS, shorthandOf } from '../../../src/model/shorthand.ts';
import { arbitraryField } from '../state/arbitraries.ts';

/** What validateField throws, checked to be an InvalidInputError, as its message. */
function refuse(input: unknown): string {
  let thrown: unknown;
  try {
    validateField(input);
  } catch (error) {
    thrown = error;
  }
  expect(thrown, inspect(input)).toBeInstanceOf(InvalidInputError);
  return (thrown as InvalidInputError).message;
}

const twoRows = [
  [1, 2],
  [3, 4],
];

/** The shorthand of the field that an unchecked shorthand becomes. */
const readShort = (input: unknown) => shorthandOf(validateField(input));

describe('validateField', () => {
  it('fills in the defaults of every kind', () => {
    for (const kind of SHORTHAND_KINDS) {
      expect(DEFAULT_SHORTHANDS[kind].kind).toBe(kind);
      expect(readShort({ kind })).toEqual(DEFAULT_SHORTHANDS[kind]);
    }
    expect(DEFAULT_SHORTHANDS.mlp).toEqual({
      kind: 'mlp',
      widths: [2, 20, 1],
      activation: 'relu',
      seed: 0,
      outputBias: null,
    });
    expect(DEFAULT_SHORTHANDS.sigmoid).toEqual({ kind: 'sigmoid', weight: [1, -1], bias: 0 });
    const softmax = { kind: 'softmax', lambda: 1, component: 0, logits: null };
    expect(DEFAULT_SHORTHANDS.softmax).toEqual(softmax);
  });

  it('gives every valid field back as it is, also through JSON', () => {
    fc.assert(
      fc.property(arbitraryField, (field) => {
        expect(validateField(field)).toEqual(field);
        expect(validateField(JSON.parse(JSON.stringify(field)))).toEqual(field);
      }),
    );
  });

  it('shares nothing with the input', () => {
    const widths = [2, 5, 1];
    const field = validateField({ kind: 'mlp', widths });
    widths[1] = 7;
    expect(field.network).toMatchObject({ widths: [2, 5, 1] });
  });

  it('rounds weights, biases and the output bias to float32', () => {
    const tenth = Math.fround(0.1);
    const neuron = { kind: 'tanh', weight: [0.1, -0.1], bias: 0.1 };
    expect(readShort(neuron)).toEqual({ ...neuron, weight: [tenth, -tenth], bias: tenth });
    expect(readShort({ kind: 'mlp', outputBias: 0.1 })).toMatchObject({ outputBias: tenth });
    const logits = {
      weight: [
        [0.1, 0],
        [0, 0.1],
      ],
      bias: [0.1, 0],
    };
    expect(readShort({ kind: 'max', logits })).toMatchObject({
      logits: {
        weight: [
          [tenth, 0],
          [0, tenth],
        ],
        bias: [tenth, 0],
      },
    });
  });

  it('has no negative zero, which JSON and the URL would lose', () => {
    const field = readShort({ kind: 'sigmoid', weight: [-0, -1e-60], bias: -0 });
    expect(field).toEqual({ kind: 'sigmoid', weight: [0, 0], bias: 0 });
    expect(validateField({ kind: 'mlp', seed: -0 })).toEqual(DEFAULT_FIELD);
  });

  it('fills in the seed of drawn logits and the bias of explicit ones', () => {
    expect(readShort({ kind: 'max', logits: { count: 3 } })).toMatchObject({
      logits: { count: 3, seed: 0 },
    });
    expect(readShort({ kind: 'max', logits: { weight: twoRows } })).toMatchObject({
      logits: { weight: twoRows, bias: [0, 0] },
    });
  });

  it('accepts both ends of every range, and nothing beyond', () => {
    const hidden = (count: number, width: number): number[] => Array(count).fill(width);
    const mlp = (sizes: unknown): unknown => ({ kind: 'mlp', widths: sizes });
    const good: unknown[] = [
      { kind: 'lse', lambda: 1e-3 },
      { kind: 'lse', lambda: 1e6 },
      { kind: 'max', logits: { count: 2 } },
      { kind: 'max', logits: { count: 16 } },
      { kind: 'argmax', logits: { count: 16 }, component: 15 },
      { kind: 'mlp', seed: Number.MAX_SAFE_INTEGER },
      { kind: 'mlp', seed: Number.MIN_SAFE_INTEGER },
      { kind: 'mlp', outputBias: 3.4028234663852886e38 },
      mlp([2, 1, 1]),
      mlp([2, ...hidden(MAX_HIDDEN_LAYERS, 256), 1]),
      mlp([2, 4096, 1]),
      mlp([2, 1094, 1094, 1]),
    ];
    for (const input of good) expect(readShort(input)).toMatchObject(input as object);
    const bad: unknown[] = [
      { kind: 'lse', lambda: 0.000999 },
      { kind: 'lse', lambda: 1000001 },
      { kind: 'max', logits: { count: 1 } },
      { kind: 'max', logits: { count: 17 } },
      { kind: 'argmax', logits: { count: 16 }, component: 16 },
      { kind: 'softmax', component: 2 },
      { kind: 'softmax', component: -1 },
      { kind: 'softmax', component: 0.5 },
      { kind: 'mlp', seed: 2 ** 53 },
      { kind: 'mlp', seed: 0.5 },
      { kind: 'mlp', seed: '1' },
      { kind: 'mlp', outputBias: 3.5e38 },
      mlp([2, 1]),
      mlp([2, 0, 1]),
      mlp([2, 4097, 1]),
      mlp([2, 1095, 1095, 1]),
      mlp([2, 2.5, 1]),
      mlp([3, 5, 1]),
      mlp([2, 5, 2]),
      mlp([2, ...hidden(MAX_HIDDEN_LAYERS + 1, 3), 1]),
      mlp('2-20-1'),
      mlp(Array(3)),
    ];
    for (const input of bad) refuse(input);
  });

  it('says what was received and what is expected, by path', () => {
    expect(refuse({ kind: 'mlp', widths: [2, 5000, 1] })).toBe(
      'field.widths[1]: received 5000, expected an integer from 1 to 4096',
    );
    expect(refuse({ kind: 'mpl' })).toMatch(/^field\.kind: received "mpl", expected one of lse, /);
    expect(refuse({ kind: 'mlp', lambda: 2 })).toBe(
      'field.lambda: received 2, expected no such key ' +
        '(mlp has kind, widths, activation, seed, outputBias)',
    );
    expect(() => validateField({ kind: 'lse', lambda: 'x' }, 'request.field')).toThrow(
      'request.field.lambda: received "x", expected a number from 0.001 to 1000000',
    );
  });

  it('rejects anything but a plain object', () => {
    class Network {
      readonly kind = 'mlp';
    }
    const inputs = [null, undefined, 3, 'mlp', [], ['mlp'], new Network(), new Map(), () => 0];
    for (const input of inputs) {
      expect(refuse(input)).toContain('an object {network, slice, readout} or {kind, …}');
    }
    expect(validateField({})).toEqual(DEFAULT_FIELD);
  });

  it('rejects numbers that are not finite, and other types', () => {
    for (const value of [Number.NaN, Infinity, -Infinity, '1', null, undefined, [1], true, 1n]) {
      refuse({ kind: 'lse', lambda: value });
      refuse({ kind: 'sigmoid', bias: value });
      refuse({ kind: 'sigmoid', weight: [0, value] });
      refuse({ kind: 'mlp', widths: [2, value, 1] });
      refuse({ kind: 'mlp', seed: value });
      refuse({
        kind: 'max',
        logits: {
          weight: [
            [1, 2],
            [3, value],
          ],
        },
      });
      if (value !== null) refuse({ kind: 'mlp', outputBias: value });
    }
  });

  it('rejects logits of neither form, or with sizes that do not fit', () => {
    const bad: unknown[] = [
      undefined,
      3,
      {},
      { seed: 3 },
      { bias: [0, 0] },
      { count: 2, weight: twoRows },
      { weight: [[1, 2]] },
      { weight: Array(17).fill([1, 2]) },
      { weight: [[1], [2]] },
      {
        weight: [
          [1, 2, 3],
          [1, 2, 3],
        ],
      },
      { weight: twoRows, bias: [0] },
      { weight: twoRows, bias: [0, 1e39] },
      {
        weight: [
          [1e39, 0],
          [0, 1],
        ],
      },
    ];
    for (const logits of bad) expect(refuse({ kind: 'max', logits })).toContain('field.logits');
  });

  it('rejects keys that reach for prototypes', () => {
    const inputs = ['{"kind":"mlp","__proto__":{"seed":3}}', '{"kind":"mlp","constructor":3}'];
    for (const text of inputs) expect(refuse(JSON.parse(text))).toContain('no such key');
    expect(refuse({ kind: '__proto__' })).toContain('field.kind');
    expect(refuse({ kind: 'toString' })).toContain('field.kind');
  });

  it('never throws anything else, for any input', () => {
    const values = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true });
    const kinds = fc.constantFrom(...SHORTHAND_KINDS);
    const keys = fc.constantFrom(
      'widths',
      'seed',
      'logits',
      'weight',
      'bias',
      'lambda',
      'component',
    );
    fc.assert(
      fc.property(kinds, fc.dictionary(keys, values), (kind, parameters) => {
        try {
          validateField({ kind, ...parameters });
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
    );
  });
});

describe('validateQuantity', () => {
  it('accepts only the documented ones', () => {
    for (const quantity of QUANTITIES) expect(validateQuantity(quantity)).toBe(quantity);
    expect(() => validateQuantity('values')).toThrow(
      /^quantity: received "values", expected one of/,
    );
    expect(() => validateQuantity(undefined, 'request.quantity')).toThrow('request.quantity');
  });
});
