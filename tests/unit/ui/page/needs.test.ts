import { expect, it } from 'vitest';
import { reasonAgainstKey, reasonAgainstTool } from '../../../../src/ui/page/needs.ts';

const ALL = { field: true, seed: true, edges: true };
const NO_FIELD = 'This figure has no field to act on.';

it('everything acts on the panel of a drawn network', () => {
  for (const tool of ['home', 'reseed', 'addPanel', 'help']) {
    expect(reasonAgainstTool(tool, ALL)).toBeNull();
  }
  for (const key of ['h', 'r', 'e', 'n', 'f', '?', 'x'])
    expect(reasonAgainstKey(key, ALL)).toBeNull();
});

it('a seed and exact edges are missed only by what needs them', () => {
  const use = { field: true, seed: false, edges: false };
  expect(reasonAgainstTool('reseed', use)).toBe('This field has no random seed.');
  expect(reasonAgainstKey('R', use)).toBe('This field has no random seed.');
  expect(reasonAgainstKey('e', use)).toBe('This field has no exact edges: its network is smooth.');
  expect(reasonAgainstTool('home', use)).toBeNull();
});

it('a page without a field says so for all that acts on one', () => {
  const use = { field: false, seed: false, edges: false };
  for (const tool of ['home', 'zoomIn', 'box', 'reseed', 'addPanel', 'controls']) {
    expect(reasonAgainstTool(tool, use)).toBe(NO_FIELD);
  }
  for (const key of ['h', '+', 'b', 'r', 'e', 'n', 'Delete']) {
    expect(reasonAgainstKey(key, use)).toBe(NO_FIELD);
  }
  for (const key of ['f', '?', 'Escape']) expect(reasonAgainstKey(key, use)).toBeNull();
  expect(reasonAgainstTool('help', use)).toBeNull();
  // The figure has a seed of its own.
  expect(reasonAgainstKey('r', { ...use, seed: true })).toBeNull();
});
