import { type Browser, type CDPSession, chromium, type Page } from 'playwright';
import { browserLaunch } from '../../scripts/browser.mjs';
import type { DrawnSource } from '../../src/model/networks.ts';
import type { Budget } from './budget.ts';
import { LIVE_CANVAS, type LiveResult, measureLive, showLive } from './liveTraining.ts';
import { installWatch, type PictureTimes } from './pageWatch.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { DEEP, type NamedField, NETWORKS } from './works.ts';

export interface ReseedResult {
  readonly name: string;
  readonly firstMs: Spread;
  readonly fullMs: Spread;
  readonly frames: Spread;
  /** Shader modules made by all reseeds together. */
  readonly compiled: number;
}

export interface DragResult {
  readonly name: string;
  readonly canvas: readonly [number, number];
  readonly seconds: number;
  /** Each per second. */
  readonly pictures: number;
  readonly displayedFrames: number;
  readonly mouseMoves: number;
}

export interface PageNumbers {
  /** Milliseconds from navigation to the first full picture, each in a browser of its own. */
  readonly freshBrowser: Spread;
  /** The same in a fresh context of a browser that has run before. */
  readonly freshContext: Spread;
  readonly reseeds: readonly ReseedResult[];
  readonly drag: DragResult;
  readonly live: LiveResult;
}

const CANVAS = { width: 1000, height: 700 };
const VIEWPORT = { width: 1280, height: 900 };
const DRAG_MS = { full: 4000, quick: 1500 };
/** A mouse tells of itself about so often. */
const MOVE_MS = 8;
/** Longer than any picture takes that somebody would wait for. */
const PICTURE_LIMIT_MS = 60_000;
const FRAME_DISPLAYED = 'Display::FrameDisplayed';
const FRAME_CATEGORY = 'disabled-by-default-display.framedisplayed';

/** What a person at the page waits for: the built site in a browser of its own. */
export async function measurePage(
  url: string,
  executablePath: string,
  quick: boolean,
  budget: Budget,
): Promise<PageNumbers> {
  const launch = () => chromium.launch({ ...browserLaunch(), executablePath });
  const starts = quick ? 1 : 3;
  const fresh: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const browser = await launch();
    fresh.push(await firstPicture(browser, url));
    await browser.close();
  }
  const browser = await launch();
  try {
    const again: number[] = [];
    for (let start = 0; start <= starts; start += 1) again.push(await firstPicture(browser, url));
    const page = await openPage(browser, url);
    await fitCanvas(page, CANVAS);
    const reseeds: ReseedResult[] = [];
    for (const [index, network] of NETWORKS.entries()) {
      const slice = budget.share(0.6, NETWORKS.length - index);
      reseeds.push(await measureReseeds(page, network, quick ? 3 : 9, slice));
    }
    const drag = await measureDrag(browser, page, quick ? DRAG_MS.quick : DRAG_MS.full);
    await showLive(page);
    await fitCanvas(page, LIVE_CANVAS);
    const live = await measureLive(page, quick);
    return {
      freshBrowser: spreadOf(fresh),
      // The first one of a browser is no fresh context of one that has run before.
      freshContext: spreadOf(again.slice(1)),
      reseeds,
      drag,
      live,
    };
  } finally {
    await browser.close();
  }
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.addInitScript(installWatch);
  await page.goto(url);
  await page.waitForFunction(() => watch.readyMs !== null);
  return page;
}

async function firstPicture(browser: Browser, url: string): Promise<number> {
  const page = await openPage(browser, url);
  const milliseconds = await page.evaluate(() => watch.readyMs!);
  await page.context().close();
  return milliseconds;
}

