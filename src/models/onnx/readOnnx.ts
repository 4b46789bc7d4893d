import { traitsOf } from '../../model/activations.ts';
import { MODEL_BYTES_MAX, type ModelFile, ModelFileError } from '../modelFile.ts';
import { printName } from '../tensors.ts';
import { Branches } from './branches.ts';
import { Budget } from './budget.ts';
import { isOnnxDomain, type OnnxGraph, type OnnxNode, type OnnxPort, parseOnnx } from './graph.ts';
import { LayerStack } from './layerStack.ts';
import { NodeReader, type Workshop } from './nodeReader.ts';
import { ENDING_OF } from './operations/endings.ts';
import type { Operation } from './operations/operation.ts';
import { OPERATIONS } from './operations/operations.ts';
import {
  dataTypeOf,
  decodeTensor,
  type StoredTensor,
  shapeText,
  sizeOf,
  type Tensor,
} from './tensor.ts';
import { type Flow, flowOf, isFlow, type Value } from './values.ts';

const IR_MIN = 3;
const OPSET_MIN = 6;
/** The newest whose operators were compared with what is read; newer files get a note. */
const OPSET_KNOWN = 28;

/**
 * Reads a network from an ONNX file, ir version 3 and opset 6 or newer: a chain of operations from one input to one output, in
 * which branches that together are an activation may stand for it.
 * Its input and outputs are the tensors' elements in row-major order; an open batch size counts as 1. Operations that are
 * affine for that input shape, convolutions among them, become weights, computed in float64.
 * What each operation means is taken from the ONNX operator specification (onnx.ai/onnx/operators), by the file's opset.
 * A file takes at most eight times MODEL_BYTES_MAX of memory, and a few seconds, whatever its bytes are.
 *
 * @param external the bytes of other files by name, for tensors that are not in the model file. Paths are ignored.
 * @throws ModelFileError that names the node, its operation and what can be read.
 */
export function readOnnx(
  bytes: Uint8Array,
  external: ReadonlyMap<string, Uint8Array> = new Map(),
): ModelFile {
  if (bytes.length > MODEL_BYTES_MAX) {
    const limit = `up to ${MODEL_BYTES_MAX} can be read`;
    throw new ModelFileError(`The file has ${bytes.length} bytes; ${limit}.`);
  }
  const { irVersion, opset, graph } = parseOnnx(bytes);
  if (!graph) throw new ModelFileError('This is not an ONNX file: it has no graph.');
  if (!(irVersion >= IR_MIN && opset !== null && opset >= OPSET_MIN)) {
    const found = `ir version ${irVersion} and opset ${opset ?? 'unknown'}`;
    const limit = `ir version ${IR_MIN} and opset ${OPSET_MIN} or newer can be read`;
    throw new ModelFileError(`The file has ${found}; ${limit}.`);
  }
  return new Chain(graph, opset, external).read();
}

/** Follows a graph from its input to its output. */
class Chain {
  readonly #graph: OnnxGraph;
  readonly #external: ReadonlyMap<string, Uint8Array>;
  readonly #budget = new Budget();
  readonly #notes = new Set<string>();
  readonly #initializers: ReadonlyMap<string, StoredTensor>;
  readonly #values = new Map<string, Value>();
  /** Of all values that depend on the input, those that were used, too. */
  readonly #shapes = new Map<string, readonly number[]>();
  readonly #shop: Workshop;
  readonly #input: OnnxPort;
  #ending: ModelFile['ending'] = null;

