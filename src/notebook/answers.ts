import type { PngOptions, RegionsRequest, Reluscope, SampleRequest } from '../reluscope.ts';

/** What a page answers: plain JSON, and bytes beside it. */
export interface Answer {
  readonly value: unknown;
  readonly bytes: ArrayBuffer | null;
}

type Answerer = (scope: Reluscope, options: unknown) => Promise<Answer>;

/** What Python can ask for, by its name. Options are checked by the methods that take them. */
export const ANSWERERS: Readonly<Record<string, Answerer>> = {
  png: async (scope, options) => inBytes(await scope.toPng(options as PngOptions)),
  svg: async (scope, options) => inBytes(await scope.toSvg(options as PngOptions)),
  sample: async (scope, options) => {
    const { values, ...value } = await scope.sample(options as SampleRequest);
    return { value, bytes: values.buffer as ArrayBuffer };
  },
  regions: async (scope, options) => ({
    value: await scope.regions(options as RegionsRequest),
    bytes: null,
  }),
};

async function inBytes(file: Blob): Promise<Answer> {
  return { value: null, bytes: await file.arrayBuffer() };
}
