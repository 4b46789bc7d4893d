import { pythonFloat, pythonList } from './pythonLiterals.ts';

/** What is known of a field at a point, as it is copied. */
export interface NumbersAtPoint {
  /** What the field is, in words. */
  readonly title: string;
  /** In the plane; with `pointLow`, which is null unless a deep view needs its digits, an exact sum. */
  readonly point: readonly [number, number];
  readonly pointLow: readonly [number, number] | null;
  /** [d] The point of the network's input space; null if that is the plane. */
  readonly input: readonly number[] | null;
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** [K] Of the network; null if the value is its only output. */
  readonly outputs: readonly number[] | null;
  /** Of the outputs, or of the value if they are null, on the region around the point; null if an activation is smooth. */
  readonly maps: readonly { readonly a: readonly [number, number]; readonly b: number }[] | null;
}

/** Assignments that Python reads, each float64 with all its digits. */
export function numbersInPython(numbers: NumbersAtPoint): string {
  const { title, point, pointLow, input, value, gradient, outputs, maps } = numbers;
  const comment = title.replace(/\s+/g, ' ');
  return [
    `# ${comment}`,
    assign('point', point),
    ...(pointLow ? [`${assign('point_low', pointLow)}  # point + point_low, exactly`] : []),
    ...(input ? [assign('x', input)] : []),
    assign('value', value),
    assign('gradient', gradient),
    ...(outputs ? [assign('outputs', outputs)] : []),
    ...(maps ? describeMaps(maps, outputs !== null) : []),
    '',
  ].join('\n');
}

function describeMaps(maps: NonNullable<NumbersAtPoint['maps']>, ofOutputs: boolean): string[] {
  if (ofOutputs) {
    return [
      '# On the region around the point: outputs = weight @ point + bias',
      assign(
        'weight',
        maps.map(({ a }) => a),
      ),
      assign(
        'bias',
        maps.map(({ b }) => b),
      ),
    ];
  }
  const [{ a, b }] = maps as [(typeof maps)[number]];
  return [
    '# On the region around the point: value = weight @ point + bias',
    assign('weight', a),
    assign('bias', b),
  ];
}

function assign(
  name: string,
  value: number | readonly number[] | readonly (readonly number[])[],
): string {
  const text = typeof value === 'number' ? pythonFloat(value) : pythonList(value);
  return `${name} = ${text}`;
}
