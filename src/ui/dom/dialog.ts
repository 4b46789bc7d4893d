import { make } from './elements.ts';

/**
 * A dialog with a heading and a button that closes it, which stay on screen while the rest scrolls.
 *
 * @param isToggle whether a key is the one that opens the dialog: it also closes it
 */
export function makeDialog(
  heading: string,
  className: string,
  isToggle: (event: KeyboardEvent) => boolean,
  ...content: readonly HTMLElement[]
): HTMLDialogElement {
  const close = make('button', { type: 'button', class: 'plain' }, 'Close');
  const dialog = make(
    'dialog',
    { class: `dialog ${className}`, 'aria-label': heading },
    make('div', { class: 'dialogTop' }, make('h3', {}, heading), close),
    ...content,
  );
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    // A click on the backdrop hits the dialog itself.
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    if (!isToggle(event)) return;
    event.preventDefault();
    dialog.close();
  });
  return dialog;
}
