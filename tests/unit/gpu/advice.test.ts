import { describe, expect, it } from 'vitest';
import { adviseNoAdapter, adviseNoWebgpu } from '../../../src/gpu/advice.ts';

const MOZILLA = 'Mozilla/5.0';
const KHTML = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const AGENTS = {
  firefoxLinux: `${MOZILLA} (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0`,
  firefoxWindows: `${MOZILLA} (Windows NT 10.0; Win64; x64; rv:135.0) Gecko/20100101 Firefox/135.0`,
  chromeLinux: `${MOZILLA} (X11; Linux x86_64) ${KHTML} HeadlessChrome/156.0.0.0 Safari/537.36`,
  chromeOld: `${MOZILLA} (Windows NT 10.0; Win64; x64) ${KHTML} Chrome/99.0.0.0 Safari/537.36`,
  chromeAndroid: `${MOZILLA} (Linux; Android 10; K) ${KHTML} Chrome/118.0.0.0 Mobile Safari/537.36`,
  edge: `${MOZILLA} (Windows NT 10.0; Win64; x64) ${KHTML} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
  safari: `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15`,
  iphone: `${MOZILLA} (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1`,
} as const;

describe('advice without WebGPU', () => {
  it.each([
    ['firefoxLinux', /dom\.webgpu\.enabled and gfx\.webgpu\.ignore-blocklist/, /Chrome|Edge/],
    ['firefoxWindows', /141 on Windows.*dom\.webgpu\.enabled/, /chrome:|--enable/],
    ['chromeLinux', /--enable-unsafe-webgpu --enable-features=Vulkan/, /about:|Firefox/],
    ['chromeOld', /Update Chrome.*113/, /--enable/],
    ['chromeAndroid', /Update Chrome.*121/, /--enable/],
    ['edge', /edge:\/\/settings\/system/, /chrome:/],
    ['safari', /Safari.*26/, /--enable|about:/],
    ['iphone', /iOS 26/, /--enable|about:|Firefox/],
  ] as const)('is for %s', (agent, says, otherwise) => {
    expect(adviseNoWebgpu(AGENTS[agent])).toMatch(says);
    expect(adviseNoWebgpu(AGENTS[agent])).not.toMatch(otherwise);
  });

  it('lists the browsers that have it where the browser is not known', () => {
    expect(adviseNoWebgpu('')).toMatch(/Chrome or Edge.*Safari 26.*Firefox/);
  });
});

describe('advice without an adapter', () => {
  it.each([
    [
      'firefoxLinux',
      /dom\.webgpu\.enabled and gfx\.webgpu\.ignore-blocklist.*about:support/,
      /chrome:/,
    ],
    ['firefoxWindows', /hardware acceleration.*about:support/, /chrome:|--enable/],
    ['chromeLinux', /chrome:\/\/settings\/system.*chrome:\/\/gpu.*swiftshader/, /about:/],
    ['edge', /edge:\/\/settings\/system.*edge:\/\/gpu/, /chrome:/],
    ['safari', /Restart/, /chrome:|about:/],
  ] as const)('is for %s', (agent, says, otherwise) => {
    expect(adviseNoAdapter(AGENTS[agent])).toMatch(says);
    expect(adviseNoAdapter(AGENTS[agent])).not.toMatch(otherwise);
  });
});
