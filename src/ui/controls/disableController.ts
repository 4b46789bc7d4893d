import type { Controller } from 'lil-gui';
import { disableInput, type Input } from '../dom/disableInput.ts';
import { setAttribute } from '../dom/elements.ts';

/** Disables a controller with all its inputs, which say the reason; null enables it. */
export function disableController(controller: Controller, reason: string | null): void {
  controller.disable(reason !== null);
  for (const input of controller.$widget.querySelectorAll<Input>('input, select, button')) {
    disableInput(input, reason);
  }
  setAttribute(controller.domElement, 'title', reason ?? false);
}
