import { expect, test } from 'vitest';
import { READOUT_LINES } from '../../../src/kernels/readoutLines.ts';

test.each(Object.entries(READOUT_LINES))(
  'in loops, names of an output of %s are not those of variables',
  (_, { base, value, shares, difference }) => {
    for (const passes of [
      [...base, ...value, ...(shares ?? [])],
      [...base, ...difference],
    ]) {
      const gathered = passes.flatMap(({ before = [] }) =>
        before.flatMap((line) => [...line.matchAll(/\bvar (\w+)/g)]),
      );
      const ofOutputs = passes.flatMap(({ define, gather }) =>
        [...(define?.('', 'k') ?? []), ...(gather?.('', 'k') ?? [])].flatMap((line) => [
          ...line.matchAll(/\blet (\w+)/g),
        ]),
      );
      const names = new Set(ofOutputs.map(([, name]) => name));
      expect(gathered.map(([, name]) => name).filter((name) => names.has(name))).toEqual([]);
    }
  },
);
