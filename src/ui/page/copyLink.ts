import type { Messages } from './messages.ts';

/** Copies a link, or shows it to be copied by hand where the browser refuses the clipboard. */
export async function copyLink(link: string, messages: Messages): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    messages.giveToCopy('The browser refuses the clipboard. Copy the link here:', link);
    return;
  }
  messages.note('Link copied.');
}
