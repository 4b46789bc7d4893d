import { expect, test } from 'vitest';
import { composeCulled, EVALUATING, MAKING_NETWORKS } from '../../../src/kernels/composeCulled.ts';
import { composeEvaluate, composeSeries, hasSeries } from '../../../src/kernels/composeEvaluate.ts';
import { composeLayered } from '../../../src/kernels/composeLayered.ts';
import { logitCode } from '../../../src/kernels/logitFields.ts';
import { mlpCode, mlpKey } from '../../../src/kernels/mlp.ts';
import type { Family, NetworkShape } from '../../../src/kernels/mlpFamilies.ts';
import { outputsCode } from '../../../src/kernels/mlpOutputs.ts';
import type { Reads } from '../../../src/kernels/reads.ts';
import { allShaderSources } from '../../kernels/shaderVariants.ts';

// Generated code is read here as a person would review it: a change of a generator shows as a diff.

function entryPointOf(source: string): string {
  return source.slice(source.indexOf('@compute'));
}

function shapeOf(family: Family, ...hidden: number[]): NetworkShape {
  const numbers = hidden.map((_, layer) => layer + 1);
  return { hidden, family, numbers, isOneToOne: hidden.map(() => false) };
}

const reluShape = (...hidden: number[]) => shapeOf('relu', ...hidden);

test('value and gradient of a network 2-2-1', () => {
  const code = mlpCode(reluShape(2));
  expect(entryPointOf(composeEvaluate(code, 'valueAndGradient'))).toMatchSnapshot();
});

test('value and gradient of two clamps', () => {
  const shape = { ...reluShape(2, 2), numbers: [1, 1], isOneToOne: [false, true] };
  expect(mlpCode(shape).general.valueAndGradient).toMatchSnapshot();
  expect(mlpKey(shape)).toBe('mlp relu 2-2=2-1 1,1');
});

test('value of lse over two logits', () => {
  const code = logitCode('lse', 2, 'logits');
  expect(entryPointOf(composeEvaluate(code, 'value'))).toMatchSnapshot();
});

test('value and gradient of lse over two logits by its series', () => {
  const code = logitCode('lse', 2, 'logits');
  expect(entryPointOf(composeSeries(code, 'valueAndGradient'))).toMatchSnapshot();
  expect(composeSeries(code, 'gradientNorm')).not.toMatch(/^\s*\/\/#/m);
});

test('class of a network 2-1-2, and where it changes', () => {
  const code = outputsCode(shapeOf('leaky', 1), 2, 'class');
  expect(entryPointOf(composeEvaluate(code, 'value'))).toMatchSnapshot('value');
  expect(entryPointOf(composeEvaluate(code, 'boundary', 'logRadial'))).toMatchSnapshot('boundary');
});

test('value and gradient of softmax of a network 2-1-2', () => {
  const code = outputsCode(reluShape(1), 2, 'softmax');
  // The forms for tiles have snapshots of their own.
  expect(code.general.valueAndGradient).toMatchSnapshot();
});

test('lse has a series for values and gradients of plane pictures, other fields none', () => {
  const lse = logitCode('lse', 3, 'logits');
  for (const output of ['value', 'partial2', 'gradientDirection', 'valueAndGradient'] as const) {
    expect(hasSeries(lse, output, 'plane')).toBe(true);
    expect(hasSeries(lse, output, 'logRadial')).toBe(false);
    expect(hasSeries(logitCode('gap', 3, 'logits'), output, 'plane')).toBe(false);
    expect(hasSeries(mlpCode(reluShape(3)), output, 'plane')).toBe(false);
  }
  expect(hasSeries(lse, 'npGradientRows', 'plane')).toBe(false);
  expect(() => composeSeries(lse, 'region')).toThrow("has no series for 'region'");
});

test('value and gradient of a leaf of a wide network', () => {
  const source = composeCulled('relu', 'valueAndGradient');
  const [, two] = source.split('for (var turn = 0u; turn < once((open >= 0u)');
  expect(two!.slice(0, two!.indexOf('for (var turn'))).toMatchSnapshot(
    'with up to two open neurons',
  );
  const looped = source.slice(source.indexOf('fn evaluateLooped'), source.indexOf('fn indexOf'));
  expect(looped).toMatchSnapshot('with many');
});

test('the network of a leaf read by a loop: each of its quads has a place of its own', () => {
  const leaf = (reads: Reads) => {
    const source = composeCulled('relu', 'value', { kind: 'max', count: 2, rows: 2 }, reads);
    return source.slice(
      source.indexOf('fn evaluate('),
      source.indexOf('// What neurons contribute'),
    );
  };
  const [lines, held] = [leaf('by lines'), leaf('by loop')];
  expect(held.slice(held.indexOf('var held'), held.indexOf('for (var turn'))).toMatchSnapshot();
  const read = [...lines.matchAll(/nets\[.*?\)\]/g)].map(String);
  const kept = [...held.slice(held.indexOf('for (var turn')).matchAll(/held\[\d+\]/g)].map(String);
  expect(kept.length).toBe(read.length);
  expect(new Set(read.map((quad, i) => `${quad} ${kept[i]}`)).size).toBe(new Set(read).size);
});

/** The functions and constants that an entry point uses, itself among them. */
function reachedFrom(entry: string, source: string): string[] {
  const code = source.replace(/\/\/.*/g, '');
  // Lines that were filled in are not indented: a function ends where an empty line or another entry point follows.
  const declarations = new Map(
    [/^fn (\w+)\([\s\S]*?^}(?=\n\n|\n@|\n?(?![\s\S]))/gm, /^const (\w+).*;$/gm].flatMap((pattern) =>
      [...code.matchAll(pattern)].map(([text, name]) => [name!, text] as const),
    ),
  );
  const reached = new Set([entry]);
  for (const name of reached) {
    for (const [word] of declarations.get(name)!.matchAll(/\w+/g)) {
      if (declarations.has(word)) reached.add(word);
    }
  }
  return [...reached].map((name) => declarations.get(name)!);
}

test.each(['relu', 'abs'] as const)(
  'outputs of wide %s networks share the same networks',
  (name) => {
    const [value, gradient] = [composeCulled(name, 'value'), composeCulled(name, 'partial1')];
    for (const entry of MAKING_NETWORKS) {
      expect(reachedFrom(entry, gradient), entry).toEqual(reachedFrom(entry, value));
      expect(reachedFrom(entry, value).length).toBeGreaterThan(3);
    }
    for (const entry of EVALUATING) {
      expect(reachedFrom(entry, gradient), entry).not.toEqual(reachedFrom(entry, value));
    }
  },
);

test('every line to fill in is filled in', () => {
  for (const { name, code } of allShaderSources()) expect(code, name).not.toMatch(/^\s*\/\/#/m);
});

test('kernels of log-radial pictures look at no tile, and place each sample by itself', () => {
  const codes = [
    mlpCode(reluShape(3, 2)),
    logitCode('lse', 3, 'logits'),
    outputsCode(reluShape(3, 2), 3, 'softmax'),
  ];
  for (const output of ['value', 'region', 'hinge', 'gradientNorm', 'valueAndGradient'] as const) {
    const sources = [
      ...codes.map((code) => entryPointOf(composeEvaluate(code, output, 'logRadial'))),
      entryPointOf(composeLayered('relu', 'relu', output, 'logRadial')),
    ];
    for (const source of sources) {
      expect(source).toContain('placeOf(column, line)');
      expect(source).not.toMatch(/tileX|across|grid\.step|^\s*\/\/#/m);
    }
  }
});
