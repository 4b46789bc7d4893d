import { type Output, storeLines } from './composeEvaluate.ts';
import { range } from './fieldCode.ts';
import {
  type OutputsReadout,
  readoutBlock,
  readoutNumberLines,
  rowNames,
} from './outputsReadout.ts';
import type { Reads } from './reads.ts';
import { CLASSES, LEAF_QUADS, quadsFor, rowOf, STRAIGHT } from './tileNetworks.ts';

/** What a slot of a tile's or leaf's network contributes: max(z, 0) or |z|. */
export type LeafFamily = 'relu' | 'abs';

/** For the outputs for which tiles can be culled. */
export const RESULTS: Partial<Record<Output, string>> = {
  value: 'value',
  partial1: 'd1',
  partial2: 'd2',
  gradientNorm: 'hypotenuse(d1, d2)',
  gradientDirection: 'direction(d1, d2)',
  valueAndGradient: '',
  openNeurons: '',
};

/**
 * A leaf is evaluated by the loop of one of the classes.
 * @param readout null for the one output itself
 */
export function leafLines(
  family: LeafFamily,
  output: Output,
  readout: OutputsReadout | null,
  reads: Reads,
): string[] {
  if (output !== 'openNeurons') {
    const quads = reads === 'by loop' ? HELD_QUADS : QUADS_OF_NETS;
    return [
      ...(readout ? readoutNumberLines(readout) : []),
      ...(reads === 'by loop' ? holdLines(readout?.rows ?? 1) : []),
      ...CLASSES.flatMap((_, i) => classLines(i, family, output, readout, quads)),
    ];
  }
  return [
    // In the tiles of evaluatePlain all neurons count.
    'let kept = select(open, layer.firstNeuron, open > SLOTS);',
    ...sampleLoop([], ['samples[target0] = vec4u(kept);']),
  ];
}

/** Expressions for the quads of a leaf's network. */
interface LeafQuads {
  /** A quad of the slots. */
  slot(row: number): string;
  /** A quad of the map of an output. */
  output(row: number, quad: number): string;
}

const QUADS_OF_NETS: LeafQuads = {
  slot: (row) => `nets[quadAt(net, ${row}u)]`,
  output: (row, quad) => `nets[quadAt(net, LEAF_OUTPUT + ${row * LEAF_QUADS + quad}u)]`,
};

/** Of holdLines. */
const HELD_QUADS: LeafQuads = {
  slot: (row) => `held[${row}]`,
  output: (row, quad) => `held[${HELD_OUTPUT + row * HELD_OUTPUT_QUADS + quad}]`,
};

/** Where outputs are in `held`, after the slots, and quads of each. */
const HELD_OUTPUT = rowOf(STRAIGHT);
const HELD_OUTPUT_QUADS = quadsFor(STRAIGHT);

/** Defines `held`, the network of a leaf, if it is one for straight-line code. */
function holdLines(outputs: number): string[] {
  return [
    `var held: array<vec4f, ${HELD_OUTPUT + outputs * HELD_OUTPUT_QUADS}>;`,
    'let heldRows = select(0u, rowOf(open), open <= STRAIGHT);',
    'for (var row = 0u; row < heldRows; row++) { held[row] = nets[quadAt(net, row)]; }',
    `for (var output = 0u; output < ${outputs}u; output++) {`,
    `for (var quad = 0u; quad < ${HELD_OUTPUT_QUADS}u; quad++) {`,
    `held[${HELD_OUTPUT}u + output * ${HELD_OUTPUT_QUADS}u + quad] = nets[quadAt(net, LEAF_OUTPUT + output * LEAF_QUADS + quad)];`,
    '}',
    '}',
  ];
}

/** The samples of a thread's leaf, four at a time; `across` and `up` are relative to its middle. */
function sampleLoop(body: readonly string[], results: readonly string[]): string[] {
  return [
    'for (var row = corner.y; row < endRow; row++) {',
    'let up = (f32(grid.firstRow + row) - grid.origin.y) * grid.step.y - middle.y;',
    'for (var group = firstGroup; group < endGroup; group++) {',
    'let across = (vec4f(f32(4u * group)) + vec4f(LANES) - grid.origin.x) * grid.step.x - middle.x;',
    ...body,
    'let target0 = (grid.targetRow + row) * grid.groupsPerRow + group;',
    ...results,
    '}',
    '}',
  ];
}

