import type { NodeReader } from '../nodeReader.ts';
import type { Value } from '../values.ts';

/** How nodes of one operation are read. */
export interface Operation {
  /** Names of all attributes that the operation has in some version. */
  readonly attributes: readonly string[];
  /** Whether only the shape of its input counts: it is given as a constant, and the input may be used elsewhere. */
  readonly takesShape?: boolean;
  /** The node's first output. */
  read(node: NodeReader): Value;
}

/** By the operations' names in ONNX. */
export type Operations = { readonly [name: string]: Operation };
