import { expect, test } from 'vitest';
import { encodeSafetensors } from '../../../src/formats/safetensors.ts';
import { findModel, listModel, listModels, unlistModel } from '../../../src/model/models.ts';
import { readModel } from '../../../src/models/readModel.ts';
import { HeldNetworks } from '../../../src/notebook/heldNetworks.ts';
import type { GivenNetwork } from '../../../src/notebook/widgetModel.ts';

function network(bias: number, revision: number): GivenNetwork {
  const layer = {
    inputs: 2,
    outputs: 1,
    weight: Float32Array.of(1, 2),
    bias: Float32Array.of(bias),
    activation: 'identity' as const,
  };
  const bytes = encodeSafetensors({ layers: [layer] }, {});
  // As a widget gets it: somewhere within a message.
  const message = new Uint8Array(bytes.length + 3);
  message.set(bytes, 3);
  return { name: 'net.safetensors', content: new DataView(message.buffer, 3), revision };
}

test('networks that nobody holds leave the list', () => {
  const before = listModels().length;
  const [one, two] = [new HeldNetworks(), new HeldNetworks()];
  one.take([network(1, 0)]);
  two.take([network(1, 0)]);
  const { id } = one.at(0);
  expect(two.ids).toEqual([id]);
  one.release();
  expect(findModel(id)).not.toBeNull();
  two.release();
  expect(listModels().length).toBe(before);
});

test('of a hundred updates only the last one stays', () => {
  const before = listModels().length;
  const held = new HeldNetworks();
  held.take([network(0, 0)]);
  for (let i = 1; i <= 100; i += 1) {
    const old = held.ids[0];
    const replaced = held.take([network(i, i)]);
    expect(replaced.map((pair) => [pair.before.id, pair.after.id])).toEqual([[old, held.ids[0]]]);
  }
  expect(listModels().length).toBe(before + 1);
  held.release();
});

test('what has no other content replaces nothing', () => {
  const held = new HeldNetworks();
  held.take([network(1, 0), network(2, 1)]);
  expect(held.take([network(1, 0), network(3, 2)])).toHaveLength(1);
  expect(held.take([network(1, 5), network(3, 2)])).toEqual([]);
  held.release();
});

test('a network that cannot be read changes nothing', () => {
  const held = new HeldNetworks();
  held.take([network(1, 0)]);
  const { ids } = held;
  const broken = { name: 'net.onnx', content: new DataView(new ArrayBuffer(4)), revision: 1 };
  expect(() => held.take([broken])).toThrow();
  expect(held.ids).toEqual(ids);
  held.release();
});

test('a network that a person has opened stays in the list', () => {
  const { content } = network(7, 0);
  const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  const model = readModel([{ name: 'own.safetensors', bytes }]);
  listModel(model);
  const held = new HeldNetworks();
  held.take([network(7, 0)]);
  held.release();
  expect(findModel(model.id)).toBe(model);
  unlistModel(model.id);
});
