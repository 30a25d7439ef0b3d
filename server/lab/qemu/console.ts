/**
 * The terminal path of a virtual machine: ssh over a serial port of its own, which no network of the guest carries.
 * Knows nothing about the lab around it.
 */
import { consoleHostName, type LabKeyFiles } from '../guest/lab-keys.ts';
import { openSshConnection, type SshConnection } from '../openssh/ssh-connection.ts';
import { controlPathIn } from '../run-folder.ts';
import { socketNames } from './machine.ts';

/** One attempt to log in. */
const connectTimeoutSeconds = 30;

/** Starts connecting to the machine whose sockets lie in a folder. */
export function openConsole(sockets: string, keys: LabKeyFiles): SshConnection {
  return openSshConnection({
    target: {
      host: consoleHostName,
      user: 'root',
      // Relative to ssh's working folder, so that no character of the data path reaches a shell.
      proxyCommand: `socat - UNIX-CONNECT:${socketNames.console}`,
      identityFile: keys.clientFile,
      knownHostsFile: keys.knownHostsFile,
    },
    controlPath: controlPathIn(sockets),
    folder: sockets,
    connectTimeoutSeconds,
  });
}
