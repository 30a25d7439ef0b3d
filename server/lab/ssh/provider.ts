/**
 * Makes labs out of one machine that is already there, reached over ssh. Host keys that students accepted are pinned in
 * the data folder. Knows nothing about terminals' sockets and checks.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { LabId } from '../../../src/course/ids.ts';
import type { Lab, LabOwner, LabProvider } from '../lab.ts';
import { LabLedger } from '../lab-ledger.ts';
import { closeSharedConnection } from './close-connection.ts';
import { probeSsh } from './probe.ts';
import type { SshAddress } from './ssh-address.ts';
import { createSshLab } from './ssh-lab.ts';

/** Settings of the provider. */
export interface SshProviderOptions {
  readonly address: SshAddress;
  /** Holds accepted host keys and the records of open labs. */
  readonly dataFolder: string;
  /** File with the shell integration that remote shells get. */
  readonly integrationFile: string;
  /** Socket of the operator's ssh agent, when students may log in by it. */
  readonly agentSocket?: string | undefined;
}

/** Makes labs over ssh, and forgets a host key on request. */
export interface SshProvider extends LabProvider {
  /** Forgets the pinned host key: the next terminal asks again. */
  forgetHostKey(): Promise<void>;
}

interface LabRecord {
  readonly owner: LabOwner;
  readonly folder: string;
  readonly controlPath: string;
}

/** Makes the provider. */
export function createSshProvider(options: SshProviderOptions): SshProvider {
  const { address, dataFolder } = options;
  const records = join(dataFolder, 'run', 'ssh');
  const knownHostsFile = join(dataFolder, 'ssh', 'known_hosts');
  const ledger = new LabLedger();
  return {
    kind: 'ssh',
    prepare: async ({ signal }) => {
      signal.throwIfAborted();
      await mkdir(records, { recursive: true, mode: 0o700 });
      await mkdir(join(dataFolder, 'ssh'), { recursive: true, mode: 0o700 });
    },
    provision: (_spec, owner, waiting) =>
      ledger.add(waiting, async ({ signal, onProgress }, id) => {
        const target = `${address.host}:${address.port}`;
        onProgress({ label: { ko: `${target} 에 닿는지 보고 있어요`, en: `Looking for ${target}` }, fraction: 0.5 });
        await probeSsh(address, signal);
        const onGone = (lab: Lab) => ledger.remove(lab);
        return openLab({ ...options, id: id as LabId, records, knownHostsFile, owner, onGone });
      }),
    sweep: (isOwned) =>
      sweepRecords(records, address, (name, owner) => {
        const isKnown = ledger.knows(name);
        return owner ? isOwned(owner, isKnown) : isKnown;
      }),
    forgetHostKey: () => rm(knownHostsFile, { force: true }),
    [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose](),
  };
}

interface OpenLabOptions extends SshProviderOptions {
  readonly id: LabId;
  readonly records: string;
  readonly knownHostsFile: string;
  readonly owner: LabOwner;
  readonly onGone: (lab: Lab) => void;
}

async function openLab(options: OpenLabOptions): Promise<Lab> {
  const { id, address, records, knownHostsFile, owner, agentSocket } = options;
  // Control sockets have short paths by nature; the data folder may be anywhere.
  const folder = await mkdtemp(join(tmpdir(), 'tadak-ssh-'));
  const controlPath = join(folder, 'c');
  const record = join(records, `${id}.json`);
  await writeFile(record, JSON.stringify({ owner, folder, controlPath } satisfies LabRecord), { mode: 0o600 });
  const lab = createSshLab({
    id,
    address,
    files: { controlPath, knownHostsFile },
    folder,
    integration: await readFile(options.integrationFile, 'utf8'),
    env: agentSocket === undefined ? {} : { SSH_AUTH_SOCK: agentSocket },
    onDispose: async () => {
      try {
        await rm(folder, { recursive: true, force: true });
        await rm(record, { force: true });
      } finally {
        options.onGone(lab); // What could not be cleared is left to the next sweep.
      }
    },
  });
  return lab;
}

async function sweepRecords(
  records: string,
  address: SshAddress,
  isOwned: (id: string, owner: LabOwner | undefined) => boolean,
): Promise<number> {
  const names = await readdir(records).catch(() => []);
  let count = 0;
  for (const name of names) {
    const path = join(records, name);
    const record = await readRecord(path);
    if (isOwned(basename(name, '.json'), record?.owner)) continue;
    if (record) {
      await closeSharedConnection(address, record.controlPath);
      await rm(record.folder, { recursive: true, force: true });
    }
    await rm(path, { force: true });
    count += 1;
  }
  return count;
}

async function readRecord(path: string): Promise<LabRecord | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    const record = value as LabRecord;
    // Only folders that we make are ever removed.
    return record.folder.startsWith(join(tmpdir(), 'tadak-ssh-')) && record.owner ? record : undefined;
  } catch {
    return undefined;
  }
}
