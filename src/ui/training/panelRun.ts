import { messageOf } from '../../input/messageOf.ts';
import type { ExplicitSource } from '../../model/networks.ts';
import type { ShownRun } from '../../state/shownRun.ts';
import type { State } from '../../state/state.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Recipe } from '../../training/recipe.ts';
import type { Scores } from '../../training/run.ts';
import type { Motion, Session } from '../panel/session.ts';
import { type Prepared, RunWork } from './runWork.ts';
import { surveySteps } from './surveySteps.ts';

export interface RunHost {
  readonly session: Pick<Session, 'state' | 'moving' | 'held' | 'change' | 'hold'>;
  /** Makes a recipe ready to be trained. */
  prepare(recipe: Recipe): Promise<Prepared>;
  /** Resolves when there may be another picture. */
  nextFrame(): Promise<unknown>;
  /** Whether a file is being drawn: what plays waits. */
  isDrawingFile(): boolean;
  /** Something to show has changed besides the state. */
  onChange(): void;
  /** @returns takes the message away, once it is of no use */
  warn(message: string): () => void;
  /** Makes a change that follows late from the one that asked for a step, and belongs to whoever made that. */
  inWake(change: () => void): void;
  /** The network of a step that is not shown, for the curves; resolves when there may be another one. */
  survey(step: number, network: ExplicitSource): Promise<void>;
}

/** How a network did at a step. */
export interface RunScore {
  readonly step: number;
  readonly scores: Scores;
}

/** What a picture waits for the next one: the worker's share of a frame. */
const FRAME_MS = 12;
/** Between two looks at how far a run has come that takes longer. */
const PIECE_MS = 100;

/** The training run of a panel: keeps the field's network at the state's step, plays, and goes to any step. */
export class PanelRun {
  readonly #host: RunHost;
  #work: RunWork | null = null;
  /** Set while it plays: lets the movement end, which until then is one, and coarse, however slow its pictures are. */
  #letRest: (() => void) | null = null;
  /** Steps for each picture; Infinity for as many as fit into the time of one. */
  pace = 1;
  #task: Promise<void> | null = null;
  #surveying: Promise<void> | null = null;
  /** The message of why nothing can be trained, or no farther: takes it away. */
  #unwarn: (() => void) | null = null;
  /** Whether the recipe cannot be trained. */
  #failed = false;
  #destroyed = false;

  constructor(host: RunHost) {
    this.#host = host;
  }

  get isPlaying(): boolean {
    return this.#letRest !== null;
  }

  /** Losses before each step so far. */
  get losses(): readonly number[] {
    return this.#work?.losses ?? [];
  }

  /** At the steps that were shown or surveyed, in order. */
  get scores(): readonly RunScore[] {
    const scores = this.#work?.scores ?? new Map<number, Scores>();
    return [...scores].map(([step, at]) => ({ step, scores: at })).sort((a, b) => a.step - b.step);
  }

  /** Of a step that was shown or surveyed; null of any other. */
  scoreAt(step: number): Scores | null {
    return this.#work?.scores.get(step) ?? null;
  }

  /** Steps that have been made. */
  get reached(): number {
    return this.losses.length;
  }

  /** Whether data, loss and network do not fit together, or the worker has failed. */
  get hasFailed(): boolean {
    return this.#failed;
  }

  /** Where a run that takes longer is on its way to the state's step; null if it is there. */
  get onItsWay(): number | null {
    const { run } = this.#host.session.state;
    return run && this.#work && !this.isThere(this.#host.session.state) ? this.#work.place : null;
  }

  /** Follows the state: another recipe begins a new run, another step is gone to. */
  follow(state: State): void {
    const { run } = state;
    const { moving, held } = this.#host.session;
    if (run?.recipe !== this.#work?.recipe) {
      this.#end();
      // A slider passes by many recipes, each of which would take a worker: that on which it rests begins.
      if (run !== null && (!moving || held)) this.#begin(run);
    }
    if (run !== null && this.#work && !this.isThere(state)) this.#start();
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  play(): void {
    const { run } = this.#host.session.state;
    if (run === null || this.isPlaying) return;
    // At the end it starts again.
    if (run.step >= run.recipe.steps) this.goTo(0);
    if (this.#failed) this.#tryAgain(run);
    this.#setPlaying(true);
    this.#host.onChange();
    this.#start();
  }

  pause(): void {
    this.#setPlaying(false);
    this.#host.onChange();
  }

  stepOnce(): void {
    this.pause();
    const { run } = this.#host.session.state;
    if (run === null) return;
    if (this.#failed) this.#tryAgain(run);
    else this.goTo(Math.min(run.recipe.steps, run.step + 1));
  }

  reset(): void {
    this.pause();
    this.goTo(0);
  }

  goTo(step: number, motion: Motion = 'still'): void {
    const { session } = this.#host;
    const { run } = session.state;
    if (run === null || run.step === step) return;
    session.change({ ...session.state, run: { ...run, step } }, motion);
  }

  /** Looks at steps that were not shown, so that the curves are whole; whatever else there is to do comes first. */
  survey(): Promise<void> {
    this.#surveying ??= this.#survey().finally(() => {
      this.#surveying = null;
    });
    return this.#surveying;
  }

  /** Resolves when the network is that of the state's step, and nothing plays. */
  async caughtUp(): Promise<void> {
    while (this.#task) await this.#task;
  }

  destroy(): void {
    this.#destroyed = true;
    this.#end();
  }

  #setPlaying(plays: boolean): void {
    if (plays === this.isPlaying) return;
    const letRest = this.#letRest;
    this.#letRest = plays ? this.#host.session.hold() : null;
    letRest?.();
  }

  #warn(message: string): void {
    this.#unwarn?.();
    this.#unwarn = this.#host.warn(message);
  }

  #begin(run: ShownRun): void {
    this.#work = new RunWork(run.recipe, this.#host.prepare(run.recipe));
    this.#start();
  }

