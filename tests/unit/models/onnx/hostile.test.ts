import { PbfWriter } from 'pbf';
import { expect, test } from 'vitest';
import { OnnxGraph } from '../../../../src/formats/onnx/onnxGraph.ts';
import { MODEL_BYTES_MAX, ModelFileError } from '../../../../src/models/modelFile.ts';
import { isOnnx } from '../../../../src/models/onnx/graph.ts';
import { readOnnx } from '../../../../src/models/onnx/readOnnx.ts';
import { countAllocated } from '../countAllocated.ts';
import { bytesOf, CASES } from './files.ts';

type Write = (writer: PbfWriter) => void;

/** A message of ONNX, by the numbers of its fields; `part` writes a message within it. */
const part =
  (field: number, ...writes: readonly Write[]): Write =>
  (writer) =>
    writer.writeMessage(field, (_, inner) => all(writes)(inner), null);
const all =
  (writes: readonly Write[]): Write =>
  (writer) => {
    for (const write of writes) write(writer);
  };
const text =
  (field: number, value: string): Write =>
  (writer) =>
    writer.writeStringField(field, value);
const integer =
  (field: number, value: number): Write =>
  (writer) =>
    writer.writeVarintField(field, value);

const node = (operation: string, input: string, output: string, ...more: readonly Write[]) =>
  part(1, text(1, input), ...more, text(2, output), text(4, operation));
const integers = (name: string, ...values: readonly number[]) =>
  part(5, text(1, name), ...values.map((value) => integer(8, value)));
const tensor = (name: string, shape: readonly number[], bytes: Uint8Array, type = 1) =>
  part(5, ...shape.map((size) => integer(1, size)), integer(2, type), text(8, name), (writer) =>
    writer.writeBytesField(9, bytes),
  );
const zeros = (...shape: readonly number[]) =>
  tensor('w', shape, new Uint8Array(4 * shape.reduce((product, size) => product * size, 1)));

function model(inputShape: readonly number[], ...parts: readonly Write[]): Uint8Array {
  const dimensions = inputShape.map((size) => part(1, integer(1, size)));
  const type = part(2, part(1, integer(1, 1), part(2, ...dimensions)));
  const writer = new PbfWriter();
  all([
    integer(1, 8),
    part(8, integer(2, 17)),
    part(7, ...parts, part(11, text(1, 'x'), type), part(12, text(1, 'y'))),
  ])(writer);
  return writer.finish();
}

const manyAdds = Array.from({ length: 2000 }, (_, i) =>
  node('Add', i === 0 ? 'x' : `v${i - 1}`, i === 1999 ? 'y' : `v${i}`, text(1, 'w')),
);

const list = (name: string, ...numbers: readonly number[]) =>
  tensor(name, [numbers.length], new Uint8Array(BigInt64Array.from(numbers, BigInt).buffer), 7);
const whole = (...numbers: readonly number[]) => list('w', ...numbers);
const addTo = (constant: string) => node('Add', 'x', 'y', text(1, constant));
const doublings = Array.from({ length: 40 }, (_, i) => {
  const input = i === 0 ? 'w' : `v${i - 1}`;
  return node('Concat', input, `v${i}`, text(1, input), part(5, text(1, 'axis'), integer(3, 0)));
});

const maxima = Array.from({ length: 200 }, (_, i) => {
  const operands = Array.from({ length: 1990 }, () => text(1, 'w'));
  return node('Max', i === 0 ? 'x' : `v${i - 1}`, i === 199 ? 'y' : `v${i}`, ...operands);
});
const emptyParts = [
  ...[list('shape', 1e6, 1), list('zero', 0), list('one', 1)],
  node('ConstantOfShape', 'shape', 'rows'),
  node('Slice', 'rows', 'none', text(1, 'zero'), text(1, 'zero'), text(1, 'one')),
  node(
    ...(['Concat', 'rows', 'c'] as const),
    ...Array.from({ length: 1990 }, () => text(1, 'none')),
    part(5, text(1, 'axis'), integer(3, 1)),
  ),
];

