/**
 * A signal that is aborted with the first of some, for its reason. AbortSignal.any does the same in
 * browsers newer than those that are served.
 */
export function firstOf(signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  /** Lets go of the signals, which may live much longer. */
  forget(): void;
} {
  const first = new AbortController();
  const listeners = signals.flatMap((signal) => {
    if (!signal) return [];
    const abort = () => first.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    return [() => signal.removeEventListener('abort', abort)];
  });
  return {
    signal: first.signal,
    forget: () => {
      for (const forget of listeners) forget();
    },
  };
}

/** Settles as the work does, or rejects with the signal's reason as soon as that is aborted. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