  constructor(graph: OnnxGraph, opset: number, external: ReadonlyMap<string, Uint8Array>) {
    this.#graph = graph;
    this.#external = external;
    this.#initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
    this.#input = this.#onlyInput();
    const start = flowOf(this.#inputShape());
    this.#set(this.#input.name, start);
    this.#shop = {
      opset,
      stack: new LayerStack(start.source.length, this.#budget),
      budget: this.#budget,
      notes: this.#notes,
      decode: (stored) => this.#decode(stored),
    };
    if (opset > OPSET_KNOWN) {
      this.#notes.add(`Opset ${opset} is newer than ${OPSET_KNOWN}, as which it is read.`);
    }
  }

  read(): ModelFile {
    const output = this.#onlyOutput();
    const nodes = this.#neededNodes(output);
    const users = nodes.filter((node) => !operationOf(node)?.takesShape);
    const branches = new Branches(users, output, this.#shop.stack, this.#budget);
    for (const node of nodes) this.#follow(node, branches);
    const value = this.#find(output) ?? null;
    if (!value || !isFlow(value)) {
      throw new ModelFileError(
        `Output "${printName(output)}" does not depend on the input "${printName(this.#input.name)}".`,
      );
    }
    const network = this.#shop.stack.finish(value);
    const count = network.layers[0]!.inputs;
    const name = count === 1 ? this.#input.name : null;
    return {
      network,
      inputs: Array.from({ length: count }, () => ({ name, range: null, unit: null })),
      outputNames: null,
      outputUnit: null,
      notes: [...this.#notes],
      ending: this.#ending,
    };
  }

  #onlyInput(): OnnxPort {
    const inputs = this.#graph.inputs.filter(({ name }) => !this.#initializers.has(name));
    const [input] = inputs;
    if (inputs.length !== 1 || !input) {
      throw new ModelFileError(
        `The graph has ${counted(inputs, 'input')}; a chain from one input can be read.`,
      );
    }
    if (!input.isTensor) {
      throw new ModelFileError(`Input "${printName(input.name)}" is no tensor; one can be read.`);
    }
    const { name } = dataTypeOf(input.elementType);
    if (!mayBeFloats(input)) {
      throw new ModelFileError(`Input "${printName(input.name)}" is ${name}; floats can be read.`);
    }
    return input;
  }

  #onlyOutput(): string {
    const { outputs } = this.#graph;
    const numbers = outputs.length > 1 ? outputs.filter(mayBeFloats) : outputs;
    const [output] = numbers;
    if (numbers.length !== 1 || !output) {
      const limit = 'a chain to one output, or to one of floats beside others, can be read';
      throw new ModelFileError(`The graph has ${counted(outputs, 'output')}; ${limit}.`);
    }
    if (outputs.length > 1) {
      this.#notes.add(
        `Of ${counted(outputs, 'output')}, "${printName(output.name)}" is read, the one that has no labels or integers.`,
      );
    }
    return output.name;
  }

  /** The input's shape; an open first size is that of a batch, and 1. */
  #inputShape(): readonly number[] {
    const { shape } = this.#input;
    const name = printName(this.#input.name);
    if (!shape) {
      const limit = 'it must have one, of which only the first size may be open';
      throw new ModelFileError(`Input "${name}" has no shape in the file; ${limit}.`);
    }
    const sizes = shape.map((size, axis) => {
      const isOpen = typeof size === 'string' || size < 1;
      if (isOpen && axis > 0) {
        const limit = 'only the first size may be open';
        throw new ModelFileError(`Input "${name}" has the shape ${shapeText(shape)}; ${limit}.`);
      }
      return isOpen ? 1 : size;
    });
    const isOpen = sizes[0] !== shape[0];
    const batch = isOpen ? `, of which the first is open and taken as 1` : '';
    this.#notes.add(`Input "${name}" has the shape ${shapeText(shape)}${batch}, row-major.`);
    sizeOf(sizes);
    return sizes;
  }

