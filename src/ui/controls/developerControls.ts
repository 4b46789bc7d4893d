import type GUI from 'lil-gui';
import type { CanvasRenderer } from '../../screen/canvasRenderer.ts';
import type { State } from '../../state/state.ts';
import type { TilesView } from '../panel/tilesView.ts';
import { NoteController } from './controllers.ts';

/**
 * Adds what concerns how pictures are made, not what they show: the adapter, and the tiles of the kernels.
 *
 * @param adapter null while it is unknown
 * @returns a function that shows the controllers for the state
 */
export function addDeveloperControls(
  folder: GUI,
  tiles: TilesView,
  adapter: () => CanvasRenderer['adapter'] | null,
): (state: State) => void {
  const model = { adapter: '' };
  new NoteController(folder, model, 'adapter');
  const showTiles = tiles.addTo(folder);
  return (state) => {
    const known = adapter();
    model.adapter = known === null ? '–' : known.software ? `${known.name}, software` : known.name;
    showTiles(state);
  };
}
