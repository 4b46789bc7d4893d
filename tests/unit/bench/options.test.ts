import { expect, test } from 'vitest';
import { parseOptions } from '../../bench/options.ts';

test('without options everything is measured at the usual grids', () => {
  expect(parseOptions([])).toMatchObject({
    quick: false,
    node: false,
    only: '',
    sections: ['kernels', 'peers', 'page', 'geometry'],
    grids: null,
    peakBytes: null,
  });
});

test('options are read', () => {
  const options = parseOptions([
    '--quick',
    '--grids=500,8192',
    '--sections=page',
    '--peak-flops=2e13',
  ]);
  expect(options).toMatchObject({
    quick: true,
    grids: [500, 8192],
    sections: ['page'],
    peakFlops: 2e13,
  });
});

test.each([
  ['--grids=15', /--grids: received '15', expected integers from 16 to 8192/],
  ['--grids=100.5', /received '100.5'/],
  [
    '--sections=kernel',
    /--sections: received 'kernel', expected one of kernels, peers, page, geometry/,
  ],
  ['--seconds=soon', /--seconds: received 'soon', expected a number of at least 10/],
  ['--peak-bytes=', /--peak-bytes: received ''/],
  ['--fast', /--fast/],
])('%s is refused with what was received and what is expected', (argument, message) => {
  expect(() => parseOptions([argument])).toThrow(message);
});
