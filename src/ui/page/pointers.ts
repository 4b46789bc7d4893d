/** Reports when the first finger or button goes down on an element, and when the last one is up again. */
export function listenToPointers(
  element: HTMLElement,
  onChange: (isDown: boolean) => void,
  signal: AbortSignal,
): void {
  const down = new Set<number>();
  const release = ({ pointerId }: PointerEvent) => {
    if (down.delete(pointerId) && down.size === 0) onChange(false);
  };
  element.addEventListener(
    'pointerdown',
    ({ pointerId }) => {
      down.add(pointerId);
      if (down.size === 1) onChange(true);
    },
    { signal, capture: true },
  );
  const view = element.ownerDocument.defaultView ?? window;
  view.addEventListener('pointerup', release, { signal, capture: true });
  view.addEventListener('pointercancel', release, { signal, capture: true });
  // Released without an event, e.g. in a dialog of the browser.
  element.addEventListener(
    'pointermove',
    (event) => {
      if (event.buttons === 0) release(event);
    },
    { signal, capture: true },
  );
}
