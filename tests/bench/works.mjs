// What is measured. Times of the wide networks run to seconds, so they get fewer rounds.

const mlp = (...widths) => ({ kind: 'mlp', widths, activation: 'relu', seed: 0, outputBias: null });
const lse = (count) => ({
  kind: 'lse',
  lambda: 1,
  logits: count === 2 ? null : { count, seed: 0 },
});

const SMALL = [
  { name: '2-20-1', field: mlp(2, 20, 1) },
  { name: '2-5-5-5-5-1', field: mlp(2, 5, 5, 5, 5, 1) },
  { name: 'lse, K = 2', field: lse(2) },
  { name: 'lse, K = 10', field: lse(10) },
];
const WIDE = [
  // Plain JavaScript takes up to a minute for one grid of these.
  { name: '2-64-64-64-1', field: mlp(2, 64, 64, 64, 1), rounds: 3, without: ['plain JS'] },
  {
    name: '2-256-256-1',
    field: mlp(2, 256, 256, 1),
    side: 512,
    rounds: 1,
    without: ['plain JS', 'PyTorch'],
  },
];

export function mainWorks(quick) {
  const fields = quick ? SMALL : [...SMALL, ...WIDE];
  return fields.flatMap((field) =>
    [false, true].map((gradient) => ({
      side: 1024,
      rounds: quick ? 5 : 11,
      ...field,
      gradient,
    })),
  );
}

/** How cost grows with the number of points. */
export function sizeWorks() {
  const [shallow, deep] = SMALL;
  return [
    ...[shallow, deep].flatMap((field) =>
      [false, true].map((gradient) => ({ ...field, side: 500, gradient, rounds: 7 })),
    ),
    { ...shallow, side: 4096, gradient: false, rounds: 2 },
    { ...deep, side: 4096, gradient: false, rounds: 2 },
    { ...deep, side: 8192, gradient: false, rounds: 1, without: ['PyTorch', 'plain JS'] },
  ];
}

/** The peers' own WebGPU backends, slow on a software adapter. */
export function smallGridWorks() {
  return SMALL.slice(0, 2).map((field) => ({ ...field, side: 128, gradient: false, rounds: 3 }));
}
