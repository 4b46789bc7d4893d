import { InvalidInputError } from '../../input/invalidInput.ts';
import type { Model } from '../../model/models.ts';
import { ModelFileError } from '../../models/modelFile.ts';
import type { NamedFile } from '../../models/readModelFile.ts';
import { FileReading } from '../../reading/fileReading.ts';
import type { PointsPlane } from '../../reading/readingWork.ts';
import type { Activity, Messages } from '../page/messages.ts';

/** More messages about files would hide the page. */
const WARNINGS_MAX = 3;

/** Reading the files of one drop: what takes long shows its progress and can be cancelled, and what is wrong is said at the end. */
export class DropReading {
  readonly #messages: Messages;
  readonly #work = new FileReading();
  readonly #abort = new AbortController();
  readonly #wrong: string[] = [];
  #activity: Activity | null = null;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** null if it is none. */
  model(files: readonly NamedFile[]): Promise<Model | null> {
    return this.attempt(this.#work.readModel(files, this.#abort.signal));
  }

  /**
   * The plane of a file's points, in the space of so many inputs; null if it has none.
   * @param isGuess whether nobody said that there are points: then nothing is wrong
   */
  async plane(file: NamedFile, inputs: number, isGuess: boolean): Promise<PointsPlane | null> {
    const onProgress = (share: number) => {
      this.#activity ??= this.#messages.begin(`Reading the points of ${file.name}`, () =>
        this.#abort.abort(),
      );
      this.#activity.showProgress(share);
    };
    const known = this.#wrong.length;
    const reading = this.#work.findPlane(file, inputs, this.#abort.signal, onProgress);
    const plane = await this.attempt(reading);
    // What reading it as a network said of it stands only if it has no points either.
    if (isGuess) this.#wrong.length = plane === null ? known : 0;
    return plane;
  }

  /** What a promise gives; null if a person cancels it, or if it rejects with a message for people, which `end` shows. */
  async attempt<T>(read: Promise<T>): Promise<T | null> {
    try {
      return await read;
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#wrong.push(describe(error));
      return null;
    }
  }

  /**
   * Frees the worker, and says what was wrong.
   * @returns takes away what was said
   */
  end(): () => void {
    this.#work.end();
    this.#activity?.end();
    const more = this.#wrong.length - WARNINGS_MAX;
    const messages = this.#wrong.slice(0, WARNINGS_MAX);
    if (more > 0) messages.push(`${more} more ${more === 1 ? 'file' : 'files'} could not be read.`);
    const warnings = messages.map((message) => this.#messages.warn(message));
    return () => {
      for (const remove of warnings) remove();
    };
  }
}

/** @throws anything but a message for people */
function describe(error: unknown): string {
  const isForPeople = error instanceof ModelFileError || error instanceof InvalidInputError;
  // A file that was moved or changed meanwhile cannot be read.
  if (isForPeople || error instanceof DOMException) return error.message;
  throw error;
}
