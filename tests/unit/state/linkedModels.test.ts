import { describe, expect, test } from 'vitest';
import { listModel, unlistModel } from '../../../src/model/models.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { awaitedModels } from '../../../src/state/linkedModels.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { DEFAULT_SHEET } from '../../../src/state/sheet.ts';
import { decodeSheet, encodeSheet } from '../../../src/state/sheetUrl.ts';
import { decodeState, encodeState } from '../../../src/state/url.ts';
import { modelOfFile, sourceOfFile } from '../models/modelFields.ts';

const stateOf = (file: string) =>
  applyPatch(DEFAULT_STATE, { field: { network: sourceOfFile(file) } });

test('a state goes on to show a model that was taken from the list, also as a patch of another state', () => {
  const state = stateOf('elu.npz');
  unlistModel(modelOfFile('elu.npz').id);
  const patched = applyPatch(DEFAULT_STATE, state);
  expect(patched).toEqual(state);
  expect(encodeState(applyPatch(patched, { field: { readout: { index: 1 } } }))).toContain(
    'index=1',
  );
});

describe('a link with models', () => {
  test('brings small ones, also where no page has them', () => {
    const state = stateOf('small.npz');
    const { id } = modelOfFile('small.npz');
    const text = encodeState(state);
    unlistModel(id);
    expect(awaitedModels(text)).toEqual([]);
    expect(decodeState(text)).toEqual({ state, problem: null });
  });

  test('of a run bring the network with which it begins', () => {
    const network = sourceOfFile('small.npz');
    const recipe = { data: { kind: 'moons' }, network, loss: 'binaryCrossEntropy', steps: 9 };
    const state = applyPatch(DEFAULT_STATE, { run: { recipe, step: 4 } });
    const text = encodeState(state);
    unlistModel(network.id);
    expect(awaitedModels(text)).toEqual([]);
    expect(decodeState(text)).toEqual({ state, problem: null });
    // A link that only names it waits for its file.
    unlistModel(network.id);
    const named = text.replace(/(model=[0-9a-f]{32})[^&]*/, '$1');
    expect(awaitedModels(named)).toEqual([{ id: network.id, name: null }]);
  });

  test('holds a network once that several panels show', () => {
    const [first, other] = ['small.npz', 'elu.npz'].map(stateOf);
    const sheet = { ...DEFAULT_SHEET, panels: [first!, other!, first!] };
    const text = encodeSheet(sheet);
    expect(text.match(/model=[0-9a-f]{32}~/g)).toHaveLength(2);
    unlistModel(modelOfFile('small.npz').id, modelOfFile('elu.npz').id);
    expect(decodeSheet(text)).toEqual({ sheet, problem: null });
  });

  test('asks for those that it only names, once each', () => {
    const id = 'a'.repeat(32);
    const text = `v=2&panel=1&network=model&model=${id}&x=0&panel=2&network=model&model=${id}~~big%20one`;
    expect(awaitedModels(text)).toEqual([{ id, name: 'big one' }]);
    const model = modelOfFile('small.npz');
    listModel(model);
    expect(awaitedModels(`v=2&network=model&model=${model.id}`)).toEqual([]);
  });

  test('that is broken says so', () => {
    const { problem } = decodeState(`v=2&network=model&model=${'b'.repeat(32)}~AAAA`);
    expect(problem).toContain('The link is broken: model: received');
    expect(decodeState('v=2&network=model').problem).toContain('model: received undefined');
  });
});
