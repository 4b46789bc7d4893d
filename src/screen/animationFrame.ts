/** The next animation frame; a hidden page, which has none, goes on after a while all the same. */
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
