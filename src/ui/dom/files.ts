import { make } from './elements.ts';

/** The ways in which a person gives files. */

/** Calls back with the files dropped on the element. */
export function listenToDrops(
  element: HTMLElement,
  onFiles: (files: readonly File[]) => void,
  signal: AbortSignal,
): void {
  const mark = (on: boolean) => element.classList.toggle('dropping', on);
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  element.addEventListener(
    'dragover',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      mark(true);
    },
    { signal },
  );
  element.addEventListener(
    'dragleave',
    ({ relatedTarget }) => {
      // Between two elements of the page it goes on.
      if (!element.contains(relatedTarget as Node | null)) mark(false);
    },
    { signal },
  );
  element.addEventListener(
    'drop',
    (event) => {
      mark(false);
      if (!hasFiles(event)) return;
      // Otherwise the browser would leave the page and show the file.
      event.preventDefault();
      onFiles([...event.dataTransfer!.files]);
    },
    { signal },
  );
}

/** Lets a person choose files. @param accept as the attribute of an input; '' for all */
export function chooseFiles(accept: string, onFiles: (files: readonly File[]) => void): void {
  const input = make('input', { type: 'file', accept, multiple: true });
  input.addEventListener('change', () => onFiles([...(input.files ?? [])]));
  input.click();
}
