/**
 * What OpenSSH's own words at the end of a terminal mean. The client runs with LANG=C.UTF-8, so they are English.
 * Knows nothing about terminals.
 */
import { Fault, type FaultCode } from '../../../src/faults.ts';
import type { SshAddress } from './ssh-address.ts';

const meanings: readonly (readonly [RegExp, FaultCode])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed[\s\S]*changed/, 'ssh-host-key-changed'],
  [/Permission denied|Too many authentication failures|No supported authentication methods/, 'ssh-auth-failed'],
  [/Connection refused/, 'ssh-refused'],
  [/No route to host|timed out|Could not resolve hostname|Network is unreachable|Host is down/, 'ssh-unreachable'],
  // "Shared connection … closed" is what a terminal says whose connection another ssh process held.
  [
    /closed by remote host|Shared connection to \S+ closed|Connection reset|client_loop|Broken pipe|not responding/,
    'ssh-lost',
  ],
];

/** The fault that these words stand for, if they are known. */
export function readComplaint(words: string, address: SshAddress): Fault | undefined {
  const found = meanings.find(([pattern]) => pattern.test(words));
  return found && new Fault(found[1], { ...address });
}

/** Whether the student declined the host key: not a fault, the next terminal asks again. */
export function isDeclinedHostKey(words: string): boolean {
  return /Host key verification failed/.test(words) && !/HAS CHANGED/.test(words);
}
