import type { Sampler } from '../../exporting/differenceGrid.ts';
import { drawFigurePng, drawFigureSvg, figureSize } from '../../exporting/drawFigure.ts';
import type { ShownFigure } from '../../figures/shownFigure.ts';
import { saveFile } from '../exporting/saveFile.ts';
import type { Messages } from '../page/messages.ts';

/** What saving uses of the page. */
export interface SavingHost {
  readonly messages: Messages;
  readonly renderer: () => Promise<Sampler>;
  /** Aborted when the page is destroyed: saving ends. */
  readonly signal: AbortSignal;
}

/** Saves a figure as a file, and shows the progress and the outcome. */
export async function saveFigure(
  shown: ShownFigure,
  form: 'png' | 'svg',
  scale: number,
  { messages, renderer, signal }: SavingHost,
): Promise<void> {
  const size = figureSize(shown, { scale });
  const doing = 'Drawing the figure…';
  const tellProgress = (progress: number) =>
    messages.ongoing(`${doing} ${Math.round(100 * progress)} %`);
  messages.ongoing(doing);
  try {
    const content =
      form === 'png'
        ? await drawFigurePng(shown, size, renderer, tellProgress, signal)
        : await drawFigureSvg(shown, size, renderer, tellProgress, signal);
    const name = `reluscope-${shown.figure.id}.${form}`;
    saveFile(content, name);
    messages.note(`Saved ${name}.`);
  } catch (error) {
    messages.warn(error instanceof Error ? error.message : String(error));
  } finally {
    messages.ongoing(null);
  }
}
