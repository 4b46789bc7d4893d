import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { prepareRun } from '../../../src/trainer/prepareRun.ts';
import { localTrainer } from '../../../src/trainer/trainer.ts';
import { type TrainingQuestion, TrainingWork } from '../../../src/trainer/trainingWork.ts';
import { type TrainingWorker, workerTrainer } from '../../../src/trainer/workerTrainer.ts';
import { moonsRecipe } from '../training/recipes.ts';

/** A worker on the same thread. */
class FakeWorker implements TrainingWorker {
  onmessage: TrainingWorker['onmessage'] = null;
  onerror: TrainingWorker['onerror'] = null;
  isEnded = false;
  readonly #work = new TrainingWork(() => 0);

  postMessage(question: TrainingQuestion): void {
    const data = structuredClone(this.#work.answer(structuredClone(question)));
    queueMicrotask(() => this.onmessage?.call(this as unknown as Worker, { data } as MessageEvent));
  }

  terminate(): void {
    this.isEnded = true;
  }
}

/** A worker whose file cannot be loaded. */
class BrokenWorker extends FakeWorker {
  override postMessage(): void {
    queueMicrotask(() => this.onerror?.call(this as unknown as Worker, {} as ErrorEvent));
  }
}

test('a worker is where the same run is anywhere', async () => {
  const start = await prepareRun(moonsRecipe());
  const worker = new FakeWorker();
  const trainers = [await workerTrainer(start, [() => worker]), localTrainer(start)];
  for (const step of [7, 3, 12]) {
    const [one, other] = await Promise.all(
      trainers.map((trainer) => trainer.goTo(step, Number.POSITIVE_INFINITY)),
    );
    expect(one).toEqual(other);
    expect(one!.step).toBe(step);
  }
  const [one, other] = await Promise.all(trainers.map((trainer) => trainer.evaluate()));
  expect(one).toEqual(other);
  trainers[0]!.end();
  expect(worker.isEnded).toBe(true);
});

test('losses come once, however the run goes back and forth', async () => {
  const trainer = localTrainer(await prepareRun(moonsRecipe()));
  const counts: number[] = [];
  for (const step of [5, 2, 4, 9]) {
    counts.push((await trainer.goTo(step, Number.POSITIVE_INFINITY)).losses.length);
  }
  expect(counts).toEqual([5, 0, 0, 4]);
});

test('no time is time for one step', async () => {
  const trainer = localTrainer(await prepareRun(moonsRecipe()));
  expect((await trainer.goTo(1000, 0)).step).toBe(1);
});

test('the next way to start a worker is tried if one fails', async () => {
  const start = await prepareRun(moonsRecipe());
  const broken = new BrokenWorker();
  const refused = () => {
    throw new Error('refused');
  };
  const trainer = await workerTrainer(start, [refused, () => broken, () => new FakeWorker()]);
  expect((await trainer.goTo(1, 0)).step).toBe(1);
  expect(broken.isEnded).toBe(true);
  await expect(workerTrainer(start, [() => new BrokenWorker()])).rejects.toThrow(
    'the training worker could not be started',
  );
  await expect(workerTrainer(start, [refused])).rejects.toThrow('refused');
});

test('what does not fit together is refused as in the page', async () => {
  const network = { kind: 'drawn', widths: [3, 2] };
  const start = await prepareRun(moonsRecipe({ network }));
  const worker = new FakeWorker();
  await expect(workerTrainer(start, [() => worker])).rejects.toThrow(InvalidInputError);
  expect(worker.isEnded).toBe(true);
});
