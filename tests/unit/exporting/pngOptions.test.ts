import { expect, test } from 'vitest';
import { readPngOptions } from '../../../src/exporting/pngOptions.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { readWorkspaceOptions } from '../../../src/ui/page/workspaceOptions.ts';

test('options of toPng are taken apart', () => {
  const { signal } = new AbortController();
  const onProgress = () => undefined;
  expect(readPngOptions({ width: 400, scale: undefined, panel: 1, onProgress, signal })).toEqual({
    size: { width: 400 },
    panel: 1,
    onProgress,
    signal,
  });
  expect(readPngOptions({})).toEqual({ size: {}, onProgress: undefined, signal: undefined });
});

test.each([
  [{ widht: 400 }, 'options.widht: received 400, expected no such key (toPng has width'],
  [{ onProgress: 3 }, 'options.onProgress: received 3, expected a function'],
  [{ signal: {} }, 'options.signal: received {}, expected an AbortSignal'],
  [null, 'options: received null'],
  [800, 'options: received 800'],
])('toPng refuses %j', (options, says) => {
  expect(() => readPngOptions(options)).toThrow(InvalidInputError);
  expect(() => readPngOptions(options)).toThrow(says);
});

test('options of createReluscope are off by default', () => {
  expect(readWorkspaceOptions({})).toEqual({
    state: {},
    url: false,
    tools: true,
    windowKeys: false,
    wheel: 'focus',
    keepModels: false,
  });
  expect(readWorkspaceOptions({ url: true, state: { hinges: true } })).toEqual({
    state: { hinges: true },
    url: true,
    tools: true,
    windowKeys: false,
    wheel: 'focus',
    keepModels: false,
  });
});

test.each([
  [{ colour: 'red' }, 'options.colour: received "red", expected no such key (createReluscope has'],
  [{ url: 'yes' }, 'options.url: received "yes", expected true or false'],
  [null, 'options: received null'],
  [[], 'options: received []'],
])('createReluscope refuses %j', (options, says) => {
  expect(() => readWorkspaceOptions(options)).toThrow(InvalidInputError);
  expect(() => readWorkspaceOptions(options)).toThrow(says);
});
