import { setAttribute } from './elements.ts';

/**
 * Disables a button; the reason becomes its tooltip and accessible description instead of
 * its usual one. null enables it.
 */
export function disableButton(button: HTMLButtonElement, reason: string | null): void {
  button.dataset.title ??= button.title;
  setAttribute(button, 'disabled', reason !== null);
  setAttribute(button, 'title', reason ?? (button.dataset.title || false));
}
