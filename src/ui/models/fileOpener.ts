import { InvalidInputError } from '../../input/invalidInput.ts';
import type { Model } from '../../model/models.ts';
import { ModelFileError } from '../../models/modelFile.ts';
import { readModel } from '../../models/readModel.ts';
import { groupModelFiles } from '../../models/readModelFile.ts';
import { formatCount } from '../../scales/format.ts';
import { chooseFiles } from '../dom/files.ts';
import { isPicture } from '../exporting/droppedPicture.ts';
import type { Messages } from '../page/messages.ts';
import { readModelInput } from './modelInput.ts';

export interface FileHost {
  readonly messages: Messages;
  openPicture(file: File): Promise<void>;
  /** Lists models. */
  add(models: readonly Model[]): void;
  /** Lists a model and shows it. */
  open(model: Model): void;
}

/** More messages about files would hide the page. */
const WARNINGS_MAX = 3;

/** Opens files that a person drops or chooses: saved pictures, and networks in any of the formats that can be read. */
export class FileOpener {
  constructor(private readonly host: FileHost) {}

  choose(accept = ''): void {
    chooseFiles(accept, (files) => void this.open(files));
  }

  /** Shows the first network as soon as it is read, and lists the others. */
  async open(files: readonly File[]): Promise<void> {
    const models: File[] = [];
    for (const file of files) {
      if (await isPicture(file)) await this.host.openPicture(file);
      else models.push(file);
    }
    if (models.length > 0) await this.#openModels(models);
  }

  async #openModels(files: readonly File[]): Promise<void> {
    const wrong: string[] = [];
    const groups = await this.#group(files, wrong);
    const others: Model[] = [];
    let count = 0;
    for (const group of groups) {
      const model = attempt(() => readModel(group), wrong);
      if (model !== null) {
        count += 1;
        if (count === 1) this.host.open(model);
        else others.push(model);
      }
      await nextTask();
    }
    if (others.length > 0) {
      this.host.add(others);
      this.host.messages.note(
        `${formatCount(count)} networks are listed in the controls, under Network; the first is shown.`,
      );
    }
    this.#warn(wrong);
  }

  async #group(files: readonly File[], wrong: string[]) {
    try {
      return groupModelFiles(await readModelInput(files));
    } catch (error) {
      wrong.push(describe(error));
      return [];
    }
  }

  #warn(wrong: readonly string[]): void {
    for (const message of wrong.slice(0, WARNINGS_MAX)) this.host.messages.warn(message);
    const more = wrong.length - WARNINGS_MAX;
    if (more > 0) {
      this.host.messages.warn(`${more} more ${more === 1 ? 'file' : 'files'} could not be read.`);
    }
  }
}

function attempt(read: () => Model, wrong: string[]): Model | null {
  try {
    return read();
  } catch (error) {
    wrong.push(describe(error));
    return null;
  }
}

/** @throws anything but a message for people */
function describe(error: unknown): string {
  const isForPeople = error instanceof ModelFileError || error instanceof InvalidInputError;
  // A file that was moved or changed meanwhile cannot be read.
  if (isForPeople || error instanceof DOMException) return error.message;
  throw error;
}

/** Lets the page draw and answer between two files. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
