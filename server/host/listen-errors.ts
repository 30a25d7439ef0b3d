/**
 * Why this machine does not let a server listen, as faults with a way out. Knows nothing about what is served.
 */
import { Fault } from '../../src/faults.ts';

/** Where a server was to listen. */
export interface ListenPlace {
  readonly host: string;
  readonly port: number;
}

/** An address of another machine, of a kind that this one does not have, or a name that nobody knows. */
const foreignCodes: readonly unknown[] = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'];

/** A fault instead of an error of `listen`; anything else comes back as it is. */
export function explainListenError(thrown: unknown, { host, port }: ListenPlace): unknown {
  const { code } = (thrown ?? {}) as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new Fault('port-in-use', { port }, { cause: thrown });
  if (code === 'EACCES') return new Fault('port-forbidden', { port }, { cause: thrown });
  if (foreignCodes.includes(code)) return new Fault('host-not-here', { host }, { cause: thrown });
  return thrown;
}
