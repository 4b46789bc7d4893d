import { type TrainingQuestion, TrainingWork } from './trainingWork.ts';

/** The thread in which networks learn; src/trainer/workerTrainer.ts asks it. */
const work = new TrainingWork(() => performance.now());

self.addEventListener('message', ({ data }: MessageEvent<TrainingQuestion>) => {
  self.postMessage(work.answer(data));
});
