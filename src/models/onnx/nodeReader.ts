import { ModelFileError } from '../modelFile.ts';
import type { Budget } from './budget.ts';
import type { OnnxAttribute, OnnxNode } from './graph.ts';
import type { LayerStack } from './layerStack.ts';
import type { StoredTensor, Tensor } from './tensor.ts';
import { type Flow, isFlow, type Value } from './values.ts';

/** What operations work on besides their own node. */
export interface Workshop {
  readonly opset: number;
  readonly stack: LayerStack;
  readonly budget: Budget;
  /** Sentences for `ModelFile.notes`. */
  readonly notes: Set<string>;
  decode(stored: StoredTensor): Tensor;
}

/** One node, its operands found and its attributes checked as they are read. */
export class NodeReader {
  readonly shop: Workshop;
  readonly #node: OnnxNode;
  readonly #operands: readonly (Value | null)[];

  /** @param operands null for optional ones that are left out. */
  constructor(node: OnnxNode, operands: readonly (Value | null)[], shop: Workshop) {
    this.#node = node;
    this.#operands = operands;
    this.shop = shop;
  }

  /** Operand i, which the operation requires. */
  operand(i: number): Value {
    const value = this.#operands[i] ?? this.fail(`it has no input ${i}`);
    const isInfinite = !isFlow(value) && value.data.length === 1 && !Number.isFinite(value.data[0]);
    return isInfinite ? this.fail(`its input ${i} is infinite`) : value;
  }

  /** All operands, all of which the operation requires; single numbers may be infinite. */
  operands(): readonly Value[] {
    return this.#operands.map((value, i) => value ?? this.fail(`it has no input ${i}`));
  }

  optional(i: number): Value | null {
    return this.#operands[i] ?? null;
  }

  /** Operand i, which must depend on the network's input. */
  flow(i: number): Flow {
    const value = this.operand(i);
    return isFlow(value)
      ? value
      : this.fail(`its input ${i} is a constant, on which it is not read`);
  }

  /** Operand i, which must not depend on the network's input. */
  constant(i: number): Tensor {
    const value = this.operand(i);
    return isFlow(value)
      ? this.fail(`its input ${i} depends on the network's input; a constant can be read`)
      : value;
  }

  optionalConstant(i: number): Tensor | null {
    return this.optional(i) ? this.constant(i) : null;
  }

  /** The only number of a constant operand, which may be infinite, or `otherwise` if it is left out. */
  scalar(i: number, otherwise: number): number {
    const value = this.optional(i);
    if (!value) return otherwise;
    return !isFlow(value) && value.data.length === 1
      ? value.data[0]!
      : this.fail(`its input ${i} is not one constant number`);
  }

  hasAttribute(name: string): boolean {
    return this.#node.attributes.has(name);
  }

  number(name: string, otherwise: number): number {
    const number = this.limit(name, otherwise);
    return Number.isFinite(number) ? number : this.fail(`its ${name} is ${number}`);
  }

  /** A number that may be infinite. */
  limit(name: string, otherwise: number): number {
    const attribute = this.#node.attributes.get(name);
    if (!attribute) return otherwise;
    // A number 0 may be left out of the bytes.
    const number = attribute.float ?? attribute.integer ?? 0;
    return Number.isNaN(number) ? this.fail(`its ${name} is ${number}`) : number;
  }

  integer(name: string, otherwise: number): number {
    const attribute = this.#node.attributes.get(name);
    return attribute ? (attribute.integer ?? 0) : otherwise;
  }

  text(name: string, otherwise: string): string {
    const attribute = this.#node.attributes.get(name);
    return attribute ? (attribute.text ?? '') : otherwise;
  }

  integers(name: string): readonly number[] | null {
    return this.#list(name)?.integers ?? null;
  }

  floats(name: string): readonly number[] | null {
    return this.#list(name)?.floats ?? null;
  }

  #list(name: string): OnnxAttribute | undefined {
    const attribute = this.#node.attributes.get(name);
    if (attribute?.isTooLong) this.fail(`its ${name} has too many numbers`);
    return attribute;
  }

  tensor(name: string): Tensor | null {
    const stored = this.#node.attributes.get(name)?.tensor;
    return stored ? this.shop.decode(stored) : null;
  }

  /** An axis of a value of this rank, counted from 0. @param rank one more where the axis may lie behind the last. */
  axis(axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    const isAxis = Number.isInteger(counted) && counted >= 0 && counted < rank;
    return isAxis ? counted : this.fail(`its axis is ${axis} where there are ${rank}`);
  }

  fail(what: string): never {
    throw new ModelFileError(what);
  }
}
