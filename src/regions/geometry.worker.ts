import { answerRequest, type RegionMessage, type RegionRequest } from './regionWork.ts';

/** The thread that enumerates regions for the page; src/regions/regionsClient.ts talks to it. */
self.addEventListener(
  'message',
  ({ data }: MessageEvent<RegionRequest & { readonly id: number }>) => {
    answerRequest(
      data,
      (message: RegionMessage, transfer: Transferable[] = []) =>
        self.postMessage(message, { transfer }),
      () => performance.now(),
    );
  },
);
