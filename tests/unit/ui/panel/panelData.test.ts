import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const RUN = {
  recipe: {
    data: { kind: 'digits' },
    network: { kind: 'drawn', widths: [64, 10], initialization: 'zeros' },
  },
};

// Modules that have not fetched the digits yet, whatever other tests have done.
beforeAll(() => {
  vi.resetModules();
});
afterAll(() => {
  vi.resetModules();
});

test('a run whose digits its training has fetched first is shown on their main directions, too', async () => {
  const { PanelData } = await import('../../../../src/ui/panel/panelData.ts');
  const { DEFAULT_STATE } = await import('../../../../src/state/defaults.ts');
  const { applyPatch } = await import('../../../../src/state/patch.ts');
  const { loadDataSet } = await import('../../../../src/data/loadDataSet.ts');
  const { lookAtData } = await import('../../../../src/state/beginTraining.ts');
  let state = applyPatch(DEFAULT_STATE, { run: RUN });
  const set = await loadDataSet(state.data!);
  const edits: object[] = [];
  const data = new PanelData({
    session: {
      get state() {
        return state;
      },
    },
    messages: {} as never,
    edit: (patch) => {
      edits.push(patch);
      state = applyPatch(state, patch);
    },
    onFetched: () => undefined,
  });
  data.fetch(state.data);
  await data.fetching;
  const { slice, ...view } = lookAtData(set);
  expect(edits).toEqual([{ field: { slice }, view }]);
  data.fetch(state.data);
  await data.fetching;
  expect(edits).toHaveLength(1);
});
