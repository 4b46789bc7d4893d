import { readFileSync } from 'node:fs';
import {
  ACTIVATION_KINDS,
  type ActivationKind,
  DEFAULT_ACTIVATIONS,
} from '../../../src/model/activations.ts';
import { listModel } from '../../../src/model/models.ts';
import { readModel } from '../../../src/models/readModel.ts';
import type { State } from '../../../src/state/state.ts';
import { validateState } from '../../../src/state/validate.ts';

/** Samples along each side of the test plots: odd, so that the centre and the diagonal are met. */
export const SAMPLES = 21;

const SHALLOW = { kind: 'mlp', widths: [2, 20, 1], activation: 'relu', seed: 0, outputBias: null };
const DEEP = { ...SHALLOW, widths: [2, 5, 5, 5, 5, 1], seed: 3 };
const DRAWN = { count: 5, seed: 11 };
const GIVEN = {
  weight: [
    [1, -0.5],
    [0.25, 2],
    [-1, -1],
  ],
  bias: [0, 0.5, -0.125],
};

/** A slice of the identity's two inputs. */
const TILTED = { origin: [0.25, -0.5], axis1: [0.6, 0.8], axis2: [-1.6, 1.2] };
const FIRST = {
  weight: [
    [0.5, -1.25, 0.3],
    [1.1, 0.2, -0.7],
    [-0.4, 0.9, 0.6],
  ],
  bias: [0.1, -0.2, 0.3],
};
const LAST = {
  weight: [
    [1.5, -0.3, 0.7],
    [-0.6, 0.8, 0.2],
  ],
  bias: [0.05, -0.15],
};
/** Three affine outputs, and one. */
const AFFINE = { kind: 'explicit', layers: [GIVEN] };
const SINGLE = { network: { kind: 'explicit', layers: [{ weight: [[1, -0.5]], bias: [0.25] }] } };
const FILE = new URL('../../reference/models/onnx/branch_silu.onnx', import.meta.url);
const FROM_FILE = readModel([{ name: 'silu.onnx', bytes: new Uint8Array(readFileSync(FILE)) }]);
listModel(FROM_FILE);

/** Three slopes for PReLU; else the defaults. */
const own = (kind: ActivationKind) =>
  kind === 'prelu' ? { kind, slopes: [0.25, -1, 0.1] } : DEFAULT_ACTIVATIONS[kind];

