import { expect, test } from './fixtures.ts';

test('a script’s run on the digits shows its classes in the plane of the main directions', async ({
  reluscope,
}) => {
  const network = { kind: 'drawn', widths: [64, 10], initialization: 'zeros', seed: 0 };
  await reluscope.set({ run: { recipe: { data: { kind: 'digits' }, network, steps: 5 } } });
  const { field, view } = await reluscope.state();
  expect(field.readout.kind).toBe('class');
  // Of the two pixels that vary in the default plane, one is the same in all digits.
  expect(field.slice!.axis1.filter((entry) => Math.abs(entry) > 0.01).length).toBeGreaterThan(20);
  expect(view.halfWidth).toBeGreaterThan(10);
});
