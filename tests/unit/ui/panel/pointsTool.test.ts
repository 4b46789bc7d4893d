import { expect, test } from 'vitest';
import { DEFAULT_STATE } from '../../../../src/state/defaults.ts';
import { applyPatch } from '../../../../src/state/patch.ts';
import { PointsTool } from '../../../../src/ui/panel/pointsTool.ts';
import { PictureGeometry } from '../../../../src/view/pictureGeometry.ts';

const THREE = {
  data: {
    kind: 'points',
    x: [
      [0.5, 0.5],
      [-0.5, 0.25],
      [0.1, 0],
    ],
    y: [0, 1, 1],
  },
  view: { center: [0, 0], halfWidth: 1 },
};

function toolOn(patch: object) {
  const session = { state: applyPatch(DEFAULT_STATE, patch) };
  const geometry = Object.assign(new PictureGeometry(), { width: 200, height: 200 });
  const tool = new PointsTool({
    session,
    geometry,
    edit: (part) => {
      session.state = applyPatch(session.state, part);
    },
    explain: () => undefined,
    onChange: () => undefined,
  });
  tool.on = true;
  const points = () => session.state.data as unknown as { x: number[][]; y: number[] };
  return { tool, session, points };
}

test('the keyboard chooses the nearest point, then the next, and around', () => {
  const { tool } = toolOn(THREE);
  expect(tool.chosen).toBeNull();
  tool.choose(1, tool.middle);
  expect(tool.chosen).toMatchObject({ index: 2, count: 3, label: 1, place: [0.1, 0] });
  // 100 pixels are a half-width.
  expect(tool.chosen!.at.map(Math.round)).toEqual([110, 100]);
  tool.choose(1, tool.middle);
  expect(tool.chosen!.index).toBe(0);
  tool.choose(-1, tool.middle);
  tool.choose(-1, tool.middle);
  expect(tool.chosen!.index).toBe(1);
});

test('arrows move the chosen point by a fiftieth of the half-width, or a tenth of that', () => {
  const { tool, points } = toolOn(THREE);
  expect(tool.moveChosen([1, 0], false)).toBe(false);
  tool.choose(1, tool.middle);
  expect(tool.moveChosen([-1, 0], false)).toBe(true);
  tool.moveChosen([0, 1], true);
  expect(points().x).toEqual([...THREE.data.x.slice(0, 2), [0.08, 0.002]]);
  expect(tool.chosen!.place).toEqual([0.08, 0.002]);
});

test('delete takes the chosen point away, and nothing is chosen then', () => {
  const { tool, session, points } = toolOn(THREE);
  tool.choose(1, tool.middle);
  expect([tool.removeChosen(), tool.removeChosen()]).toEqual([true, false]);
  expect(points().x).toEqual(THREE.data.x.slice(0, 2));
  expect(tool.chosen).toBeNull();
  // What an undo takes away is chosen no longer.
  tool.choose(1, [150, 50]);
  tool.choose(1, [150, 50]);
  session.state = applyPatch(session.state, { data: { kind: 'points', x: [[0, 0]], y: [0] } });
  expect(tool.chosen).toBeNull();
  expect([tool.release(), tool.moveChosen([1, 0], false)]).toEqual([false, false]);
});

test('a point beside the slice moves along it, and stays as far away', () => {
  const { tool, points } = toolOn({
    field: {
      network: { kind: 'drawn', widths: [3, 4, 2] },
      slice: { origin: [0, 0, 1], axis1: [1, 0, 0], axis2: [0, 2, 0] },
      readout: { kind: 'class' },
    },
    data: { kind: 'points', x: [[0.25, 0.5, 7]], y: [0] },
    view: THREE.view,
  });
  tool.choose(1, tool.middle);
  expect(tool.chosen!.place).toEqual([0.25, 0.25]);
  tool.moveChosen([1, 0], false);
  tool.moveChosen([0, -1], false);
  const [[x, y, z]] = points().x as [number[]];
  expect([Math.abs(x! - 0.27) <= 1e-15, Math.abs(y! - 0.46) <= 1e-15, z]).toEqual([true, true, 7]);
});
