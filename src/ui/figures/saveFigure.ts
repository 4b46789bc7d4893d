import { drawFigurePng, drawFigureSvg, figureSize } from '../../exporting/drawFigure.ts';
import { saveFile } from '../exporting/saveFile.ts';
import type { Workspace } from '../workspace.ts';
import type { ShownFigure } from './figures.ts';

/** Saves a figure as a file, and tells the person what goes on and what came of it. */
export async function saveFigure(
  shown: ShownFigure,
  form: 'png' | 'svg',
  scale: number,
  workspace: Workspace,
): Promise<void> {
  const { messages } = workspace;
  const size = figureSize(shown, { scale });
  const sampler = () => workspace.renderer();
  const doing = 'Drawing the figure…';
  const tellProgress = (progress: number) =>
    messages.ongoing(`${doing} ${Math.round(100 * progress)} %`);
  messages.ongoing(doing);
  try {
    const content =
      form === 'png'
        ? await drawFigurePng(shown, size, sampler, tellProgress)
        : await drawFigureSvg(shown, size, sampler, tellProgress);
    const name = `reluscope-${shown.figure.id}.${form}`;
    saveFile(content, name);
    messages.note(`Saved ${name}.`);
  } catch (error) {
    messages.warn(error instanceof Error ? error.message : String(error));
  } finally {
    messages.ongoing(null);
  }
}
