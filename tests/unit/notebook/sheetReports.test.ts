import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SheetReports } from '../../../src/notebook/sheetReports.ts';
import { DEFAULT_SHEET } from '../../../src/state/sheet.ts';

const sheet = (columns: number) => ({ ...DEFAULT_SHEET, columns });
const told: (number | null)[] = [];
let reports: SheetReports;

beforeEach(() => {
  vi.useFakeTimers();
  told.length = 0;
  reports = new SheetReports(({ columns }) => told.push(columns));
});

afterEach(() => {
  vi.useRealTimers();
});

test('what rests is told at once, and only once', () => {
  reports.tell(sheet(1), false);
  reports.tell(sheet(1), false);
  reports.tell(sheet(2), false);
  expect(told).toEqual([1, 2]);
});

test('of a movement some sheets are told, and the last one', () => {
  for (let i = 1; i <= 6; i += 1) {
    reports.tell(sheet(i), true);
    vi.advanceTimersByTime(20);
  }
  expect(told).toEqual([3, 6]);
  reports.tell(sheet(7), true);
  reports.tell(sheet(8), false);
  vi.runAllTimers();
  expect(told).toEqual([3, 6, 8]);
});

test('what was heard is not told back, nor what waited before it', () => {
  reports.tell(sheet(1), true);
  reports.hear(sheet(2));
  vi.runAllTimers();
  reports.tell(sheet(2), false);
  expect(told).toEqual([]);
  expect(reports.isKnown(sheet(2))).toBe(true);
});
