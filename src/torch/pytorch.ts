import type { Quantity } from '../model/field.ts';
import { type ColormapName, isDiverging } from '../scales/colormaps.ts';
import { layerColor } from '../scales/layerColors.ts';
import type { State } from '../state/state.ts';
import { nameRings } from '../view/polarAxes.ts';
import type { View } from '../view/view.ts';
import { indent, pythonFloat, pythonString } from './pythonLiterals.ts';
import { type PytorchField, pytorchField } from './pytorchField.ts';

export interface SnippetOptions {
  /** The title of the plot. */
  readonly title: string;
  /** Samples along each side of the plot. */
  readonly samples: number;
}

/** Finer than this part of the centre's size, a view shows the steps of float64. */
const FLOAT64_RESOLVES = 1e-11;

const MATPLOTLIB_NAMES: Readonly<Partial<Record<ColormapName, string>>> = {
  greys: 'gray',
  diverging: 'coolwarm',
  cyclic: 'twilight',
};

/**
 * A Python program that rebuilds the state's field with PyTorch, a network from its very seed, and
 * draws its plot with matplotlib: the square centre ± half-width, or the log-radial picture's, the
 * quantity, colours, range and contour levels. Gradients come from autograd, all is computed in float64.
 */
export function pytorchSnippet(state: State, { title, samples }: SnippetOptions): string {
  const field = pytorchField(state.field);
  const isRegion = state.quantity === 'region';
  const needsHinges = state.hinges || (isRegion && field.region.includes('preactivations'));
  const functions = [
    field.definition,
    ...(needsHinges ? [field.preactivations] : []),
    sampleFunction(state.quantity, field),
  ];
  const program = [
    field.parameters,
    `\n${functions.join('\n\n\n')}\n`,
    gridCode(state, samples),
    valuesCode(state.quantity),
    ...(isRegion ? [] : [rangeCode(state)]),
    plotCode(state, title),
  ];
  const body = program.filter(Boolean).join('\n\n');
  const header = [
    `# ${title.replace(/\s+/g, ' ')}`,
    'import matplotlib.pyplot as plt',
    'import numpy as np',
    'import torch',
    ...(/(?<!\.)\bnn\./.test(body) ? ['from torch import nn'] : []),
  ];
  return `${header.join('\n')}\n\n${body}\n`;
}

/** Defines `sample`, which maps a row of points [n, 2] to what the grid holds of them. */
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
    'points = points.clone().requires_grad_()',
    '(gradient,) = torch.autograd.grad(f(points).sum(), points)',
    `return ${result}.numpy()`,
  ].join('\n');
}

function gridCode({ view, projection }: State, samples: number): string {
  return projection.kind === 'plane'
    ? planeGridCode(view, samples)
    : radialGridCode(view, projection.decades, samples);
}

/** x and y count in the picture, as in src/view/projection.ts. */
function radialGridCode({ center, halfWidth }: View, decades: number, samples: number): string {
  return [
    `n = ${samples}`,
    `decades = ${pythonFloat(decades)}`,
    `half = ${pythonFloat(halfWidth)}`,
    `center = np.array([${center.map(pythonFloat).join(', ')}])`,
    '# Log-radial: the distance from the centre grows by so many decades over the radius 1.',
    'x = np.linspace(-1.0, 1.0, n)',
    'y = np.linspace(-1.0, 1.0, n)',
    'places = np.stack(np.meshgrid(x, y), axis=-1)',
    'radius = np.maximum(np.linalg.norm(places, axis=-1, keepdims=True), 1e-300)',
    'distance = half * 10.0 ** (decades * (radius - 1.0))',
    'points = torch.tensor(center + distance * (places / radius))',
  ].join('\n');
}

