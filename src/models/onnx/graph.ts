import { ModelFileError } from '../modelFile.ts';
import { readTensorHeader, type StoredTensor } from './tensor.ts';
import { MessageReader } from './wire.ts';

/** Nodes, initializers, inputs or outputs of a graph; operands of a node. */
const COUNT_MAX = 2000;
/** Attributes of one node; the operations that are read have seven at most. */
const ATTRIBUTES_MAX = 16;
/** Numbers of one attribute. */
const LIST_MAX = 1000;

/** What is read of an ONNX file (onnx.proto of ONNX, ir versions 3 and up). */
export interface OnnxFile {
  readonly irVersion: number;
  /** The version of ONNX's own operators; null if the file names none. */
  readonly opset: number | null;
  readonly graph: OnnxGraph | null;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly StoredTensor[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
}

export interface OnnxNode {
  readonly name: string;
  readonly operation: string;
  /** '' for ONNX's own operators. */
  readonly domain: string;
  /** Names of values; '' for an optional one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** One of these, by the attribute's type. */
export interface OnnxAttribute {
  readonly float: number | null;
  readonly integer: number | null;
  readonly text: string | null;
  readonly tensor: StoredTensor | null;
  readonly floats: readonly number[];
  readonly integers: readonly number[];
  /** Whether it has more numbers than are read. */
  readonly isTooLong: boolean;
}

/** An input or output of the graph. */
export interface OnnxPort {
  readonly name: string;
  /** A code of TensorProto.DataType; 0 if the file does not say. */
  readonly elementType: number;
  /** Else it is a sequence, a map or the like. */
  readonly isTensor: boolean;
  /** Sizes; a name where one is open. null if the file has no shape. */
  readonly shape: readonly (number | string)[] | null;
}

/** Whether bytes begin as ONNX files do: with the ir version, a small number, and another field after it. */
export function isOnnx(bytes: Uint8Array): boolean {
  const [tag, version = 0, next = 0] = bytes;
  return tag === 0x08 && version > 0 && version < 0x80 && next > 0x08 && next < 0xb0;
}

/** @throws ModelFileError if the bytes are no ONNX file. */
export function parseOnnx(bytes: Uint8Array): OnnxFile {
  const fields = new MessageReader(bytes, 'the model');
  let irVersion = 0;
  let opset: number | null = null;
  let graph: OnnxGraph | null = null;
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) irVersion = fields.integer();
    else if (field === 7) graph = parseGraph(fields.bytes());
    else if (field === 8) opset = parseOpset(fields.bytes()) ?? opset;
  }
  return { irVersion, opset, graph };
}

/** The version, or null if it is that of another domain. */
function parseOpset(bytes: Uint8Array): number | null {
  const fields = new MessageReader(bytes, 'an operator set');
  let domain = '';
  let version = 0;
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) domain = fields.text();
    else if (field === 2) version = fields.integer();
  }
  return isOnnxDomain(domain) ? version : null;
}

export function isOnnxDomain(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx';
}

function parseGraph(bytes: Uint8Array): OnnxGraph {
  const fields = new MessageReader(bytes, 'the graph');
  const nodes: OnnxNode[] = [];
  const initializers: StoredTensor[] = [];
  const inputs: OnnxPort[] = [];
  const outputs: OnnxPort[] = [];
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) push(nodes, parseNode(fields.bytes()), 'nodes');
    else if (field === 5) push(initializers, readTensorHeader(fields.bytes()), 'initializers');
    else if (field === 11) push(inputs, parsePort(fields.bytes()), 'inputs');
    else if (field === 12) push(outputs, parsePort(fields.bytes()), 'outputs');
    else if (field === 15) {
      throw new ModelFileError('The graph has sparse initializers; dense ones can be read.');
    }
  }
  return { nodes, initializers, inputs, outputs };
}

function push<T>(list: T[], item: T, what: string): void {
  if (list.length >= COUNT_MAX) {
    throw new ModelFileError(`The file has more than ${COUNT_MAX} ${what}; that many can be read.`);
  }
  list.push(item);
}

function parseNode(bytes: Uint8Array): OnnxNode {
  const fields = new MessageReader(bytes, 'a node');
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let [name, operation, domain] = ['', '', ''];
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) push(inputs, fields.text(), 'inputs of one node');
    else if (field === 2) push(outputs, fields.text(), 'outputs of one node');
    else if (field === 3) name = fields.text();
    else if (field === 4) operation = fields.text();
    else if (field === 5) {
      // With more it is no operation that is read, which its name says better than their number.
      const bytes = fields.bytes();
      if (attributes.size <= ATTRIBUTES_MAX) attributes.set(...parseAttribute(bytes));
    } else if (field === 7) domain = fields.text();
  }
  return { name, operation, domain, inputs, outputs, attributes };
}

function parseAttribute(bytes: Uint8Array): [name: string, OnnxAttribute] {
  const fields = new MessageReader(bytes, 'an attribute');
  const floats: number[] = [];
  const integers: number[] = [];
  let name = '';
  let [float, integer]: (number | null)[] = [null, null];
  let text: string | null = null;
  let tensor: StoredTensor | null = null;
  let isTooLong = false;
  const add = (list: number[], value: number) => {
    if (list.length < LIST_MAX) list.push(value);
    else isTooLong = true;
  };
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) name = fields.text();
    else if (field === 2) float = fields.float();
    else if (field === 3) integer = fields.integer();
    else if (field === 4) text = fields.text();
    else if (field === 5) tensor = readTensorHeader(fields.bytes());
    else if (field === 7) fields.numbers('float', (value) => add(floats, value));
    else if (field === 8) fields.numbers('integer', (value) => add(integers, value));
  }
  return [name, { float, integer, text, tensor, floats, integers, isTooLong }];
}

function parsePort(bytes: Uint8Array): OnnxPort {
  const fields = new MessageReader(bytes, 'an input or output of the graph');
  let name = '';
  let type: Omit<OnnxPort, 'name'> = { elementType: 0, isTensor: true, shape: null };
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) name = fields.text();
    else if (field === 2) type = parseType(fields.bytes());
  }
  return { name, ...type };
}

/** The field of a type that only describes it. */
const DENOTATION = 6;

function parseType(bytes: Uint8Array): Omit<OnnxPort, 'name'> {
  const fields = new MessageReader(bytes, 'a type');
  let elementType = 0;
  let isTensor = true;
  let shape: (number | string)[] | null = null;
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field !== 1) {
      isTensor &&= field === DENOTATION;
      continue;
    }
    const tensor = new MessageReader(fields.bytes(), 'a tensor type');
    for (let part = tensor.next(); part !== 0; part = tensor.next()) {
      if (part === 1) elementType = tensor.integer();
      else if (part === 2) shape = parseShape(tensor.bytes());
    }
  }
  return { elementType, isTensor, shape };
}

function parseShape(bytes: Uint8Array): (number | string)[] {
  const fields = new MessageReader(bytes, 'a shape');
  const shape: (number | string)[] = [];
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field !== 1) continue;
    const dimension = new MessageReader(fields.bytes(), 'a dimension');
    let size: number | string = '?';
    for (let part = dimension.next(); part !== 0; part = dimension.next()) {
      if (part === 1) size = dimension.integer();
      else if (part === 2) size = dimension.text();
    }
    push(shape, size, 'dimensions of one value');
  }
  return shape;
}