const HOSTILE: readonly [what: string, bytes: () => Uint8Array, sentence: RegExp][] = [
  ['a file that is too large', () => new Uint8Array(MODEL_BYTES_MAX + 1), /8000000[01] bytes/],
  [
    'a tensor whose shape has more numbers than its bytes',
    () => model([1, 2], node('Add', 'x', 'y', text(1, 'w')), tensor('w', [1e6], Uint8Array.of(0))),
    /Tensor "w" has 1 bytes, but 1000000 numbers of float32 take 4000000/,
  ],
  [
    'a tensor of 2⁵³ numbers',
    () =>
      model([1, 2], node('Add', 'x', 'y', text(1, 'w')), tensor('w', [2 ** 53], Uint8Array.of(0))),
    /shape \[9007199254740992\]/,
  ],
  ['a wide input', () => model([1, 5000], node('Relu', 'x', 'y')), /more than 10000000 weights/],
  ['a huge input', () => model([1, 9e6], node('Relu', 'x', 'y')), /9000000 values; 100000/],
  [
    'broadcasts to 100,000 values',
    () => model([1, 100], zeros(1000, 1), ...manyAdds),
    /more than 100000000 steps/,
  ],
  [
    'a product of a million rows',
    () => model([1000, 10], zeros(10, 100), node('MatMul', 'x', 'y', text(1, 'w'))),
    /more than 10000000 weights/,
  ],
  [
    'a convolution over padding',
    () =>
      model(
        [1, 1, 1, 1],
        zeros(1, 1, 3, 3),
        node('Conv', 'x', 'y', text(1, 'w'), integers('pads', 999999, 999999, 9, 9)),
      ),
    /shape \[1000007, 1000007\]/,
  ],
  [
    'many axes',
    () => model([1, 2], zeros(1e6), node('Unsqueeze', 'x', 'y', text(1, 'w'))),
    /it has 1000000 axes/,
  ],
  [
    'a pad of a million rows',
    () => model([1, 1], whole(0, 999999, 0, 0), node('Pad', 'x', 'y', text(1, 'w'))),
    /\[1, 1000000\] are 1000000 values/,
  ],
  [
    'a constant of 10¹² numbers',
    () => model([1, 1], whole(1e6, 1e6), node('ConstantOfShape', 'w', 'c'), addTo('c')),
    /shape \[1000000, 1000000\]/,
  ],
  [
    'a maximum of 2000 operands, again and again',
    () => model([1, 50_000], whole(1), ...maxima),
    /more than 100000000 steps/,
  ],
  [
    'joints of 2000 empty parts in a million rows',
    () => model([1, 1], ...emptyParts, addTo('c')),
    /more than 100000000 steps/,
  ],
  [
    'lists that double again and again',
    () => model([1, 1], whole(1), ...doublings, addTo('v39')),
    /more than 20000000 numbers/,
  ],
  ['many nodes', () => model([1, 2], ...manyAdds, node('Relu', 'x', 'z')), /more than 2000 nodes/],
  [
    'a long text',
    () => model([1, 2], node('Relu'.repeat(10_000), 'x', 'y')),
    /a node has a text of 40000 bytes; up to 10000 can be read/,
  ],
];

test.each(HOSTILE)('%s is refused, within the bound on memory', (_, bytes, sentence) => {
  const hostile = bytes();
  let refusal: unknown = null;
  const allocated = countAllocated(() => {
    try {
      readOnnx(hostile);
    } catch (error) {
      refusal = error;
    }
  });
  expect(allocated).toBeLessThanOrEqual(8 * MODEL_BYTES_MAX);
  expect(refusal).toBeInstanceOf(ModelFileError);
  expect((refusal as ModelFileError).message).toMatch(sentence);
});

test('branches that double again and again are followed once each', () => {
  const graph = new OnnxGraph('float');
  let h = 'x';
  for (let i = 0; i < 1900; i += 1) h = graph.add('Mul', [h, h]);
  const sum = graph.add('Add', [h, 'x'], {}, ['y']);
  const bytes = graph.finish({ name: 'x', shape: ['N', 1] }, { name: sum, shape: ['N', 1] }, {});
  // Followed for each path, they would take 2¹⁹⁰⁰ steps.
  expect(() => readOnnx(bytes)).toThrow(/"y" \(Add\).*branches meet in it, but as no activation/);
});

test('small honest files of the same making are read', () => {
  const relu = model([1, 2], node('Relu', 'x', 'y'));
  expect(readOnnx(relu).network.layers.map(({ activation }) => activation)).toEqual([
    'relu',
    'identity',
  ]);
});

test('ONNX files are recognised by their bytes', () => {
  expect(CASES.every(({ file }) => isOnnx(bytesOf(file)))).toBe(true);
  const others = ['{"layers": []}', '\u0093NUMPY', 'PK\u0003\u0004', '// nnet'];
  expect(others.some((start) => isOnnx(new TextEncoder().encode(start)))).toBe(false);
});
