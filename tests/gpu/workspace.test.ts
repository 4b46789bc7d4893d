import { afterEach, expect, test, vi } from 'vitest';
import { Turns } from '../../src/gpu/turns.ts';
import { nextSeed } from '../../src/model/seeds.ts';
import type { PanelSlot } from '../../src/ui/page/shownPage.ts';
import { Workspace } from '../../src/ui/page/workspace.ts';

let workspace: Workspace | null = null;
let host: HTMLElement | null = null;

function mount(): { workspace: Workspace; root: ShadowRoot } {
  host = document.createElement('div');
  host.style.cssText = 'width: 900px; height: 700px';
  document.body.append(host);
  workspace = new Workspace(host, { state: { supersampling: 1 } });
  return { workspace, root: host.firstElementChild!.shadowRoot! };
}

afterEach(() => {
  workspace?.destroy();
  host?.remove();
  workspace = null;
});

const field = (title: string, lambda: number): PanelSlot => ({
  kind: 'field',
  title,
  state: { field: { kind: 'lse', lambda }, view: { halfWidth: 1 }, supersampling: 1 },
});

function element(title: string): PanelSlot & { element: HTMLElement } {
  return { kind: 'element', title, element: document.createElement('table') };
}

const COMMON = { columns: 2, linkedViews: false, sharedRange: false, heading: null };

const titlesIn = (root: ShadowRoot) =>
  // Numbers are tied to their names by spaces that do not break.
  [...root.querySelectorAll('.panelTitle span:first-child')].map((title) =>
    title.textContent.replaceAll('\u00a0', ' '),
  );

test('shows fields and elements under a heading, and keeps its panels when called again', async () => {
  const { workspace, root } = mount();
  const heading = document.createElement('h2');
  const table = element('table');
  const slots = [field('λ = 1', 1), table, field('λ = 10', 10)];
  workspace.show({ ...COMMON, heading, slots });
  await workspace.settled();
  expect(titlesIn(root)).toEqual(['λ = 1', 'table', 'λ = 10']);
  expect(root.contains(heading) && root.contains(table.element)).toBe(true);
  expect(heading.parentElement!.hidden).toBe(false);
  const places = [...root.querySelectorAll('.panelView')];
  const canvases = [...root.querySelectorAll('canvas.canvas')];
  expect(canvases).toHaveLength(2);
  workspace.show({ ...COMMON, heading, slots: [field('λ = 2', 2), table, field('λ = 20', 20)] });
  await workspace.settled();
  expect(titlesIn(root)).toEqual(['λ = 2', 'table', 'λ = 20']);
  expect([...root.querySelectorAll('canvas.canvas')]).toEqual(canvases);
  expect([...root.querySelectorAll('.panelView')]).toEqual(places);
  expect(workspace.sheet.panels.map((state) => state.field)).toMatchObject([
    { readout: { kind: 'lse', lambda: 2 } },
    { readout: { kind: 'lse', lambda: 20 } },
  ]);
  // A title is told until a person changes the field.
  workspace.panels.views[0]!.edits.edit({ field: { readout: { lambda: 3 } } }, 'still');
  workspace.panels.views[1]!.edits.edit({ hinges: true }, 'still');
  await workspace.settled();
  expect(titlesIn(root)).toEqual(['log-sum-exp, λ = 3', 'table', 'λ = 20']);
});

test('shows a page without a field, and fields again after it', async () => {
  const { workspace, root } = mount();
  await workspace.settled();
  workspace.show({ ...COMMON, heading: document.createElement('h2'), slots: [element('bars')] });
  await workspace.settled();
  expect(root.querySelectorAll('canvas.canvas')).toHaveLength(0);
  expect(workspace.panels.views).toHaveLength(0);
  // What acts on the active panel still has one.
  workspace.active.edits.reseed(nextSeed);
  workspace.open({ ...workspace.sheet, panels: [workspace.active.state] });
  await workspace.settled();
  expect(root.querySelectorAll('canvas.canvas')).toHaveLength(1);
  expect(workspace.sheet.panels[0]!.field).toMatchObject({ network: { kind: 'drawn', seed: 1 } });
  expect(root.querySelector<HTMLElement>('.heading')!.hidden).toBe(true);
});