const PARTS: Readonly<Record<string, object>> = {
  shallow: { field: SHALLOW },
  'deep-norm': {
    field: DEEP,
    view: { halfWidth: 100 },
    quantity: 'gradientNorm',
    colormap: 'magma',
    contours: { filled: true, lines: false, count: 8 },
  },
  'abs-rows': {
    field: { ...SHALLOW, activation: 'abs', seed: -7, outputBias: 4 },
    view: { center: [10, -3], halfWidth: 20 },
    quantity: 'npGradientRows',
    colormap: 'prism',
  },
  'deep-regions': { field: { ...DEEP, seed: 5 }, quantity: 'region', hinges: true },
  'lse-contours': {
    field: { kind: 'lse', lambda: 10, logits: null },
    view: { halfWidth: 1 },
    colormap: 'turbo',
    contours: { filled: true, lines: true, count: 12 },
  },
  'gap-partial1': {
    field: { kind: 'gap', lambda: 2.5, logits: DRAWN },
    quantity: 'partial1',
    colormap: 'diverging',
  },
  'softmax-partial2': {
    field: { kind: 'softmax', lambda: 1, component: 1, logits: GIVEN },
    quantity: 'partial2',
    colormap: 'greys',
    contours: { filled: false, lines: true, count: 6 },
  },
  'argmax-regions': {
    field: { kind: 'argmax', component: 0, logits: null },
    quantity: 'region',
  },
  'argmax-partial1': {
    field: { kind: 'argmax', component: 1, logits: null },
    quantity: 'partial1',
  },
  'max-hinges': {
    field: { kind: 'max', logits: DRAWN },
    range: { mode: 'fixed', min: -1.5, max: 4 },
    contours: { filled: true, lines: false, count: 10 },
    hinges: true,
  },
  'sigmoid-direction': {
    field: { kind: 'sigmoid', weight: [1, -1], bias: 0.5 },
    quantity: 'gradientDirection',
    colormap: 'cyclic',
    hinges: true,
  },
  'log-radial': {
    field: { ...DEEP, seed: 0 },
    view: { center: [0.25, -1], halfWidth: 1e4 },
    projection: { kind: 'logRadial', decades: 6 },
    quantity: 'gradientNorm',
    hinges: true,
  },
  'deep-sigmoid': {
    field: { kind: 'sigmoid', weight: [1, -1], bias: 0 },
    view: { center: [1e6, 1e6], centerLow: [2e-11, -1e-11], halfWidth: 1e-12 },
  },
  'deep-network': {
    field: SHALLOW,
    view: { center: [1000.3, -200.7], centerLow: [3e-14, 0], halfWidth: 1e-12 },
    quantity: 'gradientNorm',
  },
  'deep-logits': {
    field: { kind: 'softmax', lambda: 3, component: 1, logits: GIVEN },
    view: { center: [1e5, 2e4], halfWidth: 1e-9 },
    quantity: 'partial1',
  },
  'deep-radial': {
    field: { kind: 'max', logits: DRAWN },
    view: { center: [40, 30], halfWidth: 1 },
    projection: { kind: 'logRadial', decades: 12 },
    quantity: 'gradientDirection',
  },
  'deep-lse': {
    field: { kind: 'lse', lambda: 2, logits: null },
    view: { center: [3, 3], halfWidth: 1e-10 },
    quantity: 'partial2',
  },
  'narrow-levels': {
    field: { ...SHALLOW, outputBias: 1000 },
    view: { halfWidth: 1e-12 },
    contours: { filled: true, lines: true, count: 12 },
  },
  'tiny-levels': {
    field: SHALLOW,
    range: { mode: 'fixed', min: -1e-100, max: 2e-100 },
    contours: { filled: true, lines: true, count: 12 },
  },
  'equalized-constant': {
    field: { kind: 'sigmoid', weight: [0, 0], bias: 1 },
    norm: 'equalized',
    contours: { filled: false, lines: true, count: 8 },
  },
  'symlog-lines': {
    field: { kind: 'lse', lambda: 1, logits: DRAWN },
    view: { halfWidth: 1000 },
    norm: 'symlog',
    contours: { filled: false, lines: true, count: 6 },
  },
  'symlog-filled': {
    field: SHALLOW,
    norm: { kind: 'symlog', linearThreshold: 0.01 },
    range: { mode: 'symmetric' },
    contours: { filled: true, lines: false, count: 8 },
  },
  'radial-values': {
    field: SHALLOW,
    view: { center: [0.5, -1], halfWidth: 1 },
    projection: { kind: 'logRadial', decades: 6 },
  },
  'equalized-symmetric': {
    field: SHALLOW,
    norm: 'equalized',
    colormap: 'diverging',
    contours: { filled: true, lines: true, count: 8 },
  },
  'tanh-columns': {
    field: { kind: 'tanh', weight: [0.5, 2], bias: -1 },
    view: { center: [1e-3, 0.2], halfWidth: 0.75 },
    quantity: 'npGradientColumns',
    range: { mode: 'symmetric' },
  },
  'slice-softmax': {
    field: {
      network: { kind: 'drawn', widths: [5, 10, 10, 5], activation: ['relu', 'tanh'], seed: 4 },
      slice: { origin: [0, 0, 0.5, 0, -1], axis1: [1, 0, 0, 0, 0], axis2: [0, 1, 0, 0, 0] },
      readout: { kind: 'softmax', index: 3, lambda: 20 },
    },
    quantity: 'gradientNorm',
  },
  'wide-class': {
    field: {
      network: {
        kind: 'drawn',
        widths: [3, 8, 4],
        activation: { kind: 'leakyRelu', slope: 0.1 },
        seed: 2,
        outputBias: 0.25,
      },
      slice: { origin: [0.1, 0.2, -0.3], axis1: [1, 0.5, 0], axis2: [0, 1, -2] },
      readout: { kind: 'class', wins: 'least' },
    },
    hinges: true,
  },
  'margin-partial2': {
    field: {
      network: {
        kind: 'explicit',
        layers: [
          {
            weight: [
              [1, -0.5],
              [0.25, 2],
              [-1, -1],
            ],
            bias: [0.013, 0.517, -0.111],
            activation: { kind: 'prelu', slopes: [0.25, -1, 0.1] },
          },
          {
            weight: [
              [0.5, 1, -2],
              [1.5, 0.3, 0.7],
              [-0.1, 0.2, 0.4],
            ],
            bias: [0.103, 0.017, -0.219],
          },
        ],
      },
      readout: { kind: 'margin' },
    },
    quantity: 'partial2',
  },
  'neuron-regions': {
    field: {
      network: {
        kind: 'drawn',
        widths: [2, 6, 4, 3],
        activation: [{ kind: 'hardtanh', min: -0.5, max: 1 }, 'relu6'],
        seed: 9,
      },
      readout: { kind: 'neuron', layer: 1, index: 2, stage: 'activation' },
    },
    hinges: true,
  },
  ...Object.fromEntries(
    (['sigmoid', 'gelu', 'geluTanh', 'silu', 'softplus', 'sine'] as const).map((activation) => [
      `smooth-${activation.toLowerCase()}`,
      {
        field: { network: { kind: 'drawn', widths: [2, 7, 5, 2], activation, seed: 1 } },
        quantity: 'partial1',
      },
    ]),
  ),
  'elu-tanh': {
    field: {
      network: {
        kind: 'drawn',
        widths: [1, 9, 2],
        activation: { kind: 'elu', alpha: 1.5 },
        seed: 3,
      },
      readout: { kind: 'tanh', index: 1 },
    },
  },
  ...Object.fromEntries(
    (
      [
        { kind: 'output', index: 1 },
        { kind: 'max' },
        { kind: 'lse', lambda: 3 },
        { kind: 'gap', lambda: 3 },
        { kind: 'softmax', index: 1, lambda: 2 },
        { kind: 'argmax', index: 0, wins: 'least' },
        { kind: 'class', wins: 'greatest' },
        { kind: 'margin', wins: 'least' },
        { kind: 'sigmoid', index: 0 },
        { kind: 'tanh', index: 1 },
      ] as const
    ).map((readout) => [
      `identity-${readout.kind}`,
      { field: { network: { kind: 'identity' }, slice: TILTED, readout } },
    ]),
  ),
  ...Object.fromEntries(
    ACTIVATION_KINDS.map((kind) => [
      `explicit-${kind.toLowerCase()}`,
      {
        field: {
          network: { kind: 'explicit', layers: [{ ...FIRST, activation: own(kind) }, LAST] },
          slice: { origin: [0.1, 0, -0.3], axis1: [1, 0.5, 0], axis2: [0, 1, -2] },
          readout: { kind: 'softmax', index: 0, lambda: 1.5 },
        },
        quantity: 'gradientNorm',
      },
    ]),
  ),
  'prelu-hinges': {
    field: {
      network: {
        kind: 'explicit',
        layers: [{ ...FIRST, activation: own('prelu') }, LAST],
      },
      slice: { origin: [0.1, 0, -0.3], axis1: [1, 0.5, 0], axis2: [0, 1, -2] },
      readout: { kind: 'margin' },
    },
    hinges: true,
  },
  'neuron-preactivation': {
    field: {
      network: { kind: 'drawn', widths: [2, 6, 4, 3], activation: 'relu', seed: 9 },
      readout: { kind: 'neuron', layer: 1, index: 2, stage: 'preactivation' },
    },
    quantity: 'region',
    hinges: true,
  },
  'neuron-activation': {
    field: {
      network: { kind: 'drawn', widths: [2, 6, 4, 3], activation: 'relu', seed: 9 },
      readout: { kind: 'neuron', layer: 0, index: 2, stage: 'activation' },
    },
    quantity: 'region',
    hinges: true,
  },
  'least-regions': {
    field: { network: AFFINE, readout: { kind: 'class', wins: 'least' } },
    quantity: 'region',
    hinges: true,
  },
  'sigmoid-regions': {
    field: { network: AFFINE, readout: { kind: 'sigmoid', index: 1 } },
    quantity: 'region',
    hinges: true,
  },
  'output-hinges': {
    field: { network: AFFINE, readout: { kind: 'output', index: 2 } },
    hinges: true,
  },
  // A single output has no margin: the picture is level.
  'single-margin': {
    field: { ...SINGLE, readout: { kind: 'margin' } },
    norm: 'symlog',
    contours: { filled: true, lines: true, count: 10 },
    hinges: true,
  },
  'single-gap': {
    field: { ...SINGLE, readout: { kind: 'gap', lambda: 2 } },
    norm: 'equalized',
    contours: { filled: true, lines: true, count: 10 },
    hinges: true,
  },
  'deep-identity': {
    field: { network: { kind: 'identity' }, slice: TILTED, readout: { kind: 'softmax', index: 1 } },
    view: { center: [3.1, 0.7], centerLow: [1e-16, 0], halfWidth: 1e-12 },
  },
  'model-margin': {
    field: {
      network: { kind: 'model', id: FROM_FILE.id },
      slice: TILTED,
      readout: { kind: 'margin', wins: 'greatest' },
    },
    quantity: 'partial2',
  },
  'deep-slice': {
    field: {
      network: { kind: 'drawn', widths: [4, 6, 3], activation: 'abs', seed: 6 },
      slice: { origin: [0, 0, 1, 2], axis1: [1, 0, 0, 0.5], axis2: [0, 1, -1, 0] },
      readout: { kind: 'lse', lambda: 5 },
    },
    view: { center: [1000.3, -200.7], centerLow: [3e-14, 0], halfWidth: 1e-12 },
    quantity: 'gradientNorm',
  },
};

/** States that together reach every branch of the snippet, by name. */
export const SNIPPET_STATES: readonly (readonly [name: string, state: State])[] = Object.entries(
  PARTS,
).map(([name, part]) => [name, validateState(part)]);