/** Makes the window so large that the canvas has its size; what is around it may grow with the window. */
async function fitCanvas(page: Page, size: typeof CANVAS): Promise<void> {
  const canvas = page.locator('canvas.canvas');
  await page.evaluate(() => {
    reluscope.set({ frame: 'fill' });
    return reluscope.settled();
  });
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const box = await canvas.boundingBox();
    if (!box) throw new Error('the canvas is not on the screen');
    // What is above may end at half a pixel; then so does the canvas, and its samples are the nearest number.
    const [right, down] = [size.width - box.width, size.height - box.height].map(Math.trunc);
    if (right === 0 && down === 0) return;
    const { width, height } = page.viewportSize()!;
    await page.setViewportSize({ width: width + right, height: height + down });
  }
  const { width, height } = (await canvas.boundingBox())!;
  throw new Error(`the canvas has ${width} × ${height}, expected ${size.width} × ${size.height}`);
}

/** The full picture is the last one, without supersampling after it, and without lines, as in all earlier figures. */
function show(page: Page, { field }: NamedField): Promise<void> {
  return page.evaluate(async (shown) => {
    const plain = { supersampling: 1, hinges: false, contours: { lines: false } } as const;
    reluscope.set({ ...plain, field: shown, view: { center: [0, 0], halfWidth: 10 } });
    await reluscope.settled();
  }, field);
}

async function measureReseeds(
  page: Page,
  network: NamedField,
  most: number,
  budget: Budget,
): Promise<ReseedResult> {
  await show(page, network);
  const times: PictureTimes[] = [];
  let longest = 0;
  while (times.length < most && (times.length === 0 || budget.left > longest)) {
    const start = performance.now();
    await page.evaluate(() => watch.followKey());
    await page.keyboard.press('r');
    times.push(
      await within(
        network.name,
        PICTURE_LIMIT_MS,
        page.evaluate(() => watch.followed!),
      ),
    );
    longest = Math.max(longest, performance.now() - start);
  }
  const { seed } = await page.evaluate(() => reluscope.state.field.network as DrawnSource);
  if (seed !== times.length)
    throw new Error(`after ${times.length} key presses the seed is ${seed}`);
  // The first one after a new shape also pays for what was put off when that was shown.
  const counted = times.length > 1 ? times.slice(1) : times;
  return {
    name: network.name,
    firstMs: spreadOf(counted.map(({ firstMs }) => firstMs)),
    fullMs: spreadOf(counted.map(({ fullMs }) => fullMs)),
    frames: spreadOf(counted.map(({ frames }) => frames)),
    compiled: times.reduce((sum, { compiled }) => sum + compiled, 0),
  };
}

async function measureDrag(
  browser: Browser,
  page: Page,
  milliseconds: number,
): Promise<DragResult> {
  await show(page, DEEP);
  const box = (await page.locator('canvas.canvas').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const session = await browser.newBrowserCDPSession();
  const displayed = await startCountingFrames(session);
  const read = () => page.evaluate(() => ({ pictures: watch.pictures, now: performance.now() }));
  const before = await read();
  let mouseMoves = 0;
  const start = performance.now();
  for (let at = 0; at < milliseconds; at = performance.now() - start) {
    await page.mouse.move(x + 200 * Math.sin(at / 500), y + 150 * Math.sin(at / 370));
    mouseMoves += 1;
    const wait = MOVE_MS - (performance.now() - start - at);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  const after = await read();
  const frames = await displayed();
  await page.mouse.up();
  const seconds = (after.now - before.now) / 1000;
  return {
    name: DEEP.name,
    canvas: [box.width, box.height],
    seconds,
    pictures: (after.pictures - before.pictures) / seconds,
    displayedFrames: frames / seconds,
    mouseMoves: mouseMoves / seconds,
  };
}

/** Counts what the browser's compositor really put on its screen, by its trace. */
async function startCountingFrames(session: CDPSession): Promise<() => Promise<number>> {
  let count = 0;
  session.on('Tracing.dataCollected', ({ value }) => {
    count += value.filter((event) => 'name' in event && event.name === FRAME_DISPLAYED).length;
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: [FRAME_CATEGORY] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    return count;
  };
}

/** @throws Error if a picture of this name is not there in time */
async function within<T>(name: string, milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`there was no picture of ${name} in ${milliseconds} ms`);
    timer = setTimeout(() => reject(error), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