const hasValue = (output: Output) => output === 'value' || output === 'valueAndGradient';

/**
 * The network of a leaf with more than CLASSES[i − 1] and at most CLASSES[i] open neurons.
 *
 * Names: m{k}_{quad} the map of neuron k, z its pre-activation over its floor, e its contribution, g the
 * derivative of what is shown by z. `out` is the output's map, out{row} those of several. Slots that a leaf does not use are
 * loaded as zeros.
 */
function classLines(
  i: number,
  family: LeafFamily,
  output: Output,
  readout: OutputsReadout | null,
  quads: LeafQuads,
): string[] {
  const size = CLASSES[i];
  const least = i === 0 ? 0 : CLASSES[i - 1] + 1;
  const all = range(size);
  const weight = (name: string, j: number) => `${name}_${1 + (j >> 2)}[${j & 3}]`;
  const load = all.flatMap((k) => [
    ...range(quadsFor(k)).map(
      (quad) =>
        `let m${k}_${quad} = select(vec4f(0.0), ${quads.slot(rowOf(k) + quad)}, ${k}u < open);`,
    ),
  ]);
  const rows = readout ? range(readout.rows).map((row) => `out${row}`) : ['out'];
  const loadOut = rows.flatMap((out, row) =>
    range(quadsFor(size)).map((quad) => {
      const value = quads.output(row, quad);
      if (quad === 0) return `let ${out}_0 = ${value};`;
      return `let ${out}_${quad} = select(vec4f(0.0), ${value}, vec4u(open) > (LANES + ${4 * (quad - 1)}u));`;
    }),
  );
  const forward = all.flatMap((k) => {
    const terms = range(k).map((j) => `${weight(`m${k}`, j)} * e${j}`);
    const z = [`(m${k}_0.x + m${k}_0.z * up)`, `m${k}_0.y * across`, ...terms].join(' + ');
    const off = family === 'relu' ? 'vec4f(0.0)' : `-z${k}`;
    return [`let z${k} = ${z};`, `let e${k} = select(${off}, z${k}, z${k} > vec4f(0.0));`];
  });
  const mapAt = (out: string) =>
    [
      `(${out}_0.x + ${out}_0.z * up)`,
      `${out}_0.y * across`,
      ...all.map((j) => `${weight(out, j)} * e${j}`),
    ].join(' + ');
  const seeds = [
    ...all.map((j) => ({ name: `seed${j}`, of: (out: string) => weight(out, j) })),
    { name: 'seedX', of: (out: string) => `${out}_0.y` },
    { name: 'seedY', of: (out: string) => `${out}_0.z` },
  ];
  const shown = readout
    ? readoutBlock(readout, output, {
        rows: rowNames(readout).map((name, row) => `let ${name} = ${mapAt(rows[row])};`),
        before: seeds.map(({ name }) => `var ${name} = vec4f(0.0);`),
        seeds: (through) =>
          seeds.map(({ name, of }) => `${name} = ${through((row) => of(rows[row]))};`),
      })
    : hasValue(output)
      ? [`let value = ${mapAt('out')};`]
      : [];
  const seed = (name: string, own: string) => (readout ? name : `vec4f(${own})`);
  const backward = all.toReversed().flatMap((k) => {
    const above = range(size - k - 1).map((n) => `${weight(`m${k + 1 + n}`, k)} * g${k + 1 + n}`);
    const a = [seed(`seed${k}`, weight('out', k)), ...above].join(' + ');
    return family === 'relu'
      ? `let g${k} = select(vec4f(0.0), ${a}, z${k} > vec4f(0.0));`
      : `let g${k} = sign(z${k}) * (${a});`;
  });
  const slope = (name: string, axis: string) =>
    [seed(name, `out_0.${axis}`), ...all.map((k) => `m${k}_0.${axis} * g${k}`)].join(' + ');
  const gradient = [
    ...backward,
    `let d1 = ${slope('seedX', 'y')};`,
    `let d2 = ${slope('seedY', 'z')};`,
  ];
  return [
    `for (var turn = 0u; turn < once((open >= ${least}u) & (open <= ${size}u)); turn++) {`,
    ...load,
    ...loadOut,
    ...sampleLoop(
      [...forward, ...shown, ...(output === 'value' ? [] : gradient)],
      resultLines(output),
    ),
    '}',
  ];
}

