import type { Controller } from 'lil-gui';
import { setAttribute } from '../dom/elements.ts';

type Disabled = HTMLInputElement | HTMLSelectElement | HTMLButtonElement;

/**
 * Disables an input or a button; the reason becomes its tooltip and accessible description instead of
 * its usual one. null enables it.
 */
export function disableInput(input: Disabled, reason: string | null): void {
  input.dataset.title ??= input.title;
  input.disabled = reason !== null;
  setAttribute(input, 'title', reason ?? (input.dataset.title || false));
}

/** The same for a controller with all its inputs. */
export function disableController(controller: Controller, reason: string | null): void {
  controller.disable(reason !== null);
  for (const input of controller.$widget.querySelectorAll<Disabled>('input, select, button')) {
    disableInput(input, reason);
  }
  setAttribute(controller.domElement, 'title', reason ?? false);
}