  /** The data of a run that has failed may be within reach now. */
  #tryAgain(run: ShownRun): void {
    this.#end();
    this.#begin(run);
  }

  #end(): void {
    this.#setPlaying(false);
    this.#work?.end();
    this.#work = null;
    this.#failed = false;
    this.#unwarn?.();
    this.#unwarn = null;
  }

  /** Whether a state has the network of its run's step. */
  isThere({ run, field }: State): boolean {
    return run === null || this.#work?.stepOf(field.network) === run.step;
  }

  #start(): void {
    this.#task ??= this.#run().finally(() => {
      this.#task = null;
      this.#host.onChange();
    });
  }

  async #run(): Promise<void> {
    for (let work = this.#work; work && !this.#destroyed; work = this.#work) {
      try {
        if (!(await this.#advance(work))) return;
      } catch (error) {
        if (work !== this.#work) continue;
        this.#setPlaying(false);
        this.#failed = true;
        this.#warn(messageOf(error));
        // Nothing can be trained; the network at step 0 stays.
        return;
      }
    }
  }

  /** @returns whether there is more to do */
  async #advance(work: RunWork): Promise<boolean> {
    const { session } = this.#host;
    const { trainer, layers } = await work.prepared;
    if (work !== this.#work) return true;
    const { state } = session;
    const run = state.run!;
    const isThere = this.isThere(state);
    if (isThere && !this.isPlaying) return this.#score(work, trainer, run.step);
    if (isThere && this.#host.isDrawingFile()) {
      await this.#host.nextFrame();
      return true;
    }
    const end = run.recipe.steps;
    const aim = isThere ? Math.min(end, run.step + this.pace) : run.step;
    const place = await trainer.goTo(Math.min(aim, end), isThere ? FRAME_MS : PIECE_MS);
    if (work !== this.#work) return true;
    work.record(place);
    const wanted = session.state.run!.step;
    // A person has gone elsewhere meanwhile.
    if (wanted !== run.step) return true;
    const hasEnded = place.divergence !== null;
    if (!isThere && place.step !== wanted && !hasEnded) {
      this.#host.onChange();
      return true;
    }
    const network = work.networkAt(layers, place);
    const { field } = session.state;
    const next = {
      ...session.state,
      field: { ...field, network },
      run: { ...run, step: place.step },
    };
    const goesOn = this.isPlaying && !hasEnded && place.step < end;
    // While a scrubber moves, the next one follows soon.
    const change = () => session.change(next, goesOn || session.moving ? 'moving' : 'still');
    if (isThere) change();
    else this.#host.inWake(change);
    // The worker evaluates while the picture is drawn.
    const scored = this.#score(work, trainer, place.step);
    if (hasEnded) this.#warn(place.divergence!.message);
    if (!goesOn) this.#setPlaying(false);
    await Promise.all([scored, this.#host.nextFrame()]);
    return true;
  }

  /** @returns false: there is nothing left to do, unless something has changed meanwhile */
  async #score(work: RunWork, trainer: Trainer, step: number): Promise<boolean> {
    if (work.place !== step || work.scores.has(step)) {
      this.#host.onChange();
      return false;
    }
    const scores = await trainer.evaluate();
    if (work !== this.#work) return true;
    work.scores.set(step, scores);
    this.#host.onChange();
    return this.isPlaying || !this.isThere(this.#host.session.state);
  }

  async #survey(): Promise<void> {
    const work = this.#work;
    if (work === null) return;
    const isFree = () => work === this.#work && this.#task === null;
    try {
      const { trainer, layers } = await work.prepared;
      for (const step of surveySteps(this.reached)) {
        if (!isFree()) return;
        if (work.scores.has(step)) continue;
        work.place = step;
        const place = await trainer.goTo(step, Number.POSITIVE_INFINITY);
        work.record(place);
        // Whoever has asked for a step meanwhile has moved the trainer.
        if (!isFree()) return;
        work.scores.set(step, await trainer.evaluate());
        await this.#host.survey(step, work.networkAt(layers, place));
        if (work === this.#work) this.#host.onChange();
      }
    } catch {
      // Whoever asks for the network of the state's step reports it.
    }
  }
}
