import { expect, test } from './fixtures.ts';

test('e says why no edges are drawn while the folder of regions is closed', async ({ page }) => {
  await page.evaluate(() => {
    // Up to 1 + 256 + 256 · 255 / 2 regions, more than anybody could see.
    const network = { kind: 'drawn', widths: [2, 256, 1], seed: 0 } as const;
    window.reluscope.set({ field: { network }, view: { center: [0, 0], halfWidth: 1000 } });
  });
  await page.keyboard.press('e');
  const note = page.getByRole('status').filter({ hasText: 'The exact edges are not drawn' });
  await expect(note).toContainText(
    'more than 20,000 regions, the limit here. Zoom in to see them.',
  );
  await page.evaluate(() => window.reluscope.set({ edges: false }));
  await note.getByRole('button', { name: 'Dismiss' }).click();
});
