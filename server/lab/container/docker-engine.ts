/**
 * Docker, by a daemon of our own: for a server that is root on a machine without Podman. Knows nothing about labs.
 */
import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../src/faults.ts';
import type { ControlGroups } from './control-groups.ts';
import { DockerDaemon, type DockerDaemonOptions } from './docker-daemon.ts';
import { type Engine, type EngineAnswer, removeTimeoutMs } from './engine.ts';
import { buildDockerArguments } from './run-arguments.ts';
import { systemCallProfile } from './system-calls.ts';

/** Files of a group that belong to whoever may divide it: `/sys/kernel/cgroup/delegate`. */
const delegatedFiles = ['', 'cgroup.procs', 'cgroup.subtree_control', 'cgroup.threads'];

/** The engine, its daemon running, and its version. Throws Fault `container-engine-failed`. */
export async function createDockerEngine(
  options: DockerDaemonOptions,
  signal: AbortSignal,
): Promise<{ readonly engine: Engine; readonly version: string }> {
  const daemon = new DockerDaemon(options);
  const version = await daemon.ensure(signal);
  const profile = join(options.storeFolder, 'system-calls.json');
  await writeFile(profile, JSON.stringify(systemCallProfile), { mode: 0o600 });
  const commands = { ...daemon.commands, run: (...asked: Parameters<Engine['run']>) => runReliably(daemon, ...asked) };
  const engine: Engine = {
    ...{ name: 'docker', isRootless: false, ...commands },
    runArguments: (run) => buildDockerArguments(run, profile),
    remove: async (container) => {
      const runOptions = { signal: new AbortController().signal, timeoutMs: removeTimeoutMs };
      const { exitCode, complaint } = await commands.run(['rm', '--force', '--volumes', container], runOptions);
      return exitCode === 0 || /no such container/i.test(complaint);
    },
    admit: (lab, pid) => admit({ daemon, groups: options.groups, first: options.ids.first }, lab, pid),
    wake: async (waking) => void (await daemon.ensure(waking)),
    [Symbol.asyncDispose]: () => daemon.endUnlessUsed(),
  };
  return { engine, version };
}

/** Another server that used the daemon may have ended it, or somebody killed it: then it is started again. */
async function runReliably(daemon: DockerDaemon, ...[args, options]: Parameters<Engine['run']>): Promise<EngineAnswer> {
  const answer = await daemon.commands.run(args, options);
  if (answer.exitCode === 0 || (await daemon.answers(options.signal))) return answer;
  await daemon.ensure(options.signal);
  return daemon.commands.run(args, options);
}

interface Admission {
  readonly daemon: DockerDaemon;
  readonly groups: ControlGroups;
  readonly first: number;
}

/**
 * The daemon, not a command of ours, started the lab: its first program and the one that starts all that is executed in it are put
 * under the lab's limits. The groups below its own are handed to its root, which the daemon does only for labs with all rights.
 */
async function admit({ daemon, groups, first }: Admission, lab: string, pid: number): Promise<void> {
  const files = { map: `/proc/${pid}/uid_map`, status: `/proc/${pid}/status`, group: `/proc/${pid}/cgroup` };
  const [map, status, group] = await Promise.all(Object.values(files).map((file) => readFile(file, 'utf8')));
  if (map === undefined || status === undefined || group === undefined) throw new Fault('internal');
  // Whatever the daemon was told: without the mapping the lab's root would be the host's.
  if (Number(map.trim().split(/\s+/)[1]) !== first) throw new Fault('lab-start-failed', { detail: 'uid_map' });
  const starter = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
  await groups.join(lab, [starter, pid]);
  const own = /^0::(.*)$/m.exec(group)?.[1] ?? '';
  for (const file of delegatedFiles) await chown(join(daemon.root, '/sys/fs/cgroup', own, file), first, first);
}
