import { readFileSync } from 'node:fs';
import { messageOf } from '../input/messageOf.ts';
import { figureList, render, renderAll, sample } from './commands.ts';
import { helpText } from './help.ts';
import { inspect } from './inspect.ts';
import { type Command, parseCommand } from './options.ts';
import { Progress } from './progress.ts';
import { regions } from './regions.ts';
import { train } from './train.ts';
import { UsageError } from './usageError.ts';

/**
 * Runs a command line.
 *
 * @param args without node and the program.
 * @returns the exit status: 0 success, 1 failure, 2 the command line or a file that it names is wrong.
 */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  let progress: Progress | null = null;
  try {
    const command = parseCommand(args);
    progress = new Progress(process.stderr, 'quiet' in command && command.quiet);
    await run(command, progress);
    return 0;
  } catch (error) {
    progress?.end();
    process.stderr.write(`reluscope: ${messageOf(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  } finally {
    progress?.end();
  }
}

async function run(command: Command, progress: Progress): Promise<void> {
  switch (command.kind) {
    case 'help':
      process.stdout.write(helpText(command.about));
      return;
    case 'version':
      process.stdout.write(`${readVersion()}\n`);
      return;
    case 'render':
      return render(command, progress);
    case 'renderAll':
      return renderAll(command, progress);
    case 'sample':
      return sample(command, progress);
    case 'inspect':
      process.stdout.write(inspect(command.paths, command.slice));
      return;
    case 'regions':
      return regions(command, progress);
    case 'train':
      return train(command, progress);
    case 'figures':
      process.stdout.write(figureList());
      return;
  }
}

/** This file is in src/cli or, built, in dist/cli. */
function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
