import { describe, expect, it } from 'vitest';
import { Turns } from '../../../src/gpu/turns.ts';

/** Work that ends when it is told to. */
function makeWork(name: string, log: string[]) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end: () => end(),
    run: async () => {
      log.push(name);
      await ended;
      return name;
    },
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('Turns', () => {
  it('runs one piece of work at a time, urgent work before waiting work', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const [first, patient, urgent] = ['first', 'patient', 'urgent'].map((name) =>
      makeWork(name, log),
    );
    const results = [
      turns.run(false, first!.run),
      turns.run(false, patient!.run),
      turns.run(true, urgent!.run),
    ];
    await settle();
    expect(log).toEqual(['first']);
    first!.end();
    await settle();
    expect(log).toEqual(['first', 'urgent']);
    urgent!.end();
    await settle();
    expect(log).toEqual(['first', 'urgent', 'patient']);
    patient!.end();
    expect(await Promise.all(results)).toEqual(['first', 'patient', 'urgent']);
  });

  it('continues after work that fails', async () => {
    const turns = new Turns();
    const failing = turns.run(false, () => Promise.reject(new Error('lost')));
    const next = turns.run(false, () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('lost');
    expect(await next).toBe('done');
    expect(await turns.run(false, () => Promise.resolve('again'))).toBe('again');
  });
});
