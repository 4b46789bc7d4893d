import type { PointsLook } from '../../model/firstLook.ts';
import type { Model } from '../../model/models.ts';
import { isArchive, isPoints } from '../../models/points.ts';
import { groupModelFiles, type NamedFile } from '../../models/readModelFile.ts';
import { formatCount } from '../../scales/format.ts';
import { chooseFiles } from '../dom/files.ts';
import { isPicture } from '../exporting/droppedPicture.ts';
import type { Messages } from '../page/messages.ts';
import { DropReading } from './dropReading.ts';
import { readEachFile } from './modelInput.ts';

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

/**
 * Opens files that a person drops or chooses: saved pictures, networks in any of the formats that can be read, and points that
 * span a plane in the input space of the network that is shown.
 */
export class FileOpener {
  readonly #host: FileHost;
  /** Takes away what was wrong with the files before. */
  #forgetWarnings: () => void = () => undefined;

  constructor(host: FileHost) {
    this.#host = host;
  }

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
      if (await isPicture(file)) await this.#host.openPicture(file);
      else models.push(file);
    }
    if (models.length > 0) await this.#openModels(models);
  }

  #choosePoints(files: readonly File[]): Promise<void> {
    return this.#read(files.slice(0, 1), async ([group], drop) => {
      if (group) await this.#openPoints(group[0]!, drop);
    });
  }

  async #openPoints(file: NamedFile, drop: DropReading, isGuess = false): Promise<void> {
    const plane = await drop.plane(file, this.#host.inputs(), isGuess);
    if (plane === null) return;
    this.#host.showPlane(plane.look);
    const count = formatCount(plane.points);
    this.#host.messages.note(
      plane.points === 3
        ? `The plane through the three points of ${file.name}.`
        : `The plane of the two main directions of the ${count} points of ${file.name}.`,
    );
  }

  #openModels(files: readonly File[]): Promise<void> {
    return this.#read(files, async (groups, drop) => {
      const [only] = groups.length === 1 && groups[0]!.length === 1 ? groups[0]! : [];
      if (only && isPoints(only)) {
        await this.#openPoints(only, drop);
        return;
      }
      let count = 0;
      for (const group of groups) {
        const model = await drop.model(group);
        if (model === null) {
          // An archive that is no network may hold points.
          if (only && isArchive(only)) await this.#openPoints(only, drop, true);
          continue;
        }
        count += 1;
        if (count === 1) this.#host.open(model);
        else this.#host.add(model);
      }
      if (count > 1) {
        this.#host.messages.note(
          `${formatCount(count)} networks are listed in the controls, under Network; the first is shown.`,
        );
      }
    });
  }

  /** Reads files by the networks that they make. */
  async #read(
    files: readonly File[],
    open: (groups: readonly (readonly NamedFile[])[], drop: DropReading) => Promise<void>,
  ): Promise<void> {
    this.#forgetWarnings();
    const drop = new DropReading(this.#host.messages);
    try {
      const named = await drop.attempt(readEachFile(files, (reading) => drop.attempt(reading)));
      if (named !== null) await open(groupModelFiles(named), drop);
    } finally {
      this.#forgetWarnings = drop.end();
    }
  }
}
