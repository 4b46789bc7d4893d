import type { Figure, FigureSettings, FigureWords } from './figure.ts';
import { describeSettings } from './settings.ts';

/** The words of a figure with these settings. */
export function wordsOf(figure: Figure, settings: FigureSettings): FigureWords {
  return figure.words?.(settings) ?? figure;
}

/** The caption on the page. */
export function screenCaption({ caption }: FigureWords): string {
  return caption
    .map((sentence) => (typeof sentence === 'string' ? sentence : sentence.onScreen))
    .join(' ');
}

/** The caption in a file: without sentences about controls, but with the settings. */
export function paperCaption(figure: Figure, settings: FigureSettings): string {
  const sentences = wordsOf(figure, settings).caption.filter(
    (sentence) => typeof sentence === 'string',
  );
  const set = describeSettings(figure, settings);
  return [...sentences, ...(set === '' ? [] : [`Settings: ${set}.`])].join(' ');
}
