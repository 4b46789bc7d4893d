/**
 * Lets one piece of GPU work run at a time. Otherwise pictures that are drawn side by side would
 * measure each other's time, and choose their stints by it.
 */
export class Turns {
  private taken = false;
  private readonly urgent: (() => void)[] = [];
  private readonly patient: (() => void)[] = [];

  /** Runs the work when its turn comes; urgent work goes before waiting work. */
  async run<T>(isUrgent: boolean, work: () => Promise<T>): Promise<T> {
    if (this.taken) {
      await new Promise<void>((go) => (isUrgent ? this.urgent : this.patient).push(go));
    }
    this.taken = true;
    try {
      return await work();
    } finally {
      const next = this.urgent.shift() ?? this.patient.shift();
      if (next) next();
      else this.taken = false;
    }
  }
}
