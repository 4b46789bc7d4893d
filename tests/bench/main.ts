import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright';
import { browserLaunch, ensureBrowser } from '../../scripts/browser.mjs';
import { Budget } from './budget.ts';
import { describeMachine, load } from './machine.ts';
import { measureKernel } from './measureKernels.ts';
import { compare, type NamedCandidate, OURS } from './measurePeers.ts';
import { measureRegions } from './measureRegions.ts';
import { measureInNode, missingDriverEnvironment } from './node.ts';
import { nodeMarkdown } from './nodeReport.ts';
import { type BenchOptions, parseOptions, type Section, USAGE } from './options.ts';
import { measurePage } from './pageNumbers.ts';
import { AbsentPeer } from './peers/absentPeer.ts';
import { CPeer, compilerVersion } from './peers/c.ts';
import { PageOurs, PagePeer } from './peers/pagePeer.ts';
import { TorchPeer } from './peers/torch.ts';
import { ratioPlot } from './plot.ts';
import { markdownReport, type Report } from './report.ts';
import { serveSite } from './sitePages.ts';
import { digits } from './tables.ts';
import { growingWorks, kernelWorks, peerWorks, smallGridWorks, type WorkItem } from './works.ts';

const RESULTS = new URL('results/', import.meta.url);
/** How the time is divided among the sections, in their order. */
const WEIGHTS: Readonly<Record<Section, number>> = {
  geometry: 6,
  kernels: 30,
  peers: 50,
  page: 14,
};
/** Of the peers' time, what their WebGPU backends get. */
const SMALL_GRID_SHARE = 0.07;
/** Of the kernels' time, what networks of growing width get. */
const GROWING_SHARE = 0.12;
const BROWSER_PEERS = ['tfjs wasm', 'ort wasm', 'plain JS'];
const WEBGPU_PEERS = ['tfjs webgpu', 'ort webgpu'];

/** @returns the exit code */
export async function runBenchmark(args: readonly string[], serverUrl: string): Promise<number> {
  let options: BenchOptions;
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
  mkdirSync(RESULTS, { recursive: true });
  if (options.node) return runNode(options);
  const report: Report = {
    machine: describeMachine(),
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    peers: {},
    kernels: [],
    growing: [],
    comparisons: [],
    smallGrid: [],
    regions: [],
    notes: [],
  };
  const start = performance.now();
  await new Benchmark(options, serverUrl, report).run();
  report.machine.loadAtEnd = load();
  report.seconds = (performance.now() - start) / 1000;
  save(report);
  console.log(
    `\n${markdownReport(report)}\nThis report, its numbers and its plot: ${RESULTS.pathname}`,
  );
  return report.notes.length > 0 ? 1 : 0;
}

class Benchmark {
  private readonly budget: Budget;
  private readonly executable = ensureBrowser();

  constructor(
    private readonly options: BenchOptions,
    private readonly serverUrl: string,
    private readonly report: Report,
  ) {
    this.budget = new Budget(1000 * options.seconds);
  }

  /** Every section that is wanted; one that fails is told of, and the others go on. */
  async run(): Promise<void> {
    await this.section('geometry', async (budget) => {
      this.report.regions = await measureRegions(this.options.quick, budget);
    });
    const inPage = this.wanted('kernels', 'peers');
    if (inPage.length > 0) {
      await this.guard('The kernels and peers', () =>
        this.inBenchPage((page) => this.measure(page)),
      );
    }
    await this.section('page', async (budget) => {
      const site = await serveSite();
      try {
        const { quick } = this.options;
        this.report.page = await measurePage(site.url, this.executable, quick, budget);
      } finally {
        await site.close();
      }
    });
  }

  private async measure(page: Page): Promise<void> {
    const ours = new PageOurs(page, OURS);
    await this.section('kernels', async (budget) => {
      const all = kernelWorks(this.options);
      await this.kernels(all, ours, budget.share(1 - GROWING_SHARE, 1), this.report.kernels);
      await this.kernels(growingWorks(this.options), ours, budget, this.report.growing);
    });
    await this.section('peers', (budget) => this.peers(page, ours, budget));
  }

  private async kernels(
    items: readonly WorkItem[],
    ours: PageOurs,
    budget: Budget,
    results: Report['kernels'],
  ): Promise<void> {
    for (const [index, item] of items.entries()) {
      const result = await measureKernel(item, ours, budget.share(1, items.length - index));
      results.push(result);
      this.progress(`${titleOf(item)}: ${result.failure ?? `${digits(result.median)} ms`}`);
    }
  }

