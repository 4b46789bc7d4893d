import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Progress } from '../../../src/cli/progress.ts';

const ERASE = '\r\x1b[K';

let written: string[];
let now: number;
let progress: Progress;

function open(options: { isTTY?: boolean; columns?: number }, quiet = false): void {
  progress = new Progress({ ...options, write: (text) => written.push(text) }, quiet, () => now);
}

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  now = 0;
});
afterEach(() => {
  progress.end();
  vi.useRealTimers();
});

describe('progress on a terminal', () => {
  it('is a line that is redrawn: label, bar, share and seconds', () => {
    open({ isTTY: true, columns: 80 });
    progress.begin('Drawing');
    now = 3_200;
    progress.report(0.5);
    expect(written).toEqual([
      `${ERASE}Drawing  0 s`,
      `${ERASE}Drawing  ${'█'.repeat(12)}${'░'.repeat(12)}   50 %  3 s`,
    ]);
  });

  it('counts the seconds of work without progress', () => {
    open({ isTTY: true });
    progress.begin('Starting');
    now = 2_000;
    vi.advanceTimersByTime(200);
    expect(written.at(-1)).toBe(`${ERASE}Starting  2 s`);
  });

  it('assumes 80 columns if the terminal does not know', () => {
    open({ isTTY: true, columns: 0 });
    progress.begin('Drawing');
    expect(written).toEqual([`${ERASE}Drawing  0 s`]);
  });

  it('never wraps, and leaves nothing behind but notes', () => {
    open({ isTTY: true, columns: 20 });
    progress.begin('Drawing something with a long name');
    expect(written.at(-1)).toBe(`${ERASE}Drawing something w`);
    progress.note('Wrote it');
    expect(written.slice(-2)).toEqual([ERASE, 'Wrote it\n']);
    vi.advanceTimersByTime(1_000);
    expect(written.at(-1)).toBe('Wrote it\n');
  });

  it('stays within 0 and 1', () => {
    open({ isTTY: true });
    progress.begin('Drawing');
    for (const share of [-1, 2]) progress.report(share);
    expect(written.slice(-2).map((line) => line.match(/\d+ %/)?.[0])).toEqual(['0 %', '100 %']);
  });
});

describe('progress elsewhere', () => {
  it('is plain lines, one in ten seconds at most', () => {
    open({});
    progress.begin('Drawing');
    for (const [time, share] of [
      [9_000, 0.1],
      [10_000, 0.25],
      [12_000, 0.5],
      [20_500, 0.999],
    ] as const) {
      now = time;
      progress.report(share);
    }
    progress.note('Wrote it');
    expect(written.join('')).toBe('Drawing…\nDrawing: 25 %, 10 s\nDrawing: 99 %, 21 s\nWrote it\n');
  });

  it('is nothing when quiet', () => {
    open({ isTTY: true }, true);
    progress.begin('Drawing');
    progress.report(0.5);
    progress.note('Wrote it');
    expect(written).toEqual([]);
  });

  it('is nothing for a share of no work', () => {
    open({});
    progress.report(0.5);
    expect(written).toEqual([]);
  });
});
