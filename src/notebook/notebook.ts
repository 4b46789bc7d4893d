import { messageOf } from '../input/messageOf.ts';
import { HeldNetworks } from './heldNetworks.ts';
import { ScopeView } from './scopeView.ts';
import { firstSheet } from './startSheet.ts';
import type { WidgetModel } from './widgetModel.ts';

/**
 * Shows a widget in an element of a notebook: what anywidget's `render` does, once this module is there.
 *
 * @returns what removes it, and frees all that it holds
 */
export function mount({ model, el }: { model: WidgetModel; el: HTMLElement }): () => void {
  const host = document.createElement('div');
  host.style.height = `${model.get('_height')}px`;
  el.append(host);
  const view = show(model, host);
  return () => {
    view?.destroy();
    host.remove();
  };
}

/** null if what Python gave cannot be shown: then the reason stands in its place, and is the widget's problem. */
function show(model: WidgetModel, host: HTMLElement): ScopeView | null {
  const networks = new HeldNetworks();
  try {
    networks.take(model.get('_networks'));
    return new ScopeView(model, host, networks, firstSheet(model, networks));
  } catch (error) {
    networks.release();
    const problem = messageOf(error);
    host.textContent = `Reluscope: ${problem}`;
    model.set('problem', problem);
    model.save_changes();
    return null;
  }
}
