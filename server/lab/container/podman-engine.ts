/**
 * Podman: no daemon, a store of its own, a fixed configuration. Knows nothing about labs.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlGroups } from './control-groups.ts';
import { buildCommands, type Command, type Engine, removeTimeoutMs, shortNameOf } from './engine.ts';
import { buildPodmanArguments } from './run-arguments.ts';

/** Where the engine keeps what. */
export interface PodmanOptions {
  readonly program: string;
  /** Where it finds other programs. */
  readonly path: string;
  readonly isRootless: boolean;
  /** Holds images and containers. */
  readonly storeFolder: string;
  /** Of the server's environment: HOME, XDG_RUNTIME_DIR, DBUS_SESSION_BUS_ADDRESS. */
  readonly environment: Readonly<Record<string, string>>;
  readonly groups: ControlGroups;
  /** `--uidmap` and `--gidmap`: a lab's root is nobody on the host. */
  readonly idMap: string;
}

/** Nothing of the operator's own configuration: no mirrors, no hooks, no mounts. */
const configuration = `[engine]
events_logger = "none"
lock_type = "file"
[containers]
log_driver = "none"
`;

/** Makes the engine; its folders are made when they are not there. */
export async function createPodmanEngine(options: PodmanOptions): Promise<Engine> {
  const { program, path, isRootless, storeFolder, environment, groups, idMap } = options;
  const runtime = join(
    isRootless ? (environment.XDG_RUNTIME_DIR ?? storeFolder) : '/run',
    `tadak-${shortNameOf(storeFolder)}`,
  );
  await mkdir(storeFolder, { recursive: true, mode: 0o700 });
  // The engine's database knows its runtime folder by name and works with no other: after a move it begins anew.
  const storage = `storage-${shortNameOf(runtime)}`;
  if (!isRootless) await removeOtherStorages(storeFolder, storage);
  const configurationFile = join(storeFolder, 'containers.conf');
  await writeFile(configurationFile, configuration, { mode: 0o600 });
  const env = { PATH: path, ...environment, CONTAINERS_CONF: configurationFile, LC_ALL: 'C.UTF-8' };
  const folders = [
    // Without a word about it an engine that is new to a user may choose to copy every layer for every lab.
    ...['--storage-driver', 'overlay'],
    ...['--root', join(storeFolder, storage)],
    ...['--runroot', join(runtime, 'run')],
    ...['--tmpdir', join(runtime, 'tmp')],
  ];
  const commands = buildCommands((args, lab): Command => {
    const [file = program, ...rest] = groups.wrap([program, ...folders, ...groups.engineArguments, ...args], lab);
    return { file, args: rest, env };
  });
  return {
    ...{ name: 'podman', isRootless, ...commands },
    runArguments: (run) => buildPodmanArguments(run, idMap),
    remove: async (container) => {
      const args = ['rm', '--force', '--time', '0', '--volumes', '--ignore', container];
      const { signal } = new AbortController();
      return (await commands.run(args, { signal, timeoutMs: removeTimeoutMs })).exitCode === 0;
    },
    // What starts a lab was under its limits already.
    admit: async () => {},
    wake: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
}

/** What a moved store left behind. Where it is still in use it stays. */
async function removeOtherStorages(storeFolder: string, own: string): Promise<void> {
  const names = await readdir(storeFolder);
  const others = names.filter((name) => name.startsWith('storage') && name !== own);
  await Promise.allSettled(others.map((name) => rm(join(storeFolder, name), { recursive: true })));
}
