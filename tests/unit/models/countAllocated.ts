const KINDS = [
  'ArrayBuffer',
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;
type Kind = (typeof KINDS)[number];

const COPIES = ['slice', 'map', 'filter'] as const;
const NUMBER_BYTES = 8;

let allocated = 0;

/**
 * Counts the bytes of all typed arrays, and of all lists made at once, that a function allocates: also of those that are freed
 * before it returns, so that the most it holds at any time is less.
 *
 * @param run receives the count up to now
 */
export function countAllocated(run: (bytesUpToNow: () => number) => void): number {
  allocated = 0;
  const restore = [...KINDS.map(countKind), ...COPIES.map(countCopies), countLists()];
  try {
    run(() => allocated);
  } finally {
    for (const undo of restore) undo();
  }
  return allocated;
}

function countKind(kind: Kind): () => void {
  const scope = globalThis as unknown as Record<Kind, new (...given: unknown[]) => object>;
  const original = scope[kind];
  const bytesEach = kind === 'ArrayBuffer' ? 1 : globalThis[kind].BYTES_PER_ELEMENT;
  scope[kind] = new Proxy(original, {
    construct(target, given) {
      // Before it is made: one that is too large could not be.
      allocated += bytesEach * lengthOf(given[0]);
      return Reflect.construct(target, given);
    },
  });
  return () => {
    scope[kind] = original;
  };
}

/** Of the array that a first argument asks for; a view of a buffer allocates nothing. */
function lengthOf(given: unknown): number {
  if (typeof given === 'number') return given;
  if (given instanceof ArrayBuffer || given === null || typeof given !== 'object') return 0;
  return (given as ArrayLike<unknown>).length ?? 0;
}

function countCopies(name: (typeof COPIES)[number]): () => void {
  const prototype = Object.getPrototypeOf(Uint8Array.prototype);
  const original = prototype[name];
  prototype[name] = function (this: Uint8Array, ...given: unknown[]) {
    const copy = original.apply(this, given);
    allocated += copy.byteLength;
    return copy;
  };
  return () => {
    prototype[name] = original;
  };
}

function countLists(): () => void {
  const original = Array.from;
  Array.from = ((...given: Parameters<typeof Array.from>) => {
    allocated += NUMBER_BYTES * lengthOf(given[0]);
    return original.apply(Array, given);
  }) as typeof Array.from;
  return () => {
    Array.from = original;
  };
}
