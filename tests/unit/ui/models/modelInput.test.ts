import { expect, test } from 'vitest';
import { ModelFileError } from '../../../../src/models/modelFile.ts';
import { isPicture } from '../../../../src/ui/exporting/droppedPicture.ts';
import { readEachFile, readModelInput } from '../../../../src/ui/models/modelInput.ts';

/** What a browser makes of a folder that is dropped. */
class Folder extends File {
  override arrayBuffer(): Promise<never> {
    const reason = 'A requested file or directory could not be found.';
    return Promise.reject(new DOMException(reason, 'NotFoundError'));
  }
}

test('a folder among files is refused by its name', async () => {
  const files = [new File(['{}'], 'a.json'), new Folder([], 'networks')];
  const refused = await readModelInput(files).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ModelFileError);
  expect((refused as Error).message).toBe(
    'networks cannot be read: A requested file or directory could not be found. Files can be read, not a folder of them.',
  );
});

test('the files beside a folder are read, and the folder is told of', async () => {
  const wrong: unknown[] = [];
  const attempt = <T>(reading: Promise<T>) =>
    reading.catch((error: unknown) => {
      wrong.push(error);
      return null;
    });
  const files = [new Folder([], 'networks'), new File(['{}'], 'a.json')];
  const read = await readEachFile(files, attempt);
  expect(read).toEqual([{ name: 'a.json', bytes: new TextEncoder().encode('{}') }]);
  expect(wrong).toEqual([expect.any(ModelFileError)]);
});

test('a folder is no saved picture', async () => {
  class Unreadable extends Folder {
    override slice(): Folder {
      return this;
    }
  }
  expect(await isPicture(new Unreadable([], 'networks'))).toBe(false);
});
