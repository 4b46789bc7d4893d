import { PbfWriter } from 'pbf';

/** Numbers that all computed values of a graph have: TensorProto.DataType of onnx.proto. */
export type FloatType = 'float' | 'double';

const TYPE_CODES = { float: 1, int64: 7, double: 11 } as const;
const BYTES = { float: 4, int64: 8, double: 8 } as const;
/** AttributeProto.AttributeType. */
const [FLOAT_ATTRIBUTE, INTEGER_ATTRIBUTE, INTEGERS_ATTRIBUTE] = [1, 2, 7];

/** Of a node; a whole number is written as an integer unless it is {float}. */
type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

/** A tensor of the graph: its name, and its shape with 'N' for the number of points. */
export interface OnnxPort {
  readonly name: string;
  readonly shape: readonly (number | 'N')[];
}

const VERSIONS = { ir: 8, opset: 17 };

/**
 * A graph of ONNX operators, opset 17, in the making: each method adds something and returns the name of its value.
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export class OnnxGraph {
  readonly type: FloatType;
  readonly #nodes: Uint8Array[] = [];
  readonly #constants: Uint8Array[] = [];

  constructor(type: FloatType) {
    this.type = type;
  }

  /**
   * Adds a node.
   * @param outputs their names; only the first is returned.
   */
  add(
    operation: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    outputs: readonly string[] = [`${operation.toLowerCase()}_${this.#nodes.length}`],
  ): string {
    const node = new PbfWriter();
    for (const input of inputs) node.writeStringField(1, input);
    for (const output of outputs) node.writeStringField(2, output);
    node.writeStringField(3, outputs[0]!);
    node.writeStringField(4, operation);
    for (const [key, value] of Object.entries(attributes)) {
      node.writeBytesField(5, attributeBytes(key, value));
    }
    this.#nodes.push(node.finish());
    return outputs[0]!;
  }

  /** Numbers of the graph's type, row-major; a single one has no shape. */
  constant(numbers: ArrayLike<number>, shape: readonly number[] = [], name?: string): string {
    return this.#addConstant(this.type, numbers, shape, name);
  }

  integers(numbers: readonly number[], shape: readonly number[]): string {
    return this.#addConstant('int64', numbers, shape);
  }

  #addConstant(
    type: keyof typeof TYPE_CODES,
    numbers: ArrayLike<number>,
    shape: readonly number[],
    name = `constant_${this.#constants.length}`,
  ): string {
    const tensor = new PbfWriter();
    for (const size of shape) tensor.writeVarintField(1, size);
    tensor.writeVarintField(2, TYPE_CODES[type]);
    tensor.writeStringField(8, name);
    tensor.writeBytesField(9, littleEndian(type, numbers));
    this.#constants.push(tensor.finish());
    return name;
  }

  /** The bytes of the file. @param metadata texts beside the graph. */
  finish(
    input: OnnxPort,
    output: OnnxPort,
    metadata: Readonly<Record<string, string>>,
  ): Uint8Array {
    const graph = new PbfWriter();
    for (const node of this.#nodes) graph.writeBytesField(1, node);
    graph.writeStringField(2, 'network');
    for (const constant of this.#constants) graph.writeBytesField(5, constant);
    graph.writeBytesField(11, portBytes(input, this.type));
    graph.writeBytesField(12, portBytes(output, this.type));
    const opset = new PbfWriter();
    opset.writeStringField(1, '');
    opset.writeVarintField(2, VERSIONS.opset);
    const model = new PbfWriter();
    model.writeVarintField(1, VERSIONS.ir);
    model.writeStringField(2, 'reluscope');
    model.writeBytesField(7, graph.finish());
    model.writeBytesField(8, opset.finish());
    for (const [key, value] of Object.entries(metadata)) {
      model.writeMessage(14, writeEntry, [key, value]);
    }
    return model.finish();
  }
}

function writeEntry([key, value]: readonly [string, string], writer?: PbfWriter): void {
  writer!.writeStringField(1, key);
  writer!.writeStringField(2, value);
}

function attributeBytes(name: string, value: Attributes[string]): Uint8Array {
  const attribute = new PbfWriter();
  attribute.writeStringField(1, name);
  if (typeof value === 'number') {
    attribute.writeVarintField(3, value);
    attribute.writeVarintField(20, INTEGER_ATTRIBUTE);
  } else if ('float' in value) {
    attribute.writeFloatField(2, value.float);
    attribute.writeVarintField(20, FLOAT_ATTRIBUTE);
  } else {
    for (const one of value) attribute.writeVarintField(8, one);
    attribute.writeVarintField(20, INTEGERS_ATTRIBUTE);
  }
  return attribute.finish();
}

function portBytes({ name, shape }: OnnxPort, type: FloatType): Uint8Array {
  const shapeWriter = new PbfWriter();
  for (const size of shape) {
    const dimension = new PbfWriter();
    if (typeof size === 'number') dimension.writeVarintField(1, size);
    else dimension.writeStringField(2, size);
    shapeWriter.writeBytesField(1, dimension.finish());
  }
  const tensor = new PbfWriter();
  tensor.writeVarintField(1, TYPE_CODES[type]);
  tensor.writeBytesField(2, shapeWriter.finish());
  const typeWriter = new PbfWriter();
  typeWriter.writeBytesField(1, tensor.finish());
  const port = new PbfWriter();
  port.writeStringField(1, name);
  port.writeBytesField(2, typeWriter.finish());
  return port.finish();
}

function littleEndian(type: keyof typeof TYPE_CODES, numbers: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * BYTES[type]));
  for (let i = 0; i < numbers.length; i += 1) {
    const [at, number] = [i * BYTES[type], numbers[i]!];
    if (type === 'float') view.setFloat32(at, number, true);
    else if (type === 'double') view.setFloat64(at, number, true);
    else view.setBigInt64(at, BigInt(number), true);
  }
  return new Uint8Array(view.buffer);
}
