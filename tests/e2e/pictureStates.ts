const MLP = { kind: 'mlp', activation: 'relu', outputBias: null } as const;

/** Small cases, each of one thing; every golden picture was looked at before it became one. */
export const PICTURES: Readonly<Record<string, object>> = {
  shallow: {},
  'deep-hinges': { field: { ...MLP, widths: [2, 5, 5, 5, 5, 1], seed: 3 }, hinges: true },
  'lse-contours': {
    field: { kind: 'lse', lambda: 1, logits: null },
    contours: { filled: true, lines: true, count: 12 },
  },
  'max-lines': {
    field: { kind: 'max', logits: { count: 6, seed: 1 } },
    contours: { filled: false, lines: true, count: 12 },
  },
  gap: { field: { kind: 'gap', lambda: 1, logits: { count: 4, seed: 1 } }, colormap: 'magma' },
  softmax: { field: { kind: 'softmax', lambda: 10, component: 1, logits: { count: 5, seed: 2 } } },
  argmax: { field: { kind: 'argmax', component: 2, logits: { count: 5, seed: 2 } } },
  'sigmoid-exercise': {
    field: { kind: 'sigmoid', weight: [1, -1], bias: 0 },
    data: { kind: 'exercise' },
  },
  tanh: {
    field: { kind: 'tanh', weight: [1, 0.5], bias: 0.5 },
    colormap: 'diverging',
    range: { mode: 'symmetric' },
  },
  'prism-gradient': { quantity: 'npGradientRows', colormap: 'prism' },
  regions: { quantity: 'region' },
  direction: { quantity: 'gradientDirection', colormap: 'cyclic' },
  'log-radial': {
    field: { ...MLP, widths: [2, 5, 5, 5, 5, 1], seed: 0 },
    view: { center: [0, 0], halfWidth: 1e4 },
    projection: { kind: 'logRadial', decades: 6 },
    quantity: 'gradientNorm',
    hinges: true,
  },
  'deep-zoom': { view: { center: [1.2345678901, -97.5], halfWidth: 1e-9 } },
};
