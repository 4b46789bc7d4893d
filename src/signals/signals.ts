/**
 * A signal that is aborted with the first of several signals, for its reason. AbortSignal.any does the
 * same, but only in browsers newer than the oldest supported one.
 */
export function firstOf(signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  /** Releases the signals, which may live much longer. */
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

/** Settles as the work does, or rejects with the signal's reason as soon as it is aborted. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
