import type { Vec2 } from '../model/field.ts';
import { extent, pixelToView } from '../view/view.ts';

/** The size of the picture in CSS pixels, and the way between its pixels and view coordinates. */
export class PictureGeometry {
  width = 1;
  height = 1;

  /** View coordinate of a place in CSS pixels from the picture's top left corner. */
  toView(xPx: number, yPx: number): Vec2 {
    return pixelToView(xPx, yPx, this.width, this.height);
  }

  /** CSS pixels from the top left corner of a view coordinate. */
  toPixel(u: Vec2): Vec2 {
    return [
      this.width / 2 + u[0] * this.pixelsPerUnit,
      this.height / 2 - u[1] * this.pixelsPerUnit,
    ];
  }

  /** CSS pixels in one half-width. */
  get pixelsPerUnit(): number {
    return Math.min(this.width, this.height) / 2;
  }

  get aspect(): number {
    return this.width / this.height;
  }

  /** Half the sides of the picture in units of the half-width. */
  get extent() {
    return extent(this.width, this.height);
  }
}

/** Calls back with the size in CSS pixels and in device pixels, at first and at every change. */
export function observeSize(
  element: HTMLElement,
  onSize: (cssWidth: number, cssHeight: number, widthPx: number, heightPx: number) => void,
): () => void {
  const observer = new ResizeObserver((entries) => {
    const entry = entries.at(-1)!;
    const css = entry.contentRect;
    const device = entry.devicePixelContentBoxSize?.[0];
    const ratio = window.devicePixelRatio;
    const widthPx = device?.inlineSize ?? Math.round(css.width * ratio);
    const heightPx = device?.blockSize ?? Math.round(css.height * ratio);
    if (css.width > 0 && css.height > 0) {
      onSize(css.width, css.height, Math.max(1, widthPx), Math.max(1, heightPx));
    }
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    // Safari has no such box; the ratio above stands in for it.
    observer.observe(element);
  }
  return () => observer.disconnect();
}
