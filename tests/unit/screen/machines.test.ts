import { expect, test, vi } from 'vitest';
import { GpuError } from '../../../src/gpu/errors.ts';
import type { SharedDevice } from '../../../src/gpu/sharedDevice.ts';
import { type Machine, Machines } from '../../../src/screen/machines.ts';

function makeDevice() {
  const device = { isGone: false, destroy: vi.fn(async () => undefined) };
  return { device, machine: { device: device as unknown as SharedDevice } satisfies Machine };
}

test('all draw on one machine, which ends with the last of them', async () => {
  const { device, machine } = makeDevice();
  const find = vi.fn(async (): Promise<Machine> => machine);
  const machines = new Machines(find);
  const [first, second] = [machines.lease(), machines.lease()];
  expect(await first.machine).toBe(machine);
  expect(await second.machine).toBe(machine);
  expect(find).toHaveBeenCalledTimes(1);

  first.release();
  first.release();
  await second.machine;
  expect(device.destroy).not.toHaveBeenCalled();
  second.release();
  await vi.waitFor(() => expect(device.destroy).toHaveBeenCalledTimes(1));

  machines.lease();
  expect(find).toHaveBeenCalledTimes(2);
});

test('one that is released before it has come ends when it comes', async () => {
  const { device, machine } = makeDevice();
  let come!: (machine: Machine) => void;
  const coming = new Promise<Machine>((resolve) => {
    come = resolve;
  });
  const next = makeDevice();
  const find = vi.fn<() => Promise<Machine>>().mockReturnValueOnce(coming);
  find.mockResolvedValueOnce(next.machine);
  const machines = new Machines(find);
  machines.lease().release();
  const later = machines.lease();
  come(machine);
  expect(await later.machine).toBe(next.machine);
  expect(device.destroy).toHaveBeenCalledTimes(1);
  expect(machines.lease().machine).toBe(later.machine);
});

test('what was not there, has failed or is gone is asked for again', async () => {
  const { device, machine } = makeDevice();
  const none: Machine = { device: null, reason: new GpuError('no-webgpu', 'none') };
  const find = vi.fn<() => Promise<Machine>>().mockResolvedValueOnce(none);
  find.mockRejectedValueOnce(new Error('broken')).mockResolvedValue(machine);
  const machines = new Machines(find);
  expect(await machines.lease().machine).toBe(none);
  await expect(machines.lease().machine).rejects.toThrow('broken');
  expect(await machines.lease().machine).toBe(machine);
  expect(find).toHaveBeenCalledTimes(3);
  device.isGone = true;
  machines.lease();
  expect(find).toHaveBeenCalledTimes(4);
});
