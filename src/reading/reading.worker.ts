import { answerReading, type ReadingRequest } from './readingWork.ts';

/** The thread that reads files for the page; src/reading/fileReading.ts talks to it. */
self.addEventListener(
  'message',
  ({ data }: MessageEvent<ReadingRequest & { readonly id: number }>) => {
    answerReading(
      data,
      (message) => self.postMessage(message),
      () => performance.now(),
    );
  },
);
