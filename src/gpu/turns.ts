/**
 * Lets one piece of GPU work go at a time. Pictures that are drawn side by side would otherwise
 * measure each other's time, and cut their slices after it.
 */
export class Turns {
  private taken = false;
  private readonly urgent: (() => void)[] = [];
  private readonly patient: (() => void)[] = [];

  /** Runs the work when its turn comes; what is urgent goes before what waits already. */
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