test('a wrong state is rejected, and nothing changes', async () => {
  const { workspace, root } = mount();
  const wrong: PanelSlot = { kind: 'field', title: null, state: { hinges: 'yes' } };
  expect(() => workspace.show({ ...COMMON, slots: [field('a', 1), wrong] })).toThrow(
    'hinges: received "yes"',
  );
  expect(root.querySelectorAll('.panelView')).toHaveLength(1);
  await workspace.settled();
});

test('the same shape in two panels is compiled once', async () => {
  const { workspace } = mount();
  await workspace.settled();
  workspace.show({ ...COMMON, slots: [field('a', 1)] });
  await workspace.settled();
  const renderer = await workspace.renderer();
  const before = renderer.compiledPipelines;
  workspace.show({ ...COMMON, slots: [field('a', 1), field('b', 2), field('c', 3)] });
  await workspace.settled();
  expect(renderer.compiledPipelines).toBe(before);
  expect(workspace.panels.views.map(({ report }) => report?.settled)).toEqual([true, true, true]);
});

test('panels that are drawn at the same time take turns, and evaluate nothing outside them', async () => {
  const { workspace } = mount();
  await workspace.settled();
  let [running, most, waiting, outside] = [0, 0, 0, 0];
  const run = Turns.prototype.run;
  const turns = vi.spyOn(Turns.prototype, 'run').mockImplementation(function <T>(
    this: Turns,
    isUrgent: boolean,
    work: () => Promise<T>,
  ): Promise<T> {
    if (running > 0) waiting += 1;
    return run.call(this, isUrgent, async () => {
      running += 1;
      most = Math.max(most, running);
      try {
        return await work();
      } finally {
        running -= 1;
      }
    }) as Promise<T>;
  });
  const createEncoder = GPUDevice.prototype.createCommandEncoder;
  const encoders = vi
    .spyOn(GPUDevice.prototype, 'createCommandEncoder')
    .mockImplementation(function (this: GPUDevice, descriptor) {
      // What is drawn already is put on its canvas without a turn: that takes no time.
      if (running === 0 && descriptor?.label !== 'Present') outside += 1;
      return createEncoder.call(this, descriptor);
    });
  try {
    const slots = [1, 2, 3].map((lambda) => field(`λ = ${lambda}`, lambda));
    workspace.show({ ...COMMON, slots });
    await workspace.settled();
  } finally {
    turns.mockRestore();
    encoders.mockRestore();
  }
  expect({ most, outside }).toEqual({ most: 1, outside: 0 });
  // They did want to draw at the same time.
  expect(waiting).toBeGreaterThan(0);
  expect(workspace.panels.views.map(({ report }) => report?.settled)).toEqual([true, true, true]);
});

test('panels that are taken away before their first picture keep nobody waiting', async () => {
  const { workspace } = mount();
  workspace.show({ ...COMMON, slots: [field('a', 1), field('b', 2), field('c', 3)] });
  const [ready, settled] = [workspace.ready(), workspace.settled()];
  workspace.show({ ...COMMON, slots: [field('d', 4)] });
  await Promise.all([ready, settled]);
  expect(workspace.panels.views.map(({ report }) => report?.settled)).toEqual([true]);
  const waiting = workspace.settled();
  workspace.active.edits.edit({ field: { lambda: 7 } }, 'still');
  const late = workspace.settled();
  workspace.destroy();
  await expect(Promise.all([waiting, late])).rejects.toThrow('destroyed');
  await expect(workspace.settled()).rejects.toThrow('destroyed');
});