  /** The nodes on which an output depends, in the order of the file. */
  #neededNodes(output: string): OnnxNode[] {
    const needed = new Set([output]);
    return this.#graph.nodes
      .toReversed()
      .filter(({ inputs, outputs }) => {
        const isNeeded = outputs.some((name) => needed.has(name));
        if (isNeeded) for (const name of inputs) needed.add(name);
        return isNeeded;
      })
      .reverse();
  }

  #follow(node: OnnxNode, branches: Branches): void {
    const label = `Node "${printName(node.name || (node.outputs[0] ?? ''))}" (${printName(node.operation)})`;
    const find = (name: string) => this.#find(name);
    try {
      const takesShape = operationOf(node)?.takesShape ?? false;
      if (!takesShape && branches.has(node, find)) {
        if (this.#ending !== null) refuseAfterEnding();
        const met = branches.follow(node, find);
        if (!met) return;
        this.#notes.add(
          `The branches that meet in ${label} are ${traitsOf(met.activation).label}.`,
        );
        this.#set(node.outputs[0]!, met.value);
      } else this.#set(node.outputs[0]!, this.#read(node));
    } catch (error) {
      if (!(error instanceof ModelFileError)) throw error;
      throw new ModelFileError(`${label} cannot be read: ${error.message}`);
    }
  }

  /** The output of a node of the chain. */
  #read(node: OnnxNode): Value {
    const operation = operationOf(node);
    if (!operation) {
      return refuseOperation(
        isOnnxDomain(node.domain) ? '' : ` of the domain "${printName(node.domain)}"`,
      );
    }
    const unknown = [...node.attributes.keys()].find(
      (name) => !operation.attributes.includes(name),
    );
    if (unknown !== undefined) {
      throw new ModelFileError(`it has the attribute "${unknown}", which is not known`);
    }
    const take = (name: string) => (operation.takesShape ? this.#shapeOf(name) : this.#take(name));
    const operands = node.inputs.map((name) => (name === '' ? null : take(name)));
    const result = operation.read(new NodeReader(node, operands, this.#shop));
    const ending = ENDING_OF[node.operation] ?? null;
    this.#checkEnding(operands, result, ending);
    this.#ending ??= ending;
    return result;
  }

  /** The value of an operand; one that depends on the input is used once. */
  #take(name: string): Value {
    const value = this.#find(name);
    if (!value) throw new ModelFileError(`nothing before it makes "${printName(name)}"`);
    if (isFlow(value)) this.#values.delete(name);
    return value;
  }

  #set(name: string, value: Value): void {
    this.#values.set(name, value);
    if (isFlow(value)) this.#shapes.set(name, value.shape);
  }

  #shapeOf(name: string): Tensor {
    const shape = this.#shapes.get(name) ?? this.#find(name)?.shape;
    if (!shape) throw new ModelFileError(`nothing before it makes "${printName(name)}"`);
    return { shape: [shape.length], data: Float64Array.from(shape), isInteger: true };
  }

  #find(name: string): Value | undefined {
    const known = this.#values.get(name);
    const stored = this.#initializers.get(name);
    if (known || !stored) return known;
    const tensor = this.#decode(stored);
    this.#values.set(name, tensor);
    return tensor;
  }

  #decode(stored: StoredTensor) {
    this.#budget.takeConstants(sizeOf(stored.shape));
    return decodeTensor(stored, this.#external);
  }

  /** After a softmax only shapes may change. */
  #checkEnding(
    operands: readonly (Value | null)[],
    result: Value,
    ending: ModelFile['ending'],
  ): void {
    if (this.#ending === null || !isFlow(result)) return;
    const isSame = operands.some(
      (operand) => operand && isFlow(operand) && isUnchanged(operand, result),
    );
    if (!isSame || ending !== null) refuseAfterEnding();
  }
}

/** How nodes like this one are read; null if they are not. Those of other domains have these before their names. */
function operationOf({ operation, domain }: OnnxNode): Operation | null {
  const name = isOnnxDomain(domain) ? operation : `${domain}.${operation}`;
  return Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name]! : null;
}

/** Whether an input or output can have real numbers; those of maps are known as they are followed. */
function mayBeFloats({ elementType, isTensor }: OnnxPort): boolean {
  return !isTensor || elementType === 0 || !dataTypeOf(elementType).isInteger;
}

function refuseAfterEnding(): never {
  throw new ModelFileError('it follows a softmax, which is read at the end only');
}

function refuseOperation(domain: string): never {
  const readable = Object.keys(OPERATIONS).join(', ');
  throw new ModelFileError(
    `it is an operation${domain} that is not known. A chain of these can be read: ${readable}`,
  );
}

function isUnchanged(before: Flow, after: Flow): boolean {
  return (
    before.source === after.source && before.scale === after.scale && before.shift === after.shift
  );
}

function counted(ports: readonly OnnxPort[], noun: string): string {
  const names = ports.slice(0, 5).map(({ name }) => `"${printName(name)}"`);
  const more = ports.length > names.length ? ', …' : '';
  return `${ports.length} ${noun}s${names.length > 0 ? ` (${names.join(', ')}${more})` : ''}`;
}
