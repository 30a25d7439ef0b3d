/**
 * The command line of a terminal that logs in: a real OpenSSH client which asks for the host key and the password in
 * the terminal, and leaves a shared connection behind for further terminals and checks. Pure.
 * Knows nothing about processes.
 */
import type { SshAddress } from './ssh-address.ts';

/** Files of one login. */
export interface LoginFiles {
  /** Socket of the shared connection. */
  readonly controlPath: string;
  /** Host keys that were accepted. */
  readonly knownHostsFile: string;
}

/** How long the shared connection lives after its last session, seconds: a server that was killed leaves nothing for long. */
const lingerSeconds = 600;

/** Arguments of `ssh`. `integration` is the shell integration that the remote bash reads; it is not stored there. */
export function buildLoginArguments(address: SshAddress, files: LoginFiles, integration: string): string[] {
  const options = [
    `ControlPath=${files.controlPath}`,
    'ControlMaster=auto',
    `ControlPersist=${lingerSeconds}`,
    `UserKnownHostsFile="${files.knownHostsFile.replaceAll('%', '%%')}"`,
    'GlobalKnownHostsFile=/dev/null',
    'StrictHostKeyChecking=ask',
    'HashKnownHosts=no',
    'UpdateHostKeys=no',
    'ConnectTimeout=10',
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    'NumberOfPasswordPrompts=3',
    'ForwardAgent=no',
    'ForwardX11=no',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
  ];
  return [
    ...['-F', '/dev/null', '-tt', '-e', 'none'],
    ...options.flatMap((option) => ['-o', option]),
    ...['-l', address.user, '-p', String(address.port), '--', address.host],
    buildRemoteShell(integration),
  ];
}

/**
 * A login bash with shell integration where there is bash, else the login shell as it is. The text travels in base64:
 * it reaches bash whatever the login shell's quoting rules are, and bash reads it from a pipe.
 */
function buildRemoteShell(integration: string): string {
  const startup = `[ -r /etc/profile ] && . /etc/profile
for f in ~/.bash_profile ~/.bash_login ~/.profile ~/.bashrc; do [ -r "$f" ] && { . "$f"; break; }; done
${integration}`;
  const encoded = Buffer.from(startup, 'utf8').toString('base64');
  const start = `exec bash --rcfile <(printf %s ${encoded} | base64 -d) -i`;
  return `command -v bash >/dev/null 2>&1 && command -v base64 >/dev/null 2>&1 && exec bash -c '${start}'; exec "$SHELL" -l`;
}