/** The same for any number of open neurons. `e` holds the contributions of neurons, in the backward pass their derivatives. */
export function loopedLines(
  family: LeafFamily,
  output: Output,
  readout: OutputsReadout | null,
): string[] {
  if (output === 'openNeurons') return [];
  const lanes = ['x', 'y', 'z', 'w'];
  const dot = (base: string) =>
    lanes.map((lane, r) => `w.${lane} * e[${base} + ${r}u]`).join(' + ');
  const relu = family === 'relu';
  const forward = [
    'for (var k = 0u; k < open; k++) {',
    'let row = rowOf(k);',
    'let own = nets[quadAt(net, row)];',
    'var z = (own.x + own.z * up) + own.y * across;',
    'for (var j = 0u; j < k; j += 4u) {',
    'let w = nets[quadAt(net, row + 1u + j / 4u)];',
    `z += ${dot('j')};`,
    '}',
    relu ? 'e[k] = select(vec4f(0.0), z, z > vec4f(0.0));' : 'e[k] = abs(z);',
    ...(output === 'value'
      ? []
      : [`slope[k] = ${relu ? 'select(vec4f(0.0), vec4f(1.0), z > vec4f(0.0))' : 'sign(z)'};`]),
    '}',
  ];
  const value = [
    'var value = (out.x + out.z * up) + out.y * across;',
    'for (var j = 0u; j < open; j += 4u) {',
    'let w = nets[quadAt(net, output + 1u + j / 4u)];',
    `value += ${dot('j')};`,
    '}',
  ];
  const start = [
    'var d1 = vec4f(out.y);',
    'var d2 = vec4f(out.z);',
    'for (var k = 0u; k < open; k++) {',
    'e[k] = vec4f(nets[quadAt(net, output + 1u + k / 4u)][k % 4u]);',
    '}',
  ];
  const backward = [
    'for (var k = open; k > 0u; k--) {',
    'let row = rowOf(k - 1u);',
    'let g = e[k - 1u] * slope[k - 1u];',
    'let own = nets[quadAt(net, row)];',
    'd1 += own.y * g;',
    'd2 += own.z * g;',
    'for (var j = 0u; j < k - 1u; j += 4u) {',
    'let w = nets[quadAt(net, row + 1u + j / 4u)];',
    ...lanes.map((lane, r) => `e[j + ${r}u] += w.${lane} * g;`),
    '}',
    '}',
  ];
  const shown = readout
    ? loopedRowLines(readout, output, dot)
    : [
        'let out = nets[quadAt(net, output)];',
        ...(hasValue(output) ? value : []),
        ...(output === 'value' ? [] : start),
      ];
  return [...forward, ...shown, ...(output === 'value' ? [] : backward)];
}

/** The rows of several outputs, the readout, and where its derivatives begin their way back. */
function loopedRowLines(
  readout: OutputsReadout,
  output: Output,
  dot: (base: string) => string,
): string[] {
  const map = (row: number, quad: string) =>
    `nets[quadAt(net, output + ${row}u * outputQuads + ${quad})]`;
  const all = range(readout.rows);
  const names = rowNames(readout);
  return [
    'let outputQuads = select(LEAF_QUADS, QUADS, isTile);',
    ...readoutNumberLines(readout),
    ...all.map((row) => `let out${row} = ${map(row, '0u')};`),
    ...readoutBlock(readout, output, {
      rows: [
        ...all.map(
          (row) => `var ${names[row]} = (out${row}.x + out${row}.z * up) + out${row}.y * across;`,
        ),
        'for (var j = 0u; j < open; j += 4u) {',
        ...all.map(
          (row) => `{ let w = ${map(row, '1u + j / 4u')}; ${names[row]} += ${dot('j')}; }`,
        ),
        '}',
      ],
      before: ['var d1 = vec4f(0.0);', 'var d2 = vec4f(0.0);'],
      seeds: (through) => [
        `d1 = ${through((row) => `out${row}.y`)};`,
        `d2 = ${through((row) => `out${row}.z`)};`,
        'for (var k = 0u; k < open; k++) {',
        `e[k] = ${through((row) => `${map(row, '1u + k / 4u')}[k % 4u]`)};`,
        '}',
      ],
    }),
  ];
}

/** Lines that store the result of an output. */
export function resultLines(output: Output): string[] {
  if (output === 'openNeurons') return [];
  const expression = RESULTS[output];
  const result = expression ? [`let result = bitcast<vec4u>(${expression});`] : [];
  return [...result, ...storeLines(output)];
}
