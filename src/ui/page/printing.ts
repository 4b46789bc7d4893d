import { make } from '../dom/elements.ts';
import type { Layout } from './layout.ts';

/** The widest and highest that is printed, in CSS pixels: what A4 and letter have, upright, between margins. */
const WIDTH_MAX = 700;
const HEIGHT_MAX = 940;
/** What scrolls is printed on several pages, rather than smaller than this. */
const SCALE_MIN = 0.5;

/** A panel, as far as it is printed. */
export interface PrintedPanel {
  readonly canvas: HTMLCanvasElement;
  /** Puts the last picture on the canvas again, so that it can be read in this task. */
  showAgain(): void;
}

/**
 * While the page is printed it keeps the layout of the screen, without tools, and as small as paper demands. Pictures by WebGPU, which
 * browsers print blank, are covered by copies.
 */
export function listenToPrinting(
  layout: Layout,
  panels: () => readonly PrintedPanel[],
  signal: AbortSignal,
): void {
  const view = layout.host.ownerDocument.defaultView ?? window;
  let end: (() => void) | null = null;
  const begin = () => {
    end ??= preparePrint(layout, panels());
  };
  const finish = () => {
    end?.();
    end = null;
  };
  view.addEventListener('beforeprint', begin, { signal });
  view.addEventListener('afterprint', finish, { signal });
}

/** @returns what makes everything as it was */
function preparePrint(layout: Layout, panels: readonly PrintedPanel[]): () => void {
  const ends = [keepLayout(layout), ...panels.map(coverByCopy)];
  return () => {
    for (const end of ends) end();
  };
}

function coverByCopy(panel: PrintedPanel): () => void {
  const { canvas } = panel;
  const { width, height } = canvas;
  const copy = make('canvas', { class: 'copy', width, height, 'aria-hidden': 'true' });
  panel.showAgain();
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  canvas.after(copy);
  return () => copy.remove();
}

/**
 * Axes have their places in pixels of the screen, so the whole is not laid out again but scaled; what the sheet would scroll lies
 * below it.
 */
function keepLayout({ host, frame, stage, sheet, status }: Layout): () => void {
  const { clientWidth, clientHeight, scrollHeight, scrollTop } = sheet;
  const beyond = scrollHeight - clientHeight;
  const [width, height] = [stage.offsetWidth, stage.offsetHeight + beyond];
  const scale = Math.min(1, WIDTH_MAX / width, Math.max(SCALE_MIN, HEIGHT_MAX / height));
  const sizes = [
    [host, scale * width, scale * height],
    [frame, frame.offsetWidth, frame.offsetHeight],
    [sheet, clientWidth, clientHeight],
  ] as const;
  for (const [element, w, h] of sizes) {
    element.style.width = `${w}px`;
    element.style.height = `${h}px`;
  }
  frame.style.scale = `${scale}`;
  status.style.translate = `0 ${beyond}px`;
  host.classList.add('printed');
  return () => {
    host.classList.remove('printed');
    for (const element of [host, frame, sheet, status]) element.removeAttribute('style');
    sheet.scrollTop = scrollTop;
  };
}
