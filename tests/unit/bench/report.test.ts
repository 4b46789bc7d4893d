import { expect, test } from 'vitest';
import { groupBy, shortly, table, timeOf } from '../../bench/tables.ts';
import { targetRows } from '../../bench/targets.ts';
import { fieldOf } from '../../shorthand.ts';

test('a table has a head, a rule and its rows', () => {
  expect(table(['', 'ms'], [['a', '1']])).toBe('|  | ms |\n|---|---|\n| a | 1 |');
});

test('times have about three digits and say when they were scaled up', () => {
  expect(timeOf({ median: 0.1234, parts: 1 })).toBe('0.12');
  expect(timeOf({ median: 12.345, parts: 4 })).toBe('≈ 12.3');
  expect(timeOf({ median: 1234.5, parts: 1 })).toBe('1235');
  expect(timeOf({ median: Number.NaN, parts: 1 })).toBe('–');
});

test('a long failure is named in the table and described elsewhere', () => {
  expect(shortly('absent: no C compiler')).toBe('absent: no C compiler');
  expect(shortly('x'.repeat(41))).toBe('failed');
});

test('groups keep the order of their entries', () => {
  expect([...groupBy([1, 2, 3, 4], (n) => n % 2)]).toEqual([
    [1, [1, 3]],
    [0, [2, 4]],
  ]);
});

test('a target that is just reached is met, one just short of it is missed', () => {
  const candidate = (name: string, ratio: number) => ({
    name,
    ratio,
    failure: null,
    error: 0,
    parts: 1,
    min: 1,
    median: 1,
    max: 1,
    count: 3,
  });
  const field = fieldOf({ kind: 'lse', lambda: 1, logits: null });
  const rows = targetRows({
    machine: {} as never,
    command: '',
    peers: {},
    kernels: [],
    growing: [],
    smallGrid: [],
    regions: [],
    notes: [],
    comparisons: [
      {
        name: 'lse, K = 2',
        field,
        side: 1024,
        gradient: false,
        candidates: [candidate('tfjs wasm', 2), candidate('ort wasm', 1.99), candidate('C', 0.1)],
      },
    ],
  });
  expect(rows.map((row) => row[3])).toEqual(['met', 'missed']);
});
