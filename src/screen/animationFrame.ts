/** The minimum time between two pictures on the screen, in milliseconds. */
export const SCREEN_FRAME_MS = 14;

/** Waits for the next animation frame; a hidden page has none and continues after a while. */
export function animationFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, 200);
    const frame = requestAnimationFrame(done);
    function done(): void {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      resolve();
    }
  });
}
