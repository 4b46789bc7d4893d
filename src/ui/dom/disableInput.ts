import { setAttribute } from './elements.ts';

export type Input = HTMLInputElement | HTMLSelectElement | HTMLButtonElement;

/**
 * Disables an input or a button; the reason becomes its tooltip and accessible description instead of
 * its usual one. null enables it.
 */
export function disableInput(input: Input, reason: string | null): void {
  input.dataset.title ??= input.title;
  input.disabled = reason !== null;
  setAttribute(input, 'title', reason ?? (input.dataset.title || false));
}
