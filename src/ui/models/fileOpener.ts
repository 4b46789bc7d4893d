import { InvalidInputError } from '../../input/invalidInput.ts';
import { lookAtPoints, type PointsLook } from '../../model/firstLook.ts';
import type { Model } from '../../model/models.ts';
import { ModelFileError } from '../../models/modelFile.ts';
import { isPoints, readPoints } from '../../models/points.ts';
import { readModel } from '../../models/readModel.ts';
import { groupModelFiles, type NamedFile } from '../../models/readModelFile.ts';
import { formatCount } from '../../scales/format.ts';
import { chooseFiles } from '../dom/files.ts';
import { isPicture } from '../exporting/droppedPicture.ts';
import type { Messages } from '../page/messages.ts';
import { readModelInput } from './modelInput.ts';

export interface FileHost {
  readonly messages: Messages;
  openPicture(file: File): Promise<void>;
  /** Lists a model. */
  add(model: Model): void;
  /** Lists a model and shows it. */
  open(model: Model): void;
  /** Of the network whose plane points span. */
  inputs(): number;
  showPlane(look: PointsLook): void;
}

/** More messages about files would hide the page. */
const WARNINGS_MAX = 3;

/**
 * Opens files that a person drops or chooses: saved pictures, networks in any of the formats that can be read, and points that
 * span a plane in the input space of the network that is shown.
 */
export class FileOpener {
  constructor(private readonly host: FileHost) {}

  choose(accept = ''): void {
    chooseFiles(accept, (files) => void this.open(files));
  }

  choosePoints(): void {
    chooseFiles('.npy,.npz,.csv,.tsv,.txt,.dat', (files) => void this.#choosePoints(files));
  }

  /** Shows the first network as soon as it is read, and lists the others as they come. */
  async open(files: readonly File[]): Promise<void> {
    const models: File[] = [];
    for (const file of files) {
      if (await isPicture(file)) await this.host.openPicture(file);
      else models.push(file);
    }
    if (models.length > 0) await this.#openModels(models);
  }

  async #choosePoints(files: readonly File[]): Promise<void> {
    const wrong: string[] = [];
    for (const group of await this.#group(files.slice(0, 1), wrong)) {
      attempt(() => this.#openPoints(group[0]!), wrong);
    }
    this.#warn(wrong);
  }

  /** @throws ModelFileError, InvalidInputError */
  #openPoints(file: NamedFile): void {
    const points = readPoints(file, this.host.inputs());
    this.host.showPlane(lookAtPoints(points));
    const count = formatCount(points.rows);
    this.host.messages.note(
      points.rows === 3
        ? `The plane through the three points of ${file.name}.`
        : `The plane of the two main directions of the ${count} points of ${file.name}.`,
    );
  }

  async #openModels(files: readonly File[]): Promise<void> {
    const wrong: string[] = [];
    const groups = await this.#group(files, wrong);
    const [only] = groups.length === 1 && groups[0]!.length === 1 ? groups[0]! : [];
    if (only && isPoints(only)) {
      attempt(() => this.#openPoints(only), wrong);
      this.#warn(wrong);
      return;
    }
    let count = 0;
    for (const group of groups) {
      const model = attempt(() => readModel(group), wrong);
      // An archive that is no network may hold points.
      if (model === null && only && attempt(() => this.#openPoints(only), []) !== null) return;
      if (model !== null) {
        count += 1;
        if (count === 1) this.host.open(model);
        else this.host.add(model);
      }
      await nextTask();
    }
    if (count > 1) {
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

/** null if it throws a message for people, which `wrong` takes. */
function attempt<T>(read: () => T, wrong: string[]): T | null {
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
