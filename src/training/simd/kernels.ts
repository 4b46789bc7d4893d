import { assemble, Code, I32, type Local, V128 } from './assembler.ts';

/**
 * The kernels of `Engine` for two samples at once. Their addresses and steps count bytes, and every count is at least 1.
 *
 * Each function takes a block of rows whose sums stay in registers: every number that is loaded serves several of them. It is generated for
 * blocks of 1 to 4 rows, and a loop goes through the blocks of an array.
 */
export const AFFINE = 'affine';
export const ACCUMULATE = 'accumulate';
export const RECTIFY = 'rectify';
export const CLOSE_GATES = 'closeGates';

const BLOCK_ROWS = 4;
/** Rows and columns of sums that stay in registers, of which there are sixteen. */
const BLOCK_COLUMNS = 2;
/** Bytes of a number and of a vector. */
const NUMBER = 8;
const VECTOR = 16;
/** Vectors of a row that are taken at once: STRIDE_UNIT samples. */
const VECTORS = 2;

/** The module of all kernels. */
export function assembleKernels(): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: BLOCK_ROWS }, (_, i) => i + 1);
  const affine = rows.map(affineBlock);
  const accumulate = rows.flatMap((height) =>
    Array.from({ length: BLOCK_COLUMNS }, (_, i) => accumulateBlock(height, i + 1)),
  );
  const first = affine.length;
  const functions = [...affine, ...accumulate];
  const whole = {
    [AFFINE]: affineLoop(0),
    [ACCUMULATE]: accumulateLoop(first),
    [RECTIFY]: rectify(),
    [CLOSE_GATES]: closeGates(),
  };
  const names = Object.keys(whole);
  return assemble(
    [...functions, ...Object.values(whole)],
    Object.fromEntries(names.map((name, i) => [name, functions.length + i])),
  );
}

/** (weight, rowStep, columnStep, start, x, z, inner, stride): `height` rows of `Engine.affine`. */
function affineBlock(height: number): Code {
  const code = new Code(8);
  const [weight, rowStep, columnStep, start, x, z, inner, stride] = code.parameters as Eight;
  const sums = code.locals(V128, height * VECTORS);
  const samples = code.locals(V128, VECTORS);
  const factor = code.local(V128);
  const weights = code.locals(I32, height);
  const [at, end, left] = code.locals(I32, 3) as readonly [Local, Local, Local];
  code.get(x).get(stride).add().set(end);
  code.repeat(() => {
    sums.forEach((sum, i) => {
      code
        .get(start)
        .loadTwice(Math.floor(i / VECTORS) * NUMBER)
        .set(sum);
    });
    stepRows(code, weights, weight, rowStep);
    code.get(x).set(at).get(inner).set(left);
    code.repeat(() => {
      samples.forEach((sample, i) => {
        code
          .get(at)
          .load(i * VECTOR)
          .set(sample);
      });
      weights.forEach((row, i) => {
        code.get(row).loadTwice(0).set(factor);
        samples.forEach((sample, j) => {
          addProduct(code, sums[i * VECTORS + j]!, factor, sample);
        });
        code.increase(row, () => code.get(columnStep));
      });
      code.increase(at, () => code.get(stride));
      code.get(left).constant(1).subtract().set(left).get(left);
    });
    code.get(z).set(at);
    sums.forEach((sum, i) => {
      code
        .get(at)
        .get(sum)
        .store((i % VECTORS) * VECTOR);
      if (i % VECTORS === VECTORS - 1) code.increase(at, () => code.get(stride));
    });
    for (const pointer of [x, z]) code.increase(pointer, () => code.constant(VECTORS * VECTOR));
    code.get(x).get(end).isLess();
  });
  return code;
}

