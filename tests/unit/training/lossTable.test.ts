import { expect, test } from 'vitest';
import { lossTable } from '../../../src/training/lossTable.ts';

test('losses have all their digits', () => {
  expect(lossTable(Float64Array.of(0.1 + 0.2, 1e-9))).toBe(
    'step,loss\n0,0.30000000000000004\n1,1e-9\n',
  );
});

test('regions stand beside the losses where they are known, and after the last loss', () => {
  const regions = new Map([
    [0, 12],
    [2, 34],
  ]);
  expect(lossTable([0.5, 0.25], regions)).toBe('step,loss,regions\n0,0.5,12\n1,0.25,\n2,,34\n');
  expect(lossTable([0.5, 0.25, 0.125], new Map([[1, 7]]))).toBe(
    'step,loss,regions\n0,0.5,\n1,0.25,7\n2,0.125,\n',
  );
});
