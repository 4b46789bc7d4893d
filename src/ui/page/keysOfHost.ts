/** Shortcuts of JupyterLab, whose toolkit Lumino looks at keys before any element inside does, respect this attribute. */
const SUPPRESS_SHORTCUTS = 'data-lm-suppress-shortcuts';

/**
 * Keeps what is typed into a Reluscope from the page around it. Shortcuts with Ctrl or the command key that it has no
 * use for still reach that page and the browser.
 *
 * @param host the element that the page around sees
 */
export function keepKeys(host: HTMLElement, signal: AbortSignal): void {
  host.setAttribute(SUPPRESS_SHORTCUTS, 'true');
  for (const type of ['keydown', 'keypress', 'keyup'] as const) {
    host.addEventListener(
      type,
      (event) => {
        if (event.defaultPrevented || !(event.ctrlKey || event.metaKey)) event.stopPropagation();
      },
      { signal },
    );
  }
}
