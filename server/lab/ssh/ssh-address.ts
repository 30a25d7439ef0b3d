/**
 * `ssh://[user@]host[:port]` as an address that cannot be mistaken for an option or a command.
 * Knows nothing about connections.
 */
import { isIP } from 'node:net';

/** Where the class's machine is. */
export interface SshAddress {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

const userPattern = /^[a-z_][a-z0-9_.-]{0,31}$/i;
const hostPattern = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;

/** Parses the address; `undefined` when it is not one. A password in it is refused: it would be seen in process lists. */
export function parseSshAddress(text: string): SshAddress | undefined {
  const match = /^ssh:\/\/(?:([^@:/]+)@)?(\[[0-9a-f:.]+\]|[^@:/[\]]+)(?::(\d{1,5}))?\/?$/i.exec(text);
  if (!match) return undefined;
  const user = match[1] ?? 'root';
  const host = (match[2] as string).replace(/^\[|\]$/g, '');
  const port = Number(match[3] ?? 22);
  const isHost = isIP(host) !== 0 || hostPattern.test(host);
  return userPattern.test(user) && isHost && port >= 1 && port <= 65_535 ? { user, host, port } : undefined;
}

/** How people write it: `root@213.0.113.3`, with the port when it is not 22. */
export function formatSshAddress({ user, host, port }: SshAddress): string {
  return port === 22 ? `${user}@${host}` : `${user}@${host}:${port}`;
}
