// npm run bench: Reluscope against what a user could pick instead, on the same work in the same run.
//   -- --quick        fewer rounds, small works only
//   -- --node         no browser and no peers: the kernels in Node (package `webgpu`, Dawn)
//   -- --peak-bytes=1e12 --peak-flops=2e13   the device's peaks, with --node (else measured)
// Writes tests/bench/results/report.{json,md} and ratios.svg.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { browserLaunch, ensureBrowser } from '../../scripts/browser.mjs';
import { describeMachine, load } from './machine.mjs';
import { measureInterleaved } from './measure.mjs';
import { needsSoftwareDriver, runNode, softwareDriverEnvironment } from './node.mjs';
import { CPeer, compilerVersion } from './peers/c.mjs';
import { PagePeer } from './peers/pagePeer.mjs';
import { findTorchPython, TorchPeer } from './peers/torch.mjs';
import { ratioPlot } from './plot.mjs';
import { markdownReport } from './report.mjs';
import { startServer } from './server.mjs';
import { mainWorks, sizeWorks, smallGridWorks } from './works.mjs';

const RESULTS = new URL('results/', import.meta.url);

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    node: { type: 'boolean', default: false },
    only: { type: 'string' },
    'peak-bytes': { type: 'string' },
    'peak-flops': { type: 'string' },
  },
});

mkdirSync(RESULTS, { recursive: true });
if (options.node && needsSoftwareDriver()) {
  // The loader reads its environment when the process starts.
  const env = softwareDriverEnvironment();
  process.exit(
    spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit', env }).status ?? 1,
  );
}
const server = await startServer();
try {
  if (options.node) await runNode(server, options, save);
  else await runAll();
} finally {
  await server.close();
}

async function runAll() {
  const executable = ensureBrowser();
  const browser = await chromium.launch({ ...browserLaunch(), executablePath: executable });
  const started = Date.now();
  const report = { machine: describeMachine(), browser: browser.version(), peers: {}, works: [] };
  const ends = [];
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.log(`page: ${error.message}`));
    await page.goto(`${server.url}tests/bench/page/index.html`);
    await page.waitForFunction(() => 'bench' in globalThis);
    report.adapter = await page.evaluate(() => globalThis.bench.adapter());
    const candidates = ['Reluscope', 'tfjs wasm', 'ort wasm', 'plain JS'].map(
      (name) => new PagePeer(page, name),
    );
    const python = findTorchPython();
    if (python) {
      const torch = await TorchPeer.start(python);
      candidates.push(torch);
      ends.push(() => torch.end());
      report.peers.PyTorch = `${torch.version}, 2 threads`;
    } else report.peers.PyTorch = 'absent';
    report.peers.C = compilerVersion() ?? 'absent';
    if (compilerVersion()) candidates.push(new CPeer());

    const { makeWork, modelOf, worstError } = await server.load('/tests/bench/work.ts');
    const tools = { makeWork, modelOf, worstError };
    const chosen = (works) =>
      works.filter(({ name }) => !options.only || name.includes(options.only));
    const run = async (group, works, among) => {
      for (const work of chosen(works)) {
        report.works.push({ group, ...(await measureInterleaved(work, among, tools)) });
        save(report);
      }
    };
    await run('main', mainWorks(options.quick), candidates);
    if (!options.quick) {
      await run('sizes', sizeWorks(), candidates);
      const onGpu = ['Reluscope', 'tfjs webgpu', 'ort webgpu'].map((n) => new PagePeer(page, n));
      await run('small grid', smallGridWorks(), onGpu);
    }
    await page.close();
  } finally {
    for (const end of ends) await end();
    await browser.close();
  }
  report.machine.loadAtEnd = load();
  report.seconds = (Date.now() - started) / 1000;
  save(report);
  console.log(
    `${markdownReport(report)}\n${report.seconds.toFixed(0)} s; report in ${RESULTS.pathname}`,
  );
}

function save(report) {
  const write = (name, text) => writeFileSync(new URL(name, RESULTS), text);
  const stem = options.node ? 'node' : 'report';
  write(`${stem}.json`, `${JSON.stringify(report, null, 1)}\n`);
  if (options.node) return;
  write(`${stem}.md`, markdownReport(report));
  write('ratios.svg', ratioPlot(report.works.filter(({ group }) => group === 'main')));
}
