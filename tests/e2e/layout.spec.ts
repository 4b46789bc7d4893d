import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

const WIDTHS = Array.from({ length: 41 }, (_, i) => 320 + 40 * i);
const HEIGHTS = [480, 720, 1080];
const SIZES: readonly (readonly [number, number])[] = [
  ...HEIGHTS.flatMap((height) => WIDTHS.map((width) => [width, height] as const)),
  // Phones and tablets, upright and on their sides, projectors, and a screen of 4K.
  [390, 844],
  [844, 390],
  [768, 1024],
  [820, 1180],
  [800, 600],
  [900, 650],
  [1280, 900],
  [3840, 2160],
];

/** The least width of the title: about 20 letters, with the rest behind an ellipsis. */
const TITLE_WIDTH_PX = 200;
/** One line. */
const TITLE_HEIGHT_PX = 24;
/** The least side of the picture, a square, as a part of the window's shorter side. */
const PICTURE_PART = 0.5;
/** Elements may touch, and lengths are rounded. */
const SLACK_PX = 0.5;

/** Everything that is wrong with the layout of the page, at one size after the other. */
function findFaults(page: Page, sizes: readonly (readonly [number, number])[]): Promise<string[]> {
  return page.evaluate(
    async ([all, least]) => {
      const host = document.querySelector<HTMLElement>('.reluscope')!;
      const root = host.shadowRoot!;
      const boxesOf = (selector: string) =>
        [...root.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
      const isShown = ({ width, height }: DOMRect) => width > 0 && height > 0;
      const faultsAt = (width: number, height: number): string[] => {
        const faults: string[] = [];
        const parts = ['.titles', '.figuresButton', '.toolbar', '.body', '.status', '.controls'];
        const blocks = parts.map((name) => ({ name, box: boxesOf(name)[0]! }));
        const shown = blocks.filter(({ box }) => isShown(box));
        shown.forEach(({ name, box: a }, i) => {
          for (const { name: other, box: b } of shown.slice(i + 1)) {
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (Math.min(across, along) > least.slack) faults.push(`${name} overlaps ${other}`);
          }
        });
        if (!(boxesOf('.status')[0]!.top >= boxesOf('.body')[0]!.bottom - least.slack)) {
          faults.push('the status is above the end of the panels');
        }
        const buttons = boxesOf('.header button, .header select, .handle').filter(isShown);
        for (const { left, top, right, bottom } of buttons) {
          const isInside =
            left >= -least.slack &&
            top >= -least.slack &&
            right <= width + least.slack &&
            bottom <= height + least.slack;
          if (!isInside) faults.push(`a button ends at ${right} × ${bottom}`);
        }
        const title = boxesOf('.title > :first-child')[0]!;
        if (!(title.width >= least.titleWidth && title.height <= least.titleHeight)) {
          faults.push(`the title has ${title.width} × ${title.height}`);
        }
        const pictures = boxesOf('.picture');
        if (pictures.length === 0 || buttons.length === 0) faults.push('no picture, or no button');
        for (const picture of pictures) {
          const side = Math.min(picture.width, picture.height);
          if (!(side >= least.part * Math.min(width, height))) {
            faults.push(`a picture has ${picture.width} × ${picture.height}`);
          }
        }
        return faults;
      };
      const found: string[] = [];
      for (const [width, height] of all) {
        host.style.cssText = `width: ${width}px; height: ${height}px; visibility: hidden`;
        // A frame, in which the page learns its size.
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        found.push(...faultsAt(width, height).map((fault) => `${width} × ${height}: ${fault}`));
      }
      host.style.cssText = '';
      return found;
    },
    [
      sizes,
      {
        titleWidth: TITLE_WIDTH_PX,
        titleHeight: TITLE_HEIGHT_PX,
        part: PICTURE_PART,
        slack: SLACK_PX,
      },
    ] as const,
  );
}

/** Without a size a canvas has no picture: only the layout is of interest. */
async function withoutPictures(page: Page, work: () => Promise<void>): Promise<void> {
  const set = (isOn: boolean) =>
    page.evaluate((hide) => {
      const root = document.querySelector('.reluscope')!.shadowRoot!;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('canvas.canvas { display: none }');
      root.adoptedStyleSheets = hide
        ? [...root.adoptedStyleSheets, sheet]
        : root.adoptedStyleSheets.slice(0, -1);
    }, isOn);
  await set(true);
  await work();
  await set(false);
}

test('title, buttons and picture keep useful sizes in windows of all sizes', async ({ page }) => {
  await withoutPictures(page, async () => {
    expect(await findFaults(page, SIZES)).toEqual([]);
  });
});

test('so do title and buttons over several panels', async ({ page }) => {
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.open({ panels: [{}, {}, {}] }));
  await withoutPictures(page, async () => {
    const few = SIZES.filter((_, i) => i % 4 === 0);
    expect((await findFaults(page, few)).filter((fault) => !/a picture has/.test(fault))).toEqual(
      [],
    );
  });
});

test('a sign beside a word shows what it means, and changes nothing else', async ({
  page,
  reluscope,
}) => {
  const before = await reluscope.state();
  const sign = page.getByRole('button', { name: 'What is “hinge”?' });
  const text = page.getByText('so that the field has a kink.');
  await sign.focus();
  await page.keyboard.press('Enter');
  await expect(text).toBeVisible();
  await text.click();
  expect(await reluscope.state()).toEqual(before);
  await sign.click();
  await expect(text).toBeHidden();
  await expect(page.getByRole('checkbox', { name: 'hinge lines' })).toHaveAccessibleName(
    'hinge lines',
  );
});

test('a folder that is opened, and a panel that is added, come into view', async ({ page }) => {
  await page.getByRole('button', { name: 'Regions', exact: true }).click();
  await expect(page.locator('.regionsTable table').first()).toBeInViewport({ ratio: 0.9 });
  await page.evaluate(async () => {
    const { reluscope } = window as ReluscopeWindow;
    reluscope.open({ panels: Array.from({ length: 9 }, () => ({ supersampling: 1 })), columns: 1 });
    await reluscope.settled();
  });
  await page.keyboard.press('n');
  await expect(page.getByRole('group', { name: 'Panel 10' })).toBeInViewport();
});

test('another quantity leaves the picture its size', async ({ page, reluscope }) => {
  const before = await reluscope.box();
  await reluscope.set({ quantity: 'npGradientColumns' });
  expect(await reluscope.box()).toEqual(before);
  await expect(page.locator('.header .subtitle')).toHaveText(/^np.gradient, columns/);
});

test('while a file is dragged over the page it says what can be dropped', async ({ page }) => {
  const dropHint = page.getByText('or a PNG that was saved here');
  const drag = (type: string) =>
    page.locator('.app').evaluate((app, name) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([], 'picture.png'));
      app.dispatchEvent(new DragEvent(name, { dataTransfer, cancelable: true }));
    }, type);
  await expect(dropHint).toBeHidden();
  await drag('dragover');
  await expect(dropHint).toBeVisible();
  await drag('dragleave');
  await expect(dropHint).toBeHidden();
});

test('more columns than there is room for are met with a word', async ({ page }) => {
  await page.evaluate(() =>
    (window as ReluscopeWindow).reluscope.open({ panels: [{}, {}, {}, {}, {}, {}] }),
  );
  await page.getByRole('combobox', { name: 'Columns' }).selectOption('6');
  await expect(page.getByText(/^There is room for [23] columns here\.$/)).toBeVisible();
});
