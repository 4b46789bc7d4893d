import type { Quantity } from '../model/field.ts';
import type { State } from '../state/state.ts';
import type { View } from '../view/view.ts';
import { indent, pythonFloat } from './pythonLiterals.ts';
import { pytorchField } from './pytorchField.ts';
import type { PytorchField } from './pytorchParts.ts';
import { plotCode, rangeCode } from './pytorchPlot.ts';

export interface SnippetOptions {
  /** The title of the plot. */
  readonly title: string;
}

/** A view smaller than this fraction of the centre's size would show the steps of float64 coordinates. */
const FLOAT64_RESOLVES = 1e-11;

/**
 * A Python program that rebuilds the state's field with PyTorch, a network from its seed, and
 * draws its plot with matplotlib: the square centre ± half-width, or that of the log-radial picture, with
 * quantity, colours, range and contour levels. Gradients come from autograd; everything is computed in float64.
 */
export function pytorchSnippet(state: State, { title }: SnippetOptions): string {
  const { gridSamples: samples } = state;
  const isCentred = isDeep(state, samples);
  const field = pytorchField(state.field, isCentred);
  const isRegion = state.quantity === 'region';
  const needsHinges = state.hinges || (isRegion && field.region.includes('preactivations'));
  const functions = [
    field.definition,
    ...(needsHinges ? [field.preactivations] : []),
    sampleFunction(state.quantity, field),
  ];
  const program = [
    ...(isCentred ? [centerCode(state.view)] : []),
    field.parameters,
    `\n${functions.join('\n\n\n')}\n`,
    gridCode(state, samples, isCentred),
    valuesCode(state.quantity),
    ...(isRegion ? [] : [rangeCode(state)]),
    plotCode(state, title, isCentred),
  ];
  const body = program.filter(Boolean).join('\n\n');
  const header = [
    `# ${title.replace(/\s+/g, ' ')}`,
    ...(isCentred ? ['from fractions import Fraction', ''] : []),
    ...(body.includes('matplotlib.colors.') ? ['import matplotlib.colors'] : []),
    'import matplotlib.pyplot as plt',
    'import numpy as np',
    'import torch',
    ...(/(?<!\.)\bnn\./.test(body) ? ['from torch import nn'] : []),
  ];
  return `${header.join('\n')}\n\n${body}\n`;
}

/**
 * Whether points are relative to the centre of the view: if float64 can hold neither the centre nor, added to it,
 * the smallest distance shown.
 */
function isDeep({ view, projection }: State, samples: number): boolean {
  const { center, centerLow, halfWidth } = view;
  const decades = projection.kind === 'plane' ? 0 : projection.decades;
  const size = Math.max(...center.map(Math.abs));
  const isFine = halfWidth * 10 ** -decades < FLOAT64_RESOLVES * samples * size;
  return isFine || centerLow.some((low) => low !== 0);
}

/** Defines `at_center`: a bias plus the first layer's image of the centre, rounded once. */
function centerCode({ center, centerLow }: View): string {
  const parts = center.map(
    (high, axis) => `Fraction(${pythonFloat(high)}) + Fraction(${pythonFloat(centerLow[axis]!)})`,
  );
  return `# Points count from the centre, which float64 has too few digits for: the first layer's bias takes
# it in. Values may still show the steps of float64.
center = [${parts.join(', ')}]


def at_center(weight, bias):
    exact = [
        sum((Fraction(w) * c for w, c in zip(row, center)), Fraction(b))
        for row, b in zip(weight.tolist(), bias.tolist())
    ]
    return torch.tensor([float(z) for z in exact], dtype=torch.float64, device="cpu")
`;
}

/** Defines `sample`, which maps a row of points [n, 2] to their entries of the grid. */
function sampleFunction(quantity: Quantity, field: PytorchField): string {
  const body = {
    value: VALUE,
    npGradientRows: VALUE,
    npGradientColumns: VALUE,
    partial1: gradientCode('gradient[:, 0]'),
    partial2: gradientCode('gradient[:, 1]'),
    gradientNorm: gradientCode('gradient.norm(dim=-1)'),
    gradientDirection: gradientCode('torch.atan2(gradient[:, 1], gradient[:, 0])'),
    region: `with torch.no_grad():\n${indent(field.region)}`,
  }[quantity];
  return `def sample(points):\n${indent(body)}`;
}

const VALUE = 'with torch.no_grad():\n    return f(points).numpy()';

function gradientCode(result: string): string {
  return [
    'with torch.enable_grad():',
    '    points = points.clone().requires_grad_()',
    '    (gradient,) = torch.autograd.grad(f(points).sum(), points)',
    `return ${result}.numpy()`,
  ].join('\n');
}

function gridCode({ view, projection }: State, samples: number, isCentred: boolean): string {
  return projection.kind === 'plane'
    ? planeGridCode(view, samples, isCentred)
    : radialGridCode(view, projection.decades, samples, isCentred);
}

/** x and y are picture coordinates, as in src/view/projection.ts. */
function radialGridCode(
  { center, halfWidth }: View,
  decades: number,
  samples: number,
  isCentred: boolean,
): string {
  const point = `${isCentred ? '' : 'center + '}distance * (places / radius)`;
  return [
    `n = ${samples}`,
    `decades = ${pythonFloat(decades)}`,
    `half = ${pythonFloat(halfWidth)}`,
    ...(isCentred ? [] : [`center = np.array([${center.map(pythonFloat).join(', ')}])`]),
    '# Log-radial: the distance from the centre grows by so many decades over the radius 1.',
    'x = np.linspace(-1.0, 1.0, n)',
    'y = np.linspace(-1.0, 1.0, n)',
    'places = np.stack(np.meshgrid(x, y), axis=-1)',
    'radius = np.maximum(np.linalg.norm(places, axis=-1, keepdims=True), 1e-300)',
    'distance = half * 10.0 ** (decades * (radius - 1.0))',
    `points = ${tensorOf(point)}`,
  ].join('\n');
}

function planeGridCode({ center, halfWidth }: View, samples: number, isCentred: boolean): string {
  const sides = center.map((c) => {
    const middle = isCentred ? 0 : c;
    return `${pythonFloat(middle - halfWidth)}, ${pythonFloat(middle + halfWidth)}`;
  });
  return [
    `n = ${samples}`,
    `x = np.linspace(${sides[0]}, n)`,
    `y = np.linspace(${sides[1]}, n)`,
    `points = ${tensorOf('np.stack(np.meshgrid(x, y), axis=-1)')}`,
  ].join('\n');
}

function tensorOf(array: string): string {
  return `torch.tensor(${array}, dtype=torch.float64, device="cpu")`;
}

function valuesCode(quantity: Quantity): string {
  const lines = ['values = np.stack([sample(row) for row in points])'];
  if (quantity === 'npGradientRows') lines.push('values = np.gradient(values)[0]');
  if (quantity === 'npGradientColumns') lines.push('values = np.gradient(values)[1]');
  if (quantity === 'region') {
    lines.push('patterns = values.reshape(n * n, -1)');
    lines.push('_, values = np.unique(patterns, axis=0, return_inverse=True)');
    lines.push('values = values.reshape(n, n)');
  }
  return lines.join('\n');
}
