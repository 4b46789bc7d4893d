import type { DataSpec } from '../../data/dataSpec.ts';
import { dataSetIfLoaded, loadDataSet } from '../../data/loadDataSet.ts';
import { readDataFile } from '../../data/readDataFile.ts';
import { ModelFileError } from '../../models/modelFile.ts';
import { lookOnceFetched } from '../../state/lookOfRun.ts';
import { chooseFiles } from '../dom/files.ts';
import type { Messages } from '../page/messages.ts';
import type { Motion, Session } from './session.ts';

/** What the data of a panel use of it, and report to it. */
export interface PanelDataHost {
  readonly session: Pick<Session, 'state'>;
  readonly messages: Messages;
  edit(patch: object, motion: Motion): void;
  /** The data set is there now. */
  onFetched(): void;
}

/** The data set over a panel's picture: opened from a file, or fetched. */
export class PanelData {
  readonly #host: PanelDataHost;
  /** The last data set that had to be fetched, and when it is. */
  #fetched: DataSpec | null = null;
  #fetching: Promise<void> = Promise.resolve();

  constructor(host: PanelDataHost) {
    this.#host = host;
  }

  /** Settles when the data set over the picture has been fetched, if it had to be. */
  get fetching(): Promise<void> {
    return this.#fetching;
  }

  /** Lets a person choose a file of points. */
  choose(): void {
    chooseFiles('.csv,.tsv,.txt,.npz', ([file]) => {
      if (file) void this.#open(file);
    });
  }

  /** Fetches what the points of the state's data set need, which the panel shows then. */
  fetch(data: DataSpec | null): void {
    if (data === null || data === this.#fetched) return;
    // Its run may have fetched it before: then there is only its look to come.
    const hasCome = dataSetIfLoaded(data) !== null;
    if (hasCome && lookOnceFetched(this.#host.session.state) === null) return;
    this.#fetched = data;
    this.#fetching = loadDataSet(data).then(
      () => {
        const look = lookOnceFetched(this.#host.session.state);
        if (look) this.#host.edit(look, 'still');
        this.#host.onFetched();
      },
      () => {
        this.#fetched = null;
        this.#host.messages.warn('The data could not be fetched. Check the connection.');
      },
    );
  }

  async #open(file: File): Promise<void> {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      this.#host.edit({ data: readDataFile({ name: file.name, bytes }) }, 'still');
    } catch (error) {
      if (!(error instanceof ModelFileError)) throw error;
      this.#host.messages.warn(error.message);
    }
  }
}
