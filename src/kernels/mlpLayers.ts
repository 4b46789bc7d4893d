import { maximumLines, range, sum } from './fieldCode.ts';
import { FAMILIES, type NetworkShape, shiftOf } from './mlpFamilies.ts';
import { inputOf, product, readersOf } from './mlpLines.ts';

/** Lines that carry four samples through the hidden layers. Names as in mlp.ts. */

/** h of all hidden neurons. */
export function forwardLines(shape: NetworkShape): string[] {
  const { activation } = FAMILIES[shape.family];
  const lines: string[] = [];
  shape.hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      const shift = shiftOf(shape, layer, i);
      // y and the shift are the same for all four samples: one scalar operation each.
      const z =
        layer === 0
          ? `w${id}_0 * x + (w${id}_1 * y${shift})`
          : `${product(shape, layer, i, (j) => inputOf(layer, j))}${shift}`;
      lines.push(`let z${id} = ${z};`);
      lines.push(`let h${id} = ${activation(id)};`);
    }
  });
  return lines;
}

/**
 * Reverse mode: g of a layer from g of the layer above; defines d1 and d2.
 *
 * @param seed the derivative of what is shown by input j of the output layer, vec4f
 */
export function backwardLines(shape: NetworkShape, seed: (j: number) => string): string[] {
  const { hidden, family } = shape;
  const lines: string[] = [];
  const last = hidden.length - 1;
  for (let layer = last; layer >= 0; layer -= 1) {
    for (const j of range(hidden[layer])) {
      const from =
        layer === last
          ? seed(j)
          : `(${sum(readersOf(shape, layer + 1, j).map((i) => `w${layer + 1}_${i}_${j} * g${layer + 1}_${i}`))})`;
      lines.push(`let g${layer}_${j} = ${FAMILIES[family].through(`${layer}_${j}`, from)};`);
    }
  }
  for (const axis of [0, 1]) {
    const terms = range(hidden[0] ?? 0).map((j) => `w0_${j}_${axis} * g0_${j}`);
    lines.push(`let d${axis + 1} = ${hidden.length === 0 ? seed(axis) : sum(terms)};`);
  }
  return lines;
}

/**
 * e of all hidden neurons: the step's own anchored form, with the sample instead of the centre as anchor. The first ReLU of a clamp has that of
 * the whole clamp, in which a step from beyond its end counts from there; the second hands it on.
 */
export function stepLines(shape: NetworkShape): string[] {
  const lines: string[] = [];
  shape.hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      const change = product(shape, layer, i, (j) => stepOf(layer, j));
      lines.push(`let q${id} = z${id} - floor${id};`);
      if (shape.isOneToOne[layer]) lines.push(`let e${id} = ${unsigned(shape, id, change)};`);
      else if (shape.isOneToOne[layer + 1]) lines.push(...clampStep(shape, layer, i, change));
      else lines.push(...FAMILIES[shape.family].step(id, change));
    }
  });
  return lines;
}

/** Without the sign that weights have folded in. */
function unsigned({ family }: NetworkShape, id: string, value: string): string {
  return FAMILIES[family].isSigned ? `sign${id} * (${value})` : value;
}

/** Steps down and up end where the clamp does: `room` is how far above the sample, exact near there; the width is in parts of both neurons. */
function clampStep(shape: NetworkShape, layer: number, i: number, change: string): string[] {
  const [id, end] = [`${layer}_${i}`, `${layer + 1}_${i}`];
  return [
    `let height${id} = ${unsigned(shape, id, `q${id}`)};`,
    `let room${id} = ${unsigned(shape, end, `z${end} - floor${end}`)};`,
    `let width${id} = vec4f(abs(floor${id}) + abs(floor${end}));`,
    `let beyond${id} = min(height${id}, vec4f(0.0)) - min(room${id}, vec4f(0.0));`,
    `let c${id} = ${unsigned(shape, id, change)} + beyond${id};`,
    `let e${id} = clamp(c${id}, -clamp(height${id}, vec4f(0.0), width${id}), max(room${id}, vec4f(0.0)));`,
  ];
}

/** The step of input j of a layer. */
export function stepOf(layer: number, j: number): string {
  return layer === 0 ? ['hx', 'hy'][j]! : `e${layer - 1}_${j}`;
}

/** Forward mode, for all hidden neurons. */
export function tangentLines(shape: NetworkShape): string[] {
  return shape.hidden.flatMap((width, layer) =>
    range(width).flatMap((i) => neuronTangentLines(shape, layer, i)),
  );
}

/** (s, t) is the derivative of z by the two coordinates, in steps of `unit`, and (hs, ht) that of h. */
function neuronTangentLines(shape: NetworkShape, layer: number, i: number): string[] {
  const id = `${layer}_${i}`;
  return (['s', 't'] as const).flatMap((name) => [
    `let ${name}${id} = ${tangentOf(shape, layer, i, name)};`,
    `let h${name}${id} = ${FAMILIES[shape.family].through(id, `${name}${id}`)};`,
  ]);
}

/** The derivative of neuron or output i of a layer, in steps of `unit`. */
export function tangentOf(shape: NetworkShape, layer: number, i: number, name: 's' | 't'): string {
  const [axis, along] = name === 's' ? [0, 'x'] : [1, 'y'];
  return layer === 0
    ? `vec4f(w${layer}_${i}_${axis} * unit.${along})`
    : product(shape, layer, i, (j) => `h${name}${layer - 1}_${j}`);
}

/** The hinge that covers most, with the number of its layer. */
export function hingeLines(shape: NetworkShape): string[] {
  const { hidden, numbers } = shape;
  const lines: string[] = [];
  const covers: string[] = [];
  hidden.forEach((width, layer) => {
    for (const i of range(width)) {
      const id = `${layer}_${i}`;
      lines.push(...neuronTangentLines(shape, layer, i));
      lines.push(
        `let cover${id} = hingeCoverage(z${id} - floor${id}, s${id}, t${id}, pen) + ${numbers[layer]}u;`,
      );
      covers.push(`cover${id}`);
    }
  });
  if (covers.length === 0) return ['let hinge = vec4u(0u);'];
  return [...lines, ...maximumLines('hinge', covers)];
}
