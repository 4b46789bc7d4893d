import type { Model } from '../work.ts';

/**
 * Writes a model as an ONNX graph, with its exact gradient as further nodes, since onnxruntime-web
 * has no automatic one. Input `points` [n, 2]; outputs `value` [n, 1] and `gradient` [n, 2].
 *
 * Source of the field numbers: onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function onnxModel(model: Model, gradient: boolean): Uint8Array<ArrayBuffer> {
  const graph = new Graph();
  if (model.kind === 'mlp') writeMlp(graph, model, gradient);
  else writeLse(graph, model, gradient);
  const outputs = gradient
    ? [valueInfo('value', 1), valueInfo('gradient', 2)]
    : [valueInfo('value', 1)];
  const graphBytes = message(
    ...graph.nodes.map((node) => bytesField(1, node)),
    textField(2, 'field'),
    ...graph.initializers.map((tensor) => bytesField(5, tensor)),
    bytesField(11, valueInfo('points', 2)),
    ...outputs.map((output) => bytesField(12, output)),
  );
  const opset = message(textField(1, ''), intField(2, 13));
  return message(intField(1, 8), bytesField(7, graphBytes), bytesField(8, opset));
}

class Graph {
  readonly nodes: Uint8Array[] = [];
  readonly initializers: Uint8Array[] = [];

  node(operator: string, inputs: string[], output: string, attributes: Uint8Array[] = []): string {
    this.nodes.push(
      message(
        ...inputs.map((name) => textField(1, name)),
        textField(2, output),
        textField(4, operator),
        ...attributes.map((attribute) => bytesField(5, attribute)),
      ),
    );
    return output;
  }

  tensor(name: string, shape: number[], values: readonly number[]): string {
    const raw = new Uint8Array(Float32Array.from(values).buffer);
    this.initializers.push(
      message(
        ...shape.map((size) => intField(1, size)),
        intField(2, FLOAT),
        textField(8, name),
        bytesField(9, raw),
      ),
    );
    return name;
  }
}

function writeMlp(
  graph: Graph,
  { layers, isClass }: Extract<Model, { kind: 'mlp' }>,
  gradient: boolean,
): void {
  const last = layers.length - 1;
  const output = isClass ? 'logits' : 'value';
  let input = 'points';
  layers.forEach(({ inputs, outputs, weight, bias }, l) => {
    graph.tensor(`W${l}`, [outputs, inputs], weight);
    graph.tensor(`b${l}`, [outputs], bias);
    const z = graph.node('Gemm', [input, `W${l}`, `b${l}`], l === last ? output : `z${l}`, [
      intAttribute('transB', 1),
    ]);
    input = l === last ? z : graph.node('Relu', [z], `h${l}`);
  });
  if (isClass) {
    graph.node('ArgMax', [output], 'index', [intAttribute('axis', 1), intAttribute('keepdims', 1)]);
    graph.node('Cast', ['index'], 'value', [intAttribute('to', FLOAT)]);
  }
  if (!gradient) return;
  let above = `W${last}`;
  for (let l = last - 1; l >= 0; l -= 1) {
    // The sign of a ReLU's output is its derivative.
    const slope = graph.node('Sign', [`h${l}`], `s${l}`);
    const through = graph.node('Mul', [slope, above], `g${l}`);
    above = graph.node('MatMul', [through, `W${l}`], l === 0 ? 'gradient' : `a${l}`);
  }
}

function writeLse(graph: Graph, model: Extract<Model, { kind: 'lse' }>, gradient: boolean): void {
  const { lambda, weight, bias } = model;
  const count = bias.length;
  graph.tensor('A', [count, 2], weight.flat());
  graph.tensor(
    'scaled',
    [count, 2],
    weight.flat().map((a) => lambda * a),
  );
  graph.tensor(
    'b',
    [count],
    bias.map((b) => lambda * b),
  );
  graph.tensor('inverse', [1], [1 / lambda]);
  graph.node('Gemm', ['points', 'scaled', 'b'], 'z', [intAttribute('transB', 1)]);
  graph.node('ReduceLogSumExp', ['z'], 'l', [
    intsAttribute('axes', [1]),
    intAttribute('keepdims', 1),
  ]);
  graph.node('Mul', ['l', 'inverse'], 'value');
  if (!gradient) return;
  graph.node('Softmax', ['z'], 'y');
  graph.node('MatMul', ['y', 'A'], 'gradient');
}

const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

function intAttribute(name: string, value: number): Uint8Array {
  return message(textField(1, name), intField(3, value), intField(20, ATTRIBUTE_INT));
}

function intsAttribute(name: string, values: number[]): Uint8Array {
  return message(
    textField(1, name),
    ...values.map((v) => intField(8, v)),
    intField(20, ATTRIBUTE_INTS),
  );
}

function valueInfo(name: string, columns: number): Uint8Array {
  const dimensions = [message(textField(2, 'n')), message(intField(1, columns))];
  const shape = message(...dimensions.map((dimension) => bytesField(1, dimension)));
  const type = message(bytesField(1, message(intField(1, FLOAT), bytesField(2, shape))));
  return message(textField(1, name), bytesField(2, type));
}

function message(...fields: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(fields.reduce((size, field) => size + field.length, 0));
  let at = 0;
  for (const field of fields) {
    joined.set(field, at);
    at += field.length;
  }
  return joined;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

function intField(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return message(Uint8Array.from([...varint(field * 8 + 2), ...varint(bytes.length)]), bytes);
}

function textField(field: number, text: string): Uint8Array {
  return bytesField(field, new TextEncoder().encode(text));
}
