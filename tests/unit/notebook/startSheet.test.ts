import { afterEach, expect, test } from 'vitest';
import { encodeSafetensors } from '../../../src/formats/safetensors.ts';
import { HeldNetworks } from '../../../src/notebook/heldNetworks.ts';
import { startSheet } from '../../../src/notebook/startSheet.ts';
import type { PanelStart } from '../../../src/notebook/widgetModel.ts';

const networks = new HeldNetworks();
const INPUTS = JSON.stringify([0, 10, 100].map((low) => ({ name: null, range: [low, low + 2] })));

/** A network with three inputs, of known ranges, and two outputs. */
function sheetOf(panel: Partial<PanelStart>, common = {}, inputs = INPUTS) {
  const layer = {
    inputs: 3,
    outputs: 2,
    weight: Float32Array.of(1, 2, 3, 4, 5, 6),
    bias: Float32Array.of(0, 1),
    activation: 'identity' as const,
  };
  const bytes = encodeSafetensors({ layers: [layer] }, { 'reluscope:inputs': inputs });
  networks.take([{ name: 'n.safetensors', content: new DataView(bytes.buffer), revision: 0 }]);
  const start = { network: 0, slice: null, readout: null, state: {}, ...panel };
  return startSheet({ panels: [start], ...common }, networks);
}

afterEach(() => networks.release());

test('two inputs vary over their ranges, and the others are in the middle of theirs', () => {
  const [state] = sheetOf({ slice: { inputs: [0, 2], vectors: null } }).panels;
  expect(state!.field.network).toEqual({ kind: 'model', id: networks.ids[0] });
  expect(state!.field.slice).toEqual({ origin: [0, 11, 0], axis1: [1, 0, 0], axis2: [0, 0, 1] });
  expect(state!.view).toMatchObject({ center: [1, 101], halfWidth: 1 });
});

test('vectors span any plane; a view that is given is kept', () => {
  const vectors = { origin: [1, 1, 1], axis1: [1, 1, 0], axis2: [0, 0, 2] };
  const view = { center: [3, 4], halfWidth: 5 };
  const [state] = sheetOf({ slice: { inputs: null, vectors }, state: { view } }).panels;
  expect(state!.field.slice).toEqual(vectors);
  expect(state!.view).toMatchObject(view);
});

test('a readout, what panels share, and states without a network', () => {
  const sheet = sheetOf({ readout: { kind: 'class' } }, { linkedViews: true });
  expect(sheet.panels[0]!.field.readout).toEqual({ kind: 'class', wins: 'greatest' });
  expect(sheet.linkedViews).toBe(true);
  const [state] = sheetOf({ network: null, state: { field: { kind: 'lse', lambda: 3 } } }).panels;
  expect(state!.field.readout).toEqual({ kind: 'lse', lambda: 3 });
});

test('inputs are found by their names', () => {
  const inputs = JSON.stringify(['a', 'b', 'c'].map((name) => ({ name, range: null })));
  const [state] = sheetOf({ slice: { inputs: ['c', 0], vectors: null } }, {}, inputs).panels;
  expect(state!.field.slice).toMatchObject({ axis1: [0, 0, 1], axis2: [1, 0, 0] });
  expect(() => sheetOf({ slice: { inputs: ['d', 0], vectors: null } }, {}, inputs)).toThrow(
    'slice: received "d", expected one of a, b, c',
  );
});

test('mistakes are named', () => {
  expect(() => sheetOf({ slice: { inputs: ['a', 0], vectors: null } })).toThrow('have no names');
  expect(() => sheetOf({ slice: { inputs: [1, 1], vectors: null } })).toThrow(
    'two different inputs',
  );
  expect(() => sheetOf({ slice: { inputs: [0, 3], vectors: null } })).toThrow('slice: received 3');
  expect(() => sheetOf({ slice: { inputs: null, vectors: { origin: [1] } } })).toThrow('slice');
  expect(() => sheetOf({ readout: { kind: 'taste' } })).toThrow('field.readout.kind');
});
