import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Steps } from '../../../../src/ui/page/steps.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page that shows a number. */
class Page {
  shown = 0;
  changes = 0;
  readonly steps = new Steps<number>({
    shown: () => this.shown,
    equal: (a, b) => Math.round(a) === Math.round(b),
    restore: (shown) => {
      this.shown = shown;
      this.steps.notice(false);
    },
    onChange: () => {
      this.changes += 1;
    },
  });

  jump(next: number): void {
    this.shown = next;
    this.steps.notice(false);
  }

  move(next: number): void {
    this.shown = next;
    this.steps.notice(true);
  }

  /** What repeated undo leads through. */
  undoAll(): number[] {
    const seen: number[] = [];
    while (this.steps.canUndo) {
      this.steps.undo();
      seen.push(this.shown);
    }
    return seen;
  }
}

/** Everything that waits for the end of a task has run. */
const endOfTask = () => vi.advanceTimersByTimeAsync(0);
const quietTime = () => vi.advanceTimersByTimeAsync(600);

describe('steps', () => {
  it('are none at first', () => {
    const { steps } = new Page();
    expect([steps.canUndo, steps.canRedo]).toEqual([false, false]);
  });

  it('undo and redo a jump', async () => {
    const page = new Page();
    page.jump(1);
    await endOfTask();
    page.jump(2);
    await endOfTask();
    expect(page.undoAll()).toEqual([1, 0]);
    page.steps.redo();
    expect([page.shown, page.steps.canUndo, page.steps.canRedo]).toEqual([1, true, true]);
  });

  it('undo in the same task', () => {
    const page = new Page();
    page.jump(1);
    expect([page.steps.canUndo, page.steps.canRedo]).toEqual([true, false]);
    page.steps.undo();
    expect([page.shown, page.steps.canUndo, page.steps.canRedo]).toEqual([0, false, true]);
  });

  it('take what changes together as one', async () => {
    const page = new Page();
    page.jump(1);
    page.jump(2);
    await endOfTask();
    expect(page.undoAll()).toEqual([0]);
  });

  it('take a movement as one, until it rests', async () => {
    const page = new Page();
    for (const place of [1, 2, 3]) {
      page.move(place);
      await vi.advanceTimersByTimeAsync(500);
    }
    await quietTime();
    page.move(4);
    await endOfTask();
    expect(page.undoAll()).toEqual([3, 0]);
  });

  it('do not end a movement while it is held', async () => {
    const page = new Page();
    page.steps.hold(true);
    page.move(1);
    await quietTime();
    page.move(2);
    await quietTime();
    page.steps.hold(false);
    await quietTime();
    expect(page.undoAll()).toEqual([0]);
  });

  it('end a movement with the next press', async () => {
    const page = new Page();
    for (const place of [1, 2]) {
      page.steps.hold(true);
      page.move(place);
      await endOfTask();
      page.steps.hold(false);
    }
    expect(page.undoAll()).toEqual([1, 0]);
  });

  it('end a movement with the next jump', async () => {
    const page = new Page();
    page.move(1);
    await endOfTask();
    page.jump(2);
    await endOfTask();
    expect(page.undoAll()).toEqual([1, 0]);
  });

  it('do not begin when a movement comes to rest', async () => {
    const page = new Page();
    page.move(1);
    await endOfTask();
    page.steps.notice(false);
    await endOfTask();
    page.move(2);
    await endOfTask();
    page.steps.notice(false);
    expect(page.undoAll()).toEqual([0]);
  });

  it('report changes only', async () => {
    const page = new Page();
    page.steps.notice(false);
    page.steps.hold(true);
    page.steps.hold(false);
    page.steps.undo();
    await endOfTask();
    expect(page.changes).toBe(0);
    page.jump(1);
    await endOfTask();
    expect(page.changes).toBe(1);
  });

  it('are not made of what nobody sees, but keep it', async () => {
    const page = new Page();
    page.jump(0.25);
    await endOfTask();
    expect(page.steps.canUndo).toBe(false);
    page.jump(1);
    await endOfTask();
    page.jump(1.25);
    await endOfTask();
    expect(page.undoAll()).toEqual([0.25]);
    page.steps.redo();
    expect(page.shown).toBe(1.25);
  });

  it('forget what was undone when something else is done', async () => {
    const page = new Page();
    page.jump(1);
    await endOfTask();
    page.steps.undo();
    page.move(2);
    await endOfTask();
    expect(page.steps.canRedo).toBe(false);
    await quietTime();
    expect(page.steps.canRedo).toBe(false);
    expect(page.undoAll()).toEqual([0]);
  });

  it('lead back through everything that was shown at rest', async () => {
    const moves = fc.array(
      fc.record({ kind: fc.constantFrom('jump' as const, 'move' as const), to: fc.nat(3) }),
    );
    await fc.assert(
      fc.asyncProperty(moves, async (all) => {
        const page = new Page();
        const shown = [0];
        for (const { kind, to } of all) {
          page[kind](to);
          await quietTime();
          if (to !== shown.at(-1)) shown.push(to);
        }
        expect(page.undoAll()).toEqual(shown.slice(0, -1).reverse());
        while (page.steps.canRedo) page.steps.redo();
        expect(page.shown).toBe(shown.at(-1));
        page.steps.destroy();
      }),
      { numRuns: 50 },
    );
  });
});
