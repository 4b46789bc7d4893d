/** Calls back with the size in CSS pixels and in device pixels, at first and at every change. */
export function observeSize(
  element: HTMLElement,
  onSize: (cssWidth: number, cssHeight: number, widthPx: number, heightPx: number) => void,
): () => void {
  const observer = new ResizeObserver((entries) => {
    const entry = entries.at(-1)!;
    const css = entry.contentRect;
    const device = entry.devicePixelContentBoxSize?.[0];
    const ratio = (element.ownerDocument.defaultView ?? window).devicePixelRatio;
    const widthPx = device?.inlineSize ?? Math.round(css.width * ratio);
    const heightPx = device?.blockSize ?? Math.round(css.height * ratio);
    if (css.width > 0 && css.height > 0) {
      onSize(css.width, css.height, Math.max(1, widthPx), Math.max(1, heightPx));
    }
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    // Safari does not support this box; the ratio above replaces it.
    observer.observe(element);
  }
  return () => observer.disconnect();
}

/**
 * Whether the browser leaves the element out, although it may have a size, and tells no observer of that: content-visibility, as in
 * a closed `<details>`. False in browsers that cannot tell.
 */
export function isSkipped(element: HTMLElement): boolean {
  // Missing before Chrome 105 and Safari 17.4.
  const check: HTMLElement['checkVisibility'] | undefined = element.checkVisibility;
  return check?.call(element, { contentVisibilityAuto: true }) === false;
}
