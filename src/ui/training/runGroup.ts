import type { Motion, Session } from '../panel/session.ts';
import type { PanelRun } from './panelRun.ts';
import type { Player } from './runButtons.ts';

export interface GroupMember {
  readonly run: Pick<PanelRun, 'caughtUp' | 'hasFailed'>;
  readonly session: Pick<Session, 'hold'>;
}

export interface GroupHost {
  /** Those that are led now. */
  readonly members: readonly GroupMember[];
  /** Where the runs are. */
  readonly step: number;
  /** The last step. */
  readonly last: number;
  /** Leads all members to a step. */
  goTo(step: number, motion: Motion): void;
  /** Resolves when there may be another picture. */
  nextFrame(): Promise<unknown>;
  /** Whether a file is being drawn: what plays waits. */
  isDrawingFile(): boolean;
  /** It plays, or does so no longer. */
  onChange(): void;
}

/** Where the pace is `as many as fit`, it grows while pictures come faster than the first time, and shrinks beyond the second. */
const FITTING_MS = [40, 80] as const;

/** Runs of several panels that go on together: the next step comes when all of them have shown the one before. */
export class RunGroup implements Player {
  pace = 1;
  readonly #host: GroupHost;
  readonly #now: () => number;
  /** Set while it plays: lets the movements of the panels end. */
  #release: (() => void) | null = null;
  #fitting = 1;

  /** @param now milliseconds, as `performance.now` */
  constructor(host: GroupHost, now = () => performance.now()) {
    this.#host = host;
    this.#now = now;
  }

  get isPlaying(): boolean {
    return this.#release !== null;
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else void this.play();
  }

  /** Resolves when it plays no longer. */
  async play(): Promise<void> {
    if (this.isPlaying) return;
    const release = this.#hold();
    this.#release = release;
    this.#host.onChange();
    // At the end it starts again.
    if (this.#host.step >= this.#host.last) this.#host.goTo(0, 'moving');
    while (this.#release === release && this.#goesOn) await this.#advance();
    if (this.#release === release) this.pause();
  }

  pause(): void {
    const release = this.#release;
    if (release === null) return;
    this.#release = null;
    release();
    this.#host.onChange();
  }

  stepOnce(): void {
    this.goTo(this.#host.step + (this.#goesOn ? 1 : 0));
  }

  reset(): void {
    this.goTo(0);
  }

  /** Goes to a step, and plays no longer. */
  goTo(step: number, motion: Motion = 'still'): void {
    this.pause();
    this.#host.goTo(step, motion);
  }

  /** Whether there is another step, and a run that can make it. */
  get #goesOn(): boolean {
    const { members, step, last } = this.#host;
    return step < last && !members.every(({ run }) => run.hasFailed);
  }

  async #advance(): Promise<void> {
    if (this.#host.isDrawingFile()) {
      await this.#host.nextFrame();
      return;
    }
    const { members, step, last } = this.#host;
    const start = this.#now();
    const paces = Number.isFinite(this.pace) ? this.pace : this.#fitting;
    this.#host.goTo(Math.min(last, step + paces), 'moving');
    await Promise.all([...members.map(({ run }) => run.caughtUp()), this.#host.nextFrame()]);
    const took = this.#now() - start;
    if (took < FITTING_MS[0]) this.#fitting *= 2;
    else if (took > FITTING_MS[1]) this.#fitting = Math.max(1, this.#fitting / 2);
  }

  #hold(): () => void {
    const ends = this.#host.members.map(({ session }) => session.hold());
    return () => {
      for (const end of ends) end();
    };
  }
}
