/**
 * Whether Podman works here without root, asked by making it do what a lab needs first: a user namespace with numbers of its own.
 * Knows nothing about labs.
 */
import { findContainerHost, type HostOptions } from './container-host.ts';

const probeTimeoutMs = 60_000;

/** `of-root`: this process is root, and so would be what it starts. */
export type Rootless = 'works' | 'fails' | 'of-root';

/** Tries. Never throws for what is missing. */
export async function tryRootless(options: Omit<HostOptions, 'engine'>, signal: AbortSignal): Promise<Rootless> {
  if (process.getuid?.() === 0) return 'of-root';
  try {
    await using host = await findContainerHost({ ...options, engine: 'podman' }, signal);
    const { exitCode } = await host.engine.run(['unshare', 'true'], { signal, timeoutMs: probeTimeoutMs });
    return exitCode === 0 ? 'works' : 'fails';
  } catch {
    signal.throwIfAborted();
    return 'fails';
  }
}
