import { expect, test, vi } from 'vitest';
import { DEFAULT_STATE } from '../../../../src/state/defaults.ts';
import { applyPatch } from '../../../../src/state/patch.ts';
import { DEFAULT_SHEET, type Sheet, sheetOf } from '../../../../src/state/sheet.ts';
import { type Change, Changes, changedKeys } from '../../../../src/ui/page/changes.ts';

const after = (patch: unknown) => sheetOf(applyPatch(DEFAULT_STATE, patch));

test.each<[name: string, Sheet, readonly string[]]>([
  ['nothing', DEFAULT_SHEET, []],
  ['an equal state', structuredClone(DEFAULT_SHEET), []],
  ['two keys', after({ colormap: 'magma', view: { halfWidth: 7 } }), ['view', 'colormap']],
  ['the field', after({ field: { seed: 3 } }), ['field']],
  ['the sheet', { ...DEFAULT_SHEET, columns: 2, linkedViews: true }, ['columns', 'linkedViews']],
  ['one more panel', { ...DEFAULT_SHEET, panels: [DEFAULT_STATE, DEFAULT_STATE] }, ['panels']],
])('what changes with %s', (_, sheet, expected) => {
  expect(new Set(changedKeys(DEFAULT_SHEET, sheet))).toEqual(new Set(expected));
});

test('listeners hear each change once, with who made it, until they end', () => {
  let sheet = DEFAULT_SHEET;
  const changes = new Changes(() => sheet);
  const heard: Change[] = [];
  const end = changes.listen((change) => heard.push(change));
  sheet = after({ colormap: 'magma' });
  changes.notice(true);
  changes.notice(false);
  changes.inScript(() => {
    sheet = after({ colormap: 'viridis', hinges: true });
    changes.notice(false);
    sheet = after({ colormap: 'plasma' });
  });
  const still = sheet;
  changes.inScript(() => {
    sheet = after({ colormap: 'greys' });
  }, true);
  expect(heard).toEqual([
    { by: 'person', moving: true, changed: ['colormap'], sheet: after({ colormap: 'magma' }) },
    { by: 'script', moving: false, changed: ['colormap'], sheet: still },
    { by: 'script', moving: true, changed: ['colormap'], sheet },
  ]);
  end();
  sheet = after({ colormap: 'turbo' });
  changes.notice(false);
  expect(heard).toHaveLength(3);
});

test('what follows late is of whoever made the last change', () => {
  let sheet = DEFAULT_SHEET;
  const changes = new Changes(() => sheet);
  const makers: string[] = [];
  changes.listen(({ by }) => makers.push(by));
  const become = (colormap: string) => () => {
    sheet = after({ colormap });
    changes.notice(false);
  };
  changes.inScript(become('magma'));
  changes.inWake(become('plasma'));
  become('turbo')();
  changes.inWake(become('greys'));
  expect(makers).toEqual(['script', 'script', 'person', 'person']);
});

test('a listener that begins later hears nothing of what was before', () => {
  let sheet = DEFAULT_SHEET;
  const changes = new Changes(() => sheet);
  changes.listen(() => undefined)();
  sheet = after({ colormap: 'magma' });
  const heard = vi.fn();
  changes.listen(heard);
  changes.notice(false);
  expect(heard).not.toHaveBeenCalled();
});
