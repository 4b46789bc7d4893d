import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseCommand } from '../../../src/cli/options.ts';
import { Progress } from '../../../src/cli/progress.ts';
import { train } from '../../../src/cli/train.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

const RECIPE = {
  data: { kind: 'moons', samples: 20 },
  network: { kind: 'drawn', widths: [2, 3, 2] },
  steps: 2,
};

const folder = mkdtempSync(join(tmpdir(), 'reluscope-'));
const pathOf = (name: string) => join(folder, name);

/** Runs a command line, whose words that begin with '@' are files of the folder. */
async function run(line: string): Promise<void> {
  const args = line.split(' ').map((word) => word.replace(/^@/, `${folder}/`));
  const command = parseCommand(['train', ...args, '-q']);
  if (command.kind !== 'train') throw new Error(`read as ${command.kind}`);
  await train(command, new Progress(process.stderr, true));
}

test('a recipe as some editors save it, with a byte order mark, is read', async () => {
  writeFileSync(pathOf('marked.json'), `\ufeff${JSON.stringify(RECIPE)}`);
  await run('@marked.json -o @net.json --losses @losses.csv');
  expect(JSON.parse(readFileSync(pathOf('net.json'), 'utf8')).widths).toEqual([2, 3, 2]);
  expect(readFileSync(pathOf('losses.csv'), 'utf8')).toMatch(/^step,loss\n0,/);
});

test.each([
  ['@folder -o @a.json', 'which is not a file'],
  ['@noData.json -o @a.json', 'train: recipe.data: received undefined, expected an object'],
  ['@recipe.json -o @recipe.json', '-o: received'],
  ['@recipe.json -o @same.json --losses @same.json', '--losses: received'],
  ['@recipe.json -o @a.json --losses @nowhere/a.csv', '--losses: received'],
  ['@recipe.json --frames @recipe.json', '--frames: cannot create the directory'],
  ['@recipe.json --frames @frames', '--frames: received'],
])('train %s is refused before anything is written', async (line, says) => {
  mkdirSync(pathOf('folder'), { recursive: true });
  // A picture that cannot be written.
  mkdirSync(pathOf('frames/0.png'), { recursive: true });
  writeFileSync(pathOf('recipe.json'), JSON.stringify(RECIPE));
  const { data: _, ...rest } = RECIPE;
  writeFileSync(pathOf('noData.json'), JSON.stringify(rest));
  await expect(run(line)).rejects.toThrow(UsageError);
  await expect(run(line)).rejects.toThrow(says);
  expect(JSON.parse(readFileSync(pathOf('recipe.json'), 'utf8'))).toEqual(RECIPE);
});
