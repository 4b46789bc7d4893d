import { modelsOutside } from '../../state/linkedModels.ts';
import { LINK_MAX } from '../../state/url.ts';
import type { Messages } from './messages.ts';

/** Longer links are cut by some programs, e.g. by old ones for mail. */
const LENGTH_SAFE = 2000;

/** Copies a link, or shows it to be copied by hand where the browser refuses the clipboard. */
export async function copyLink(link: string, messages: Messages): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    messages.giveToCopy('The browser refuses the clipboard. Copy the link here:', link);
    return;
  }
  messages.note(['Link copied.', ...remarksOn(link)].join(' '));
}

/** What a person who sends a link should know. */
export function remarksOn(link: string): readonly string[] {
  const names = modelsOutside(link.slice(link.indexOf('#') + 1)).map(({ name }) => `“${name}”`);
  const files = `Whoever opens it needs the file of ${names.join(', ')}, which is too large for a link.`;
  if (link.length > LINK_MAX) {
    return [
      'It is too long to be opened. A saved PNG holds the same, and can be dropped on the page.',
    ];
  }
  const length = `It has ${link.length.toLocaleString('en-US')} characters: some programs cut long links.`;
  return [names.length > 0 ? [files] : [], link.length > LENGTH_SAFE ? [length] : []].flat();
}