function planeGridCode({ center, halfWidth }: View, samples: number): string {
  const sides = center.map((c) => `${pythonFloat(c - halfWidth)}, ${pythonFloat(c + halfWidth)}`);
  const isFine = halfWidth < FLOAT64_RESOLVES * samples * Math.max(...center.map(Math.abs));
  return [
    ...(isFine ? ['# float64 hardly tells points of so small a view apart: expect steps.'] : []),
    `n = ${samples}`,
    `x = np.linspace(${sides[0]}, n)`,
    `y = np.linspace(${sides[1]}, n)`,
    'points = torch.tensor(np.stack(np.meshgrid(x, y), axis=-1))',
  ].join('\n');
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

function rangeCode({ quantity, range, colormap }: State): string {
  if (quantity === 'gradientDirection') return 'vmin, vmax = -np.pi, np.pi';
  if (range.mode === 'fixed') {
    return `vmin, vmax = ${pythonFloat(range.min)}, ${pythonFloat(range.max)}`;
  }
  if (range.mode === 'symmetric' || isDiverging(colormap)) {
    return 'vmax = np.abs(values).max()\nvmin = -vmax';
  }
  return 'vmin, vmax = values.min(), values.max()';
}

function plotCode(state: State, title: string): string {
  const { quantity, contours, hinges } = state;
  const hasLevels = quantity !== 'region' && quantity !== 'gradientDirection';
  const filled = hasLevels && contours.filled;
  const lines = hasLevels && contours.lines;
  return [
    ...(filled || lines ? [levelsCode(contours.count)] : []),
    filled ? filledCode(state) : imageCode(state),
    ...(quantity === 'region' ? [] : ['plt.colorbar()']),
    ...(lines ? [LINES] : []),
    ...(hinges ? [hingesCode(state)] : []),
    'plt.gca().set_aspect("equal")',
    axesCode(state),
    `plt.title(${pythonString(title)})`,
    'plt.show()',
  ].join('\n');
}

function axesCode({ view, projection }: State): string {
  if (projection.kind === 'plane') return 'plt.xlabel("$x_1$")\nplt.ylabel("$x_2$")';
  const { decades } = projection;
  const outermost = Math.log10(view.halfWidth);
  const first = Math.ceil(outermost - decades * (1 - RING_RADII.least));
  const last = Math.floor(outermost + decades * (RING_RADII.greatest - 1));
  return [
    `for power in range(${first}, ${last + 1}):`,
    '    ring = 1.0 + (power - np.log10(half)) / decades',
    '    plt.gca().add_patch(plt.Circle((0.0, 0.0), ring, fill=False, color="white", alpha=0.6))',
    '    plt.text(0.7 * ring, 0.7 * ring, f"$10^{{{power}}}$", color="white", clip_on=True)',
    'plt.axis([-1.0, 1.0, -1.0, 1.0])',
    'plt.xticks([])',
    'plt.yticks([])',
    `plt.xlabel(${pythonString(nameRings(view))})`,
  ].join('\n');
}

/** No ring is drawn nearer to the middle, nor beyond the corners. */
const RING_RADII = { least: 0.05, greatest: Math.SQRT2 };

function colormapOf({ quantity, colormap }: State): string {
  if (quantity === 'region') return pythonString('prism');
  const name = quantity === 'gradientDirection' ? 'cyclic' : colormap;
  return pythonString(MATPLOTLIB_NAMES[name] ?? name);
}

function imageCode(state: State): string {
  const range = state.quantity === 'region' ? '' : ' vmin=vmin, vmax=vmax,';
  return [
    'extent = [x[0], x[-1], y[0], y[-1]]',
    `plt.imshow(values, origin="lower", extent=extent, cmap=${colormapOf(state)},${range}`,
    '           interpolation="nearest")',
  ].join('\n');
}

function filledCode(state: State): string {
  return [
    `plt.contourf(x, y, values, levels, cmap=${colormapOf(state)}, vmin=vmin, vmax=vmax,`,
    '             extend="both")',
  ].join('\n');
}

/** As `niceLevels` chooses them, and one more beyond each end of the range. */
function levelsCode(count: number): string {
  return [
    '# Levels at multiples of 1, 2 or 5 times a power of ten.',
    `step = ((vmax - vmin) or 1.0) / ${count}`,
    'power = 10.0 ** np.floor(np.log10(step))',
    'step = power * [1, 2, 5, 10][np.sum(step / power >= np.sqrt([2, 10, 50]))]',
    'first, last = np.ceil(vmin / step - 1e-9), np.floor(vmax / step + 1e-9)',
    'levels = step * np.arange(first - 1, last + 2)',
  ].join('\n');
}

const LINES = 'plt.contour(x, y, values, levels[1:-1], colors="black", linewidths=0.8, alpha=0.75)';

function hingesCode({ field }: State): string {
  const layers = field.kind === 'mlp' ? field.widths.length - 2 : 1;
  const colors = Array.from({ length: layers }, (_, i) =>
    pythonString(hexColor(layerColor(i + 1))),
  );
  return [
    'with torch.no_grad():',
    `    for layer, color in zip(preactivations(points), [${colors.join(', ')}]):`,
    '        for z in layer.unbind(-1):',
    '            if z.min() < 0 < z.max():',
    '                plt.contour(x, y, z, [0], colors=color, linewidths=1.2)',
  ].join('\n');
}

function hexColor(rgb: readonly number[]): string {
  return `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
