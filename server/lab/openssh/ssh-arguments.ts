/**
 * OpenSSH's command lines for one kept connection and the sessions that share it. Pure.
 * Nothing comes from the user's own ssh settings, and the host's key is pinned. Knows nothing about processes.
 */

/** Where a connection goes and how it proves itself. */
export interface SshTarget {
  /** Name or address; also the name under which the host key is known unless `hostKeyAlias` says another. */
  readonly host: string;
  readonly user: string;
  readonly port?: number;
  /** Reaches the machine over the standard streams of a program instead of TCP. Fixed text of ours: a shell runs it. */
  readonly proxyCommand?: string;
  /** Private key file; without it only what `options` allow. */
  readonly identityFile?: string;
  /** Holds the host keys that are accepted, and no others are. */
  readonly knownHostsFile: string;
  readonly hostKeyAlias?: string;
  /** Further `Name=value` options, which come first and so win. */
  readonly options?: readonly string[];
}

/** Path of the socket over which sessions share the connection. At most 90 bytes: ssh adds 17 while it makes it. */
export interface SharedBy {
  readonly controlPath: string;
}

/** How often the other end must answer, and how often it may miss, before the connection counts as dead. */
const aliveIntervalSeconds = 5;
const aliveMisses = 6;

/** The connection itself: logs in, opens no session, and serves others until it is told to go. */
export function buildMasterArguments(
  target: SshTarget,
  { controlPath }: SharedBy,
  connectTimeoutSeconds: number,
): string[] {
  return [
    ...['-F', '/dev/null', '-N', '-T', '-M', '-S', controlPath],
    ...optionArguments([
      ...(target.options ?? []),
      ...(target.proxyCommand === undefined ? [] : [`ProxyCommand=${target.proxyCommand}`]),
      ...(target.identityFile === undefined
        ? []
        : [`IdentityFile=${quote(target.identityFile)}`, 'IdentitiesOnly=yes', 'BatchMode=yes']),
      ...(target.hostKeyAlias === undefined ? [] : [`HostKeyAlias=${target.hostKeyAlias}`]),
      `UserKnownHostsFile=${quote(target.knownHostsFile)}`,
      'GlobalKnownHostsFile=/dev/null',
      'StrictHostKeyChecking=yes',
      'UpdateHostKeys=no',
      `ConnectTimeout=${connectTimeoutSeconds}`,
      `ServerAliveInterval=${aliveIntervalSeconds}`,
      `ServerAliveCountMax=${aliveMisses}`,
      'ControlPersist=no',
      'ForwardAgent=no',
      'ForwardX11=no',
      'ClearAllForwardings=yes',
      'PermitLocalCommand=no',
      'Compression=no',
    ]),
    ...destination(target),
  ];
}

/** A session without a terminal that runs `command`. */
export function buildCommandArguments(target: SshTarget, shared: SharedBy, command: string): string[] {
  return [...sessionArguments(shared), '-T', ...destination(target), command];
}

/** A session with a terminal and the user's login shell. */
export function buildTerminalArguments(target: SshTarget, shared: SharedBy): string[] {
  return [
    ...sessionArguments(shared),
    '-tt',
    '-e',
    'none',
    ...optionArguments(['SendEnv=LANG']),
    ...destination(target),
  ];
}

function sessionArguments({ controlPath }: SharedBy): string[] {
  // Without a living connection ssh would open one of its own: the proxy makes that fail at once.
  return [
    '-F',
    '/dev/null',
    '-S',
    controlPath,
    ...optionArguments([
      'ControlMaster=no',
      'ProxyCommand=false',
      'BatchMode=yes',
      'ForwardAgent=no',
      'LogLevel=ERROR',
    ]),
  ];
}

function destination({ host, user, port }: SshTarget): string[] {
  return ['-l', user, ...(port === undefined ? [] : ['-p', String(port)]), '--', host];
}

function optionArguments(options: readonly string[]): string[] {
  return options.flatMap((option) => ['-o', option]);
}

/** ssh splits file names at spaces and expands `%`. */
function quote(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}
