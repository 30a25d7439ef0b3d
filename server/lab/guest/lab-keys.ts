/**
 * The keys of one lab, made on the host: the terminal path's host key and client key, and the host key of the student's
 * own sshd. They live in the lab's folder and die with it. Knows nothing about the guest.
 */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '../../../src/faults.ts';
import { programPath } from '../../host/programs.ts';

/** A key pair as text. */
export interface KeyPair {
  readonly privateKey: string;
  /** Type and key, without a comment. */
  readonly publicKey: string;
}

/** What ssh reads to reach a lab's terminal path. */
export interface LabKeyFiles {
  readonly clientFile: string;
  readonly knownHostsFile: string;
}

/** A lab's keys; the client's private key is a file, because ssh reads it. */
export interface LabKeys extends LabKeyFiles {
  readonly consoleHost: KeyPair;
  readonly sshHost: KeyPair;
  readonly client: KeyPair;
}

/** The name under which the terminal path's host key is pinned. It is no address. */
export const consoleHostName = 'lab-console';
const run = promisify(execFile);

/** Where the files of a lab's keys are. */
export function labKeyFiles(folder: string): LabKeyFiles {
  return { clientFile: join(folder, 'client'), knownHostsFile: join(folder, 'known_hosts') };
}

/** Makes them. Files are readable by this user alone: the folder is private and ssh-keygen writes 0600. */
export async function createLabKeys(folder: string): Promise<LabKeys> {
  const [consoleHost, sshHost, client] = await Promise.all(
    ['console-host', 'ssh-host', 'client'].map((name) => createKey(join(folder, name))),
  );
  if (consoleHost === undefined || sshHost === undefined || client === undefined) throw new Fault('internal');
  const files = labKeyFiles(folder);
  await writeFile(files.knownHostsFile, `${consoleHostName} ${consoleHost.publicKey}\n`, { mode: 0o600 });
  return { consoleHost, sshHost, client, ...files };
}

async function createKey(path: string): Promise<KeyPair> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', path], {
    env: { PATH: programPath },
  }).catch((cause: unknown) => {
    throw new Fault('lab-start-failed', { detail: 'ssh-keygen' }, { cause });
  });
  const [privateKey, line] = await Promise.all([readFile(path, 'utf8'), readFile(`${path}.pub`, 'utf8')]);
  return { privateKey, publicKey: line.split(' ').slice(0, 2).join(' ').trim() };
}
