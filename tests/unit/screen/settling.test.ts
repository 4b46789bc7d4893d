import { expect, test } from 'vitest';
import { GpuError } from '../../../src/gpu/errors.ts';
import { Settling } from '../../../src/screen/settling.ts';

/** What a promise that has been settled has told by now. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  return done;
}

test('a version is drawn by its own picture or a later one, not by an earlier one', async () => {
  const settling = new Settling();
  settling.change();
  settling.change();
  const second = settling.drawn();
  settling.drew(1);
  expect(await isDone(second)).toBe(false);
  settling.change();
  settling.drew(3);
  expect(await isDone(second)).toBe(true);
  expect(await isDone(settling.drawn())).toBe(true);
});

test('nobody waits for a picture that will not come', async () => {
  const settling = new Settling();
  settling.change();
  const failing = settling.drawn();
  settling.fail(1, new Error('It cannot be drawn.'));
  expect(await isDone(failing)).toBe(true);
  settling.change();
  const ended = settling.drawn();
  settling.finish(new GpuError('gpu', 'The end.'));
  expect(await isDone(ended)).toBe(true);
});
