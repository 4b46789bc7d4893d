import { beforeEach, describe, expect, test } from 'vitest';
import { listModel, unlistModel } from '../../../../src/model/models.ts';
import { AwaitedLink } from '../../../../src/ui/models/awaitedLink.ts';
import type { Messages } from '../../../../src/ui/page/messages.ts';
import { forgetModels, modelOfFile } from '../../models/modelFields.ts';

beforeEach(forgetModels);

/** A link with its messages; `asked` are those that are shown. */
function createLink() {
  const asked: string[] = [];
  const opened: string[] = [];
  const ask: Messages['ask'] = (text) => {
    asked.push(text);
    return () => asked.splice(asked.indexOf(text), 1);
  };
  const link = new AwaitedLink({ ask } as Messages, () => undefined);
  const open = (text: string) => link.open(text, 'This link', () => opened.push(text));
  return { link, open, asked, opened };
}

const [small, elu] = ['small.npz', 'elu.npz'].map(modelOfFile);
const textOf = (...ids: string[]) =>
  `v=2${ids.map((id, i) => `&panel=${i + 1}&network=model&model=${id}~~of%20${i}`).join('')}`;

describe('a link to networks that it does not hold', () => {
  test('opens at once if they are here', () => {
    const { link, open, asked, opened } = createLink();
    expect(open('v=2&network=identity')).toBe(true);
    listModel(small!);
    expect(open(textOf(small!.id))).toBe(true);
    unlistModel(small!.id);
    expect([opened.length, asked, link.isWaiting]).toEqual([2, [], false]);
  });

  test('waits until all of them have come', () => {
    const { link, open, asked, opened } = createLink();
    expect(open(textOf(small!.id, elu!.id))).toBe(false);
    expect(asked).toEqual([
      'This link shows networks whose weights it does not hold: “of 0”, “of 1”. Drop their files on this page.',
    ]);
    expect([link.needs(small!.id), link.needs('another')]).toEqual([true, false]);
    listModel(small!);
    link.notice();
    expect([opened.length, link.needs(small!.id), link.needs(elu!.id)]).toEqual([0, false, true]);
    listModel(elu!);
    link.notice();
    link.notice();
    expect([opened.length, asked, link.isWaiting]).toEqual([1, [], false]);
    unlistModel(small!.id, elu!.id);
  });

  test('gives way to the next link', () => {
    const { link, open, asked, opened } = createLink();
    open(textOf(small!.id));
    open('v=2&network=identity');
    listModel(small!);
    link.notice();
    unlistModel(small!.id);
    expect([opened, asked]).toEqual([['v=2&network=identity'], []]);
  });
});
