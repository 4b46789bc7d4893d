// Runs in Reluscope's page before its own scripts: notes what it draws and when. Serialised into
// the page, so that nothing here may refer to anything outside of the function.

import type { Reluscope } from '../../src/reluscope.ts';

export interface PictureTimes {
  /** Frames from the key press to the one that shows the new picture, that one included. */
  readonly frames: number;
  /** Milliseconds from the key press to the frame that shows the first new picture. */
  readonly firstMs: number;
  /** The same for the full picture. */
  readonly fullMs: number;
  /** Shader modules and pipelines made meanwhile. */
  readonly compiled: number;
}

export interface PageWatch {
  /** Milliseconds from the navigation to the frame after the first full picture; null before it. */
  readyMs: number | null;
  /** Animation frames so far. */
  frames: number;
  /** Pictures handed to the compositor so far whose samples were evaluated for them. */
  pictures: number;
  compiled: number;
  /** Follows the next key press to its picture, as `followed`. */
  followKey(): void;
  followed: Promise<PictureTimes> | null;
}

declare global {
  var watch: PageWatch;
  var reluscope: Reluscope;
}

export function installWatch(): void {
  let evaluated = false;
  let texture: GPUTexture | null = null;
  let onPicture: (() => void) | null = null;
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

  const getTexture = GPUCanvasContext.prototype.getCurrentTexture;
  GPUCanvasContext.prototype.getCurrentTexture = function () {
    const current = getTexture.call(this);
    // Within one frame the texture stays the same: the compositor gets one picture.
    if (current !== texture && evaluated) {
      watch.pictures += 1;
      evaluated = false;
      onPicture?.();
    }
    texture = current;
    return current;
  };
  const createEncoder = GPUDevice.prototype.createCommandEncoder;
  GPUDevice.prototype.createCommandEncoder = function (descriptor) {
    if (descriptor?.label === 'Evaluate') evaluated = true;
    return createEncoder.call(this, descriptor);
  };
  const createModule = GPUDevice.prototype.createShaderModule;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    watch.compiled += 1;
    return createModule.call(this, descriptor);
  };

  const followKey = () => {
    watch.followed = new Promise<PictureTimes>((resolve) => {
      const onKey = async (event: KeyboardEvent) => {
        const [frames, compiled] = [watch.frames, watch.compiled];
        await new Promise<void>((seen) => {
          onPicture = seen;
        });
        onPicture = null;
        const firstAt = await nextFrame();
        const shownIn = watch.frames - frames;
        await globalThis.reluscope.settled();
        const fullAt = await nextFrame();
        resolve({
          frames: shownIn,
          firstMs: firstAt - event.timeStamp,
          fullMs: fullAt - event.timeStamp,
          compiled: watch.compiled - compiled,
        });
      };
      addEventListener('keydown', onKey, { once: true, capture: true });
    });
  };

  globalThis.watch = {
    readyMs: null,
    frames: 0,
    pictures: 0,
    compiled: 0,
    followKey,
    followed: null,
  };
  const count = () => {
    watch.frames += 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);

  // The page sets `reluscope` once; the moment that it is ready is noted then and there.
  Object.defineProperty(globalThis, 'reluscope', {
    configurable: true,
    set(value: typeof globalThis.reluscope) {
      Object.defineProperty(globalThis, 'reluscope', { value, configurable: true });
      const note = async () => {
        await value.ready;
        watch.readyMs = await nextFrame();
      };
      void note();
    },
  });
}
