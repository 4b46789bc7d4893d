import { expect, test } from 'vitest';
import type { RendererProblem } from '../../../src/screen/canvasRenderer.ts';
import { Problems } from '../../../src/screen/problems.ts';

test('the end of problems is told once, and only if there were some', () => {
  const told: (string | null)[] = [];
  const problems = new Problems({
    onProblem: (problem) => told.push(problem?.message ?? null),
  });
  const problem: RendererProblem = { kind: 'lost', message: 'lost', fatal: false };
  problems.clear();
  problems.tell(problem);
  problems.tell(problem);
  problems.clear();
  problems.clear();
  expect(told).toEqual(['lost', 'lost', null]);
});
