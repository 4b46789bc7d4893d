import { ScopeView } from './scopeView.ts';
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
  const view = new ScopeView(model, host);
  return () => {
    view.destroy();
    host.remove();
  };
}
