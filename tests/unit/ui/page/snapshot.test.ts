import { describe, expect, it } from 'vitest';
import { findFigure } from '../../../../src/figures/figures.ts';
import { initialSettings } from '../../../../src/figures/settings.ts';
import { DEFAULT_STATE } from '../../../../src/state/defaults.ts';
import { applyPatch } from '../../../../src/state/patch.ts';
import { DEFAULT_SHEET } from '../../../../src/state/sheet.ts';
import { equalSnapshots, type Snapshot } from '../../../../src/ui/page/snapshot.ts';

const panel = (patch: object = {}) => ({
  id: Symbol('panel'),
  state: applyPatch(DEFAULT_STATE, patch),
});

const figure = findFigure('shallow-network');
const opened = { figure, settings: initialSettings(figure), before: DEFAULT_SHEET };

const PAGE: Snapshot = {
  columns: null,
  linkedViews: false,
  sharedRange: false,
  panels: [panel(), panel({ hinges: true })],
  active: 0,
  figure: null,
};

describe('equalSnapshots', () => {
  it.each<[string, Partial<Snapshot>]>([
    ['another active panel', { active: 1 }],
    ['other panels that show the same', { panels: [panel(), panel({ hinges: true })] }],
  ])('takes no notice of %s', (_, change) => {
    expect(equalSnapshots(PAGE, { ...PAGE, ...change })).toBe(true);
  });

  it.each<[string, Partial<Snapshot>]>([
    ['columns', { columns: 2 }],
    ['linked views', { linkedViews: true }],
    ['a shared range', { sharedRange: true }],
    ['a panel less', { panels: PAGE.panels.slice(1) }],
    ['a panel more', { panels: [...PAGE.panels, panel()] }],
    ['another state', { panels: [panel(), panel({ hinges: true, field: { seed: 1 } })] }],
    ['another order', { panels: [...PAGE.panels].reverse() }],
    ['a figure', { figure: opened }],
  ])('notices %s', (_, change) => {
    const other = { ...PAGE, ...change };
    expect([equalSnapshots(PAGE, other), equalSnapshots(other, PAGE)]).toEqual([false, false]);
  });

  it('notices settings of a figure, not their form', () => {
    const page = { ...PAGE, figure: opened };
    const at = (settings: object) => ({
      ...page,
      figure: { ...opened, settings: { ...opened.settings, ...settings } },
    });
    expect(equalSnapshots(page, at({}))).toBe(true);
    expect(equalSnapshots(page, at({ seed: 1 }))).toBe(false);
  });
});
