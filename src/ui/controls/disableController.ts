import type { Controller } from 'lil-gui';
import { disableButton } from '../dom/disableButton.ts';
import { setAttribute } from '../dom/elements.ts';

/**
 * Disables a controller with all its inputs, which say the reason; null enables it. The tooltip is the whole row's: a title of a field
 * itself would be taken for its label while the row's name is scrolled out of sight.
 */
export function disableController(controller: Controller, reason: string | null): void {
  const { $widget, domElement } = controller;
  controller.disable(reason !== null);
  for (const button of $widget.querySelectorAll('button')) disableButton(button, reason);
  for (const field of $widget.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
    'input, select',
  )) {
    field.disabled = reason !== null;
    setAttribute(field, 'aria-description', reason ?? false);
  }
  setAttribute(domElement, 'title', reason ?? false);
}