  private async peers(page: Page, ours: PageOurs, budget: Budget): Promise<void> {
    const torch = await TorchPeer.start();
    try {
      const compiler = compilerVersion();
      Object.assign(this.report.peers, versions(), {
        PyTorch: torch ? `${torch.version}, 2 threads` : 'absent',
        C: compiler ?? 'absent',
      });
      const among: NamedCandidate[] = [
        { name: OURS, candidate: ours },
        ...inPage(page, BROWSER_PEERS),
        { name: 'PyTorch', candidate: torch ?? new AbsentPeer('absent: no Python with torch') },
        { name: 'C', candidate: compiler ? new CPeer() : new AbsentPeer('absent: no C compiler') },
      ];
      const main = budget.share(1 - SMALL_GRID_SHARE, 1);
      await this.compare(peerWorks(this.options), among, main, this.report.comparisons);
    } finally {
      await torch?.end();
    }
    if (this.options.quick) return;
    const onGpu = [{ name: OURS, candidate: ours }, ...inPage(page, WEBGPU_PEERS)];
    await this.compare(smallGridWorks(this.options), onGpu, budget, this.report.smallGrid);
  }

  private async compare(
    items: readonly WorkItem[],
    among: readonly NamedCandidate[],
    budget: Budget,
    results: Report['comparisons'],
  ): Promise<void> {
    for (const [index, item] of items.entries()) {
      const result = await compare(item, among, budget.share(1, items.length - index));
      results.push(result);
      const times = result.candidates.map((c) => `${c.name} ${c.failure ?? digits(c.median)}`);
      this.progress(`${titleOf(item)}: ${times.join(', ')}`);
    }
  }

  /** A section has its share of the time that is left for it and those after it. */
  private section(name: Section, run: (budget: Budget) => Promise<void>): Promise<void> {
    if (!this.options.sections.includes(name)) return Promise.resolve();
    const names = Object.keys(WEIGHTS) as Section[];
    const later = this.wanted(...names.slice(names.indexOf(name)));
    const weights = later.reduce((sum, each) => sum + WEIGHTS[each], 0);
    return this.guard(`Section ${name}`, () => run(this.budget.share(WEIGHTS[name], weights)));
  }

  private wanted(...names: Section[]): Section[] {
    return names.filter((name) => this.options.sections.includes(name));
  }

  private async inBenchPage(run: (page: Page) => Promise<void>): Promise<void> {
    const browser: Browser = await chromium.launch({
      ...browserLaunch(),
      executablePath: this.executable,
    });
    try {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.log(`page: ${error.message}`));
      await page.goto(`${this.serverUrl}tests/bench/page/index.html`);
      await page.waitForFunction(() => 'bench' in globalThis);
      this.report.browser = browser.version();
      this.report.adapter = await page.evaluate(() => bench.adapter());
      await run(page);
    } finally {
      await browser.close();
    }
  }

  private async guard(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.report.notes.push(`**${what} failed:** ${reason.split('\n')[0]}`);
      console.error(reason);
    }
  }

  private progress(line: string): void {
    console.log(line);
    save(this.report);
  }
}

function titleOf({ name, side, gradient }: WorkItem): string {
  return `${name}${gradient ? ' + gradient' : ''}, ${side}²`;
}

function inPage(page: Page, names: readonly string[]): NamedCandidate[] {
  return names.map((name) => ({ name, candidate: new PagePeer(page, name) }));
}

/** What is installed beside this file. */
function versions(): Record<string, string> {
  const versionOf = (name: string) => {
    const path = new URL(`node_modules/${name}/package.json`, import.meta.url);
    return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  };
  return {
    'tfjs wasm': `${versionOf('@tensorflow/tfjs')}, 2 threads`,
    'ort wasm': `onnxruntime-web ${versionOf('onnxruntime-web')}, 2 threads`,
  };
}

/** @returns the exit code */
async function runNode(options: BenchOptions): Promise<number> {
  const environment = missingDriverEnvironment();
  if (environment) {
    // The loader reads its environment when the process starts.
    const again = spawnSync(process.execPath, process.argv.slice(1), {
      stdio: 'inherit',
      env: environment,
    });
    return again.status ?? 1;
  }
  const budget = new Budget(1000 * options.seconds);
  const report = await measureInNode(options, budget, (line) => console.log(line));
  report.machine.loadAtEnd = load();
  write('node.json', `${JSON.stringify(report, null, 1)}\n`);
  write('node.md', nodeMarkdown(report));
  console.log(`\n${nodeMarkdown(report)}`);
  return report.kernels.some(({ failure }) => failure !== null) ? 1 : 0;
}

function save(report: Report): void {
  write('report.json', `${JSON.stringify(report, null, 1)}\n`);
  write('report.md', markdownReport(report));
  write('ratios.svg', ratioPlot(report.comparisons));
}

function write(name: string, text: string): void {
  writeFileSync(new URL(name, RESULTS), text);
}
