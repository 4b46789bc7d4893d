import { expect, test } from 'vitest';
import { firstOf, untilAborted } from '../../../src/signals/signals.ts';

test('the first of some signals ends all, for its reason', () => {
  const [a, b] = [new AbortController(), new AbortController()];
  const { signal } = firstOf([a.signal, undefined, b.signal]);
  expect(signal.aborted).toBe(false);
  b.abort(new Error('b'));
  a.abort(new Error('a'));
  expect(signal.reason).toEqual(new Error('b'));
  expect(firstOf([AbortSignal.abort('gone')]).signal.reason).toBe('gone');
});

test('signals that are let go of end nothing', () => {
  const controller = new AbortController();
  const { signal, forget } = firstOf([controller.signal]);
  forget();
  controller.abort();
  expect(signal.aborted).toBe(false);
});

test('work is waited for until its signal is aborted', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(3), signal)).toBe(3);
  await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  const ending = new AbortController();
  const endless = untilAborted(new Promise(() => undefined), ending.signal);
  ending.abort(new Error('enough'));
  await expect(endless).rejects.toThrow('enough');
  const late = untilAborted(Promise.resolve(1), AbortSignal.abort(new Error('before')));
  await expect(late).rejects.toThrow('before');
});
