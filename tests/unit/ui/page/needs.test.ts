import { expect, it } from 'vitest';
import { reasonAgainstKey, reasonAgainstTool } from '../../../../src/ui/page/needs.ts';

const ALL = { field: true, seed: true, regions: true, outputs: true };
const NONE = { field: false, seed: false, regions: false, outputs: false };
const NO_FIELD = 'This figure has no field to act on.';

it('everything acts on the panel of a drawn network', () => {
  for (const tool of ['home', 'reseed', 'addPanel', 'help']) {
    expect(reasonAgainstTool(tool, ALL)).toBeNull();
  }
  for (const key of ['h', 'r', 'e', 'o', 'n', 'f', '?', 'x'])
    expect(reasonAgainstKey(key, ALL)).toBeNull();
});

it('a seed and exact edges are missed only by what needs them', () => {
  const use = { ...NONE, field: true };
  expect(reasonAgainstTool('reseed', use)).toBe('This field has no random seed.');
  expect(reasonAgainstKey('R', use)).toBe('This field has no random seed.');
  expect(reasonAgainstKey('e', use)).toBe('This field has no exact edges: its network is smooth.');
  expect(reasonAgainstTool('home', use)).toBeNull();
});

it('a single output has none after it', () => {
  for (const key of ['o', 'O']) {
    expect(reasonAgainstKey(key, { ...ALL, outputs: false })).toBe(
      'This network has a single output.',
    );
  }
});

it('a page without a field says so for all that acts on one', () => {
  for (const tool of ['home', 'zoomIn', 'box', 'reseed', 'addPanel', 'controls']) {
    expect(reasonAgainstTool(tool, NONE)).toBe(NO_FIELD);
  }
  for (const key of ['h', '+', 'b', 'r', 'e', 'o', 'n', 'Delete']) {
    expect(reasonAgainstKey(key, NONE)).toBe(NO_FIELD);
  }
  for (const key of ['f', '?', 'Escape']) expect(reasonAgainstKey(key, NONE)).toBeNull();
  expect(reasonAgainstTool('help', NONE)).toBeNull();
  // The figure has a seed of its own.
  expect(reasonAgainstKey('r', { ...NONE, seed: true })).toBeNull();
});