/** (d, x, sums, sumStep, stride): a block of `Engine.accumulate`. */
function accumulateBlock(height: number, width: number): Code {
  const code = new Code(5);
  const [d, x, result, sumStep, stride] = code.parameters as readonly [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const sums = code.locals(V128, height * width);
  const rows = code.locals(I32, height);
  const columns = code.locals(I32, width);
  const values = code.locals(V128, width);
  const factor = code.local(V128);
  const end = code.local(I32);
  for (const sum of sums) code.zeros().set(sum);
  stepRows(code, rows, d, stride);
  stepRows(code, columns, x, stride);
  code.get(d).get(stride).add().set(end);
  code.repeat(() => {
    for (let vector = 0; vector < VECTORS; vector += 1) {
      columns.forEach((column, j) => {
        code
          .get(column)
          .load(vector * VECTOR)
          .set(values[j]!);
      });
      rows.forEach((row, i) => {
        code
          .get(row)
          .load(vector * VECTOR)
          .set(factor);
        values.forEach((value, j) => {
          addProduct(code, sums[i * width + j]!, factor, value);
        });
      });
    }
    for (const pointer of [...rows, ...columns]) {
      code.increase(pointer, () => code.constant(VECTORS * VECTOR));
    }
    code.get(rows[0]!).get(end).isLess();
  });
  sums.forEach((sum, i) => {
    const offset = (i % width) * NUMBER;
    code.get(result).get(result).loadNumber(offset);
    code.get(sum).lane(0).get(sum).lane(1).addNumbers().addNumbers().storeNumber(offset);
    if (i % width === width - 1) code.increase(result, () => code.get(sumStep));
  });
  return code;
}

/** (weight, rowStep, columnStep, start, x, z, rows, inner, stride). @param first the block of one row */
function affineLoop(first: number): Code {
  const code = new Code(9);
  const [weight, rowStep, columnStep, start, x, z, rows, inner, stride] =
    code.parameters as readonly [...Eight, Local];
  inBlocks(code, rows, BLOCK_ROWS, (height) => {
    for (const argument of [weight, rowStep, columnStep, start, x, z, inner, stride]) {
      code.get(argument);
    }
    code.call(first + height - 1);
    code.increase(weight, () => code.get(rowStep).constant(height).multiply());
    code.increase(start, () => code.constant(height * NUMBER));
    code.increase(z, () => code.get(stride).constant(height).multiply());
  });
  return code;
}

/** (d, x, sums, rows, columns, stride). @param first the block of one row and one column */
function accumulateLoop(first: number): Code {
  const code = new Code(6);
  const [d, x, sums, rows, columns, stride] = code.parameters as readonly [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [left, column, to, step] = code.locals(I32, 4) as readonly [Local, Local, Local, Local];
  code.get(columns).constant(NUMBER).multiply().set(step);
  inBlocks(code, rows, BLOCK_ROWS, (height) => {
    code.get(columns).set(left).get(x).set(column).get(sums).set(to);
    inBlocks(code, left, BLOCK_COLUMNS, (width) => {
      for (const argument of [d, column, to, step, stride]) code.get(argument);
      code.call(first + (height - 1) * BLOCK_COLUMNS + width - 1);
      code.increase(column, () => code.get(stride).constant(width).multiply());
      code.increase(to, () => code.constant(width * NUMBER));
    });
    code.increase(d, () => code.get(stride).constant(height).multiply());
    code.increase(sums, () => code.get(step).constant(height).multiply());
  });
  return code;
}

/** (z, a, bytes): `Engine.rectify`. */
function rectify(): Code {
  const code = new Code(3);
  const [z, a, bytes] = code.parameters as readonly [Local, Local, Local];
  return eachVector(code, bytes, [z, a], (offset) => {
    code.get(a).get(z).load(offset).zeros().largerVectors().store(offset);
  });
}

/** (z, d, bytes): `Engine.closeGates`. */
function closeGates(): Code {
  const code = new Code(3);
  const [z, d, bytes] = code.parameters as readonly [Local, Local, Local];
  return eachVector(code, bytes, [z, d], (offset) => {
    code.get(d).get(z).load(offset).zeros().areGreater();
    code.get(d).load(offset).both().store(offset);
  });
}

/** @param pointers they move along, as far as the first plus `bytes` */
function eachVector(
  code: Code,
  bytes: Local,
  pointers: readonly Local[],
  body: (offset: number) => void,
): Code {
  const end = code.local(I32);
  code.get(pointers[0]!).get(bytes).add().set(end);
  return code.repeat(() => {
    for (let vector = 0; vector < VECTORS; vector += 1) body(vector * VECTOR);
    for (const pointer of pointers) code.increase(pointer, () => code.constant(VECTORS * VECTOR));
    code.get(pointers[0]!).get(end).isLess();
  });
}

type Eight = readonly [Local, Local, Local, Local, Local, Local, Local, Local];

/** Goes through `count` rows, which it counts down to 0, in blocks of `largest` and at last a smaller one. */
function inBlocks(code: Code, count: Local, largest: number, body: (size: number) => void): void {
  for (let size = largest; size >= 1; size -= 1) {
    code
      .constant(size - 1)
      .get(count)
      .isLess();
    code.when(() => {
      code.repeat(() => {
        body(size);
        code.get(count).constant(size).subtract().set(count);
        code
          .constant(size - 1)
          .get(count)
          .isLess();
      });
    });
  }
}

/** Pointers to consecutive rows. */
function stepRows(code: Code, pointers: readonly Local[], start: Local, step: Local): void {
  pointers.forEach((pointer, i) => {
    code.get(i === 0 ? start : pointers[i - 1]!);
    if (i > 0) code.get(step).add();
    code.set(pointer);
  });
}

function addProduct(code: Code, sum: Local, a: Local, b: Local): void {
  code.get(sum).get(a).get(b).multiplyVectors().addVectors().set(sum);
}
