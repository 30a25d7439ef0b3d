/**
 * A lab provider whose slow preparation (image, template) runs once for everybody, in the background, with its
 * progress handed to whoever waits. A failed preparation is tried again by the next lab that needs it.
 * Knows nothing about learners.
 */
import type { LabProgress, LabProvider } from '../lab/lab.ts';
import { SharedWork } from '../lab/shared-work.ts';

/** The shared preparation of one provider. */
export interface PreparedProvider {
  readonly provider: LabProvider;
  /** Waits until the provider is ready, starting the work when nobody did. Throws the preparation's Fault. */
  prepare(onProgress: (progress: LabProgress) => void, signal: AbortSignal): Promise<void>;
}

/** Wraps `provider`; `signal` ends the preparation itself, when the server ends. */
export function createPreparedProvider(provider: LabProvider, signal: AbortSignal): PreparedProvider {
  const work = new SharedWork((waiting) => provider.prepare(waiting), signal);
  return { provider, prepare: (onProgress, waiterSignal) => work.wait({ onProgress, signal: waiterSignal }) };
}

/** `work`, or the abort's reason when the one who waits goes first; the work itself goes on. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}
