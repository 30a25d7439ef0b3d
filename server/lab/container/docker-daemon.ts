/**
 * A Docker daemon of our own: its images and containers are in our store, its users are mapped, it makes no network and reads no
 * configuration of the operator's, whose own daemon (if one runs) is neither used nor changed. It outlives the server as long as it has
 * containers. Knows nothing about labs.
 */
import { spawn } from 'node:child_process';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../src/faults.ts';
import { withLock } from '../../host/folder-lock.ts';
import { findProcessesByArgument, isRunning, type ProcessIdentity } from '../../host/processes.ts';
import { poll } from '../../host/wait.ts';
import type { ControlGroups } from './control-groups.ts';
import { buildCommands, type EngineCommands } from './engine.ts';

/** What a daemon is made of. */
export interface DockerDaemonOptions {
  /** The programs `docker` and `dockerd`. */
  readonly programs: { readonly client: string; readonly daemon: string };
  /** Where they find other programs. */
  readonly path: string;
  /** Holds images and containers. */
  readonly storeFolder: string;
  /** Short, private, gone after a boot: sockets and the state of what runs. */
  readonly runtimeFolder: string;
  readonly groups: ControlGroups;
  /** The host's numbers that stand for the users of a container: the first, and how many. */
  readonly ids: { readonly first: number; readonly count: number };
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 20_000;
const everyMs = 100;
/** Whose numbers the daemon is told to use; it will not have root's. */
const mappedUser = 'nobody';
const mappedGroup = 'nogroup';

/** The daemon reads the numbers of a user in these files only: it sees ours in their place, and nobody else does. */
const starter = `ids=$1; shift
for file in /etc/subuid /etc/subgid; do
  [ -e "$file" ] || : >"$file"
  mount --bind "$ids" "$file" || exit 125
done
exec "$@"`;

/** The daemon, started when it does not run. */
export class DockerDaemon {
  readonly commands: EngineCommands;
  readonly #options: DockerDaemonOptions;
  readonly #configurationFile: string;
  readonly #logFile: string;

  constructor(options: DockerDaemonOptions) {
    this.#options = options;
    this.#configurationFile = join(options.storeFolder, 'dockerd.json');
    this.#logFile = join(options.storeFolder, 'dockerd.log');
    const env = { PATH: options.path, DOCKER_CONFIG: join(options.storeFolder, 'client'), LC_ALL: 'C.UTF-8' };
    this.commands = buildCommands((args) => ({
      ...{ file: options.programs.client, env },
      args: ['--host', `unix://${this.#socket}`, ...args],
    }));
  }

  /** The root directory as the daemon sees it. */
  get root(): string {
    const pid = this.#find()?.pid;
    if (pid === undefined) throw new Fault('container-engine-failed', { engine: 'Docker', detail: 'dockerd' });
    return `/proc/${pid}/root`;
  }

  /** Sees to it that it answers, and gives its version. Throws Fault `container-engine-failed` with what it said last. */
  async ensure(signal: AbortSignal): Promise<string> {
    const { runtimeFolder, storeFolder } = this.#options;
    for (const folder of [storeFolder, runtimeFolder]) await mkdir(folder, { recursive: true, mode: 0o700 });
    return withLock(join(runtimeFolder, '.lock'), signal, async () => {
      const running = await this.#ask(signal);
      if (running !== undefined) return running;
      if (this.#find() === undefined) await this.#start();
      const isOver = () => (this.#find() === undefined ? ('ended' as const) : undefined);
      const ask = async () => (await this.#ask(signal)) ?? isOver();
      const answer = await poll(ask, { signal, timeoutMs: startTimeoutMs, everyMs });
      if (answer !== undefined && answer !== 'ended') return answer;
      throw new Fault('container-engine-failed', { engine: 'Docker', detail: await this.#lastWords() });
    });
  }

  /** Whether it answers now. */
  async answers(signal: AbortSignal): Promise<boolean> {
    return (await this.#ask(signal)) !== undefined;
  }

  /** Ends it, unless it has containers, ours or another server's. */
  async endUnlessUsed(): Promise<void> {
    const { signal } = new AbortController();
    await withLock(join(this.#options.runtimeFolder, '.lock'), signal, async () => {
      const daemon = this.#find();
      if (daemon === undefined) return;
      const { exitCode, stdout } = await this.commands.run(['ps', '--all', '--quiet'], { signal });
      if (exitCode !== 0 || stdout.trim() !== '') return;
      process.kill(daemon.pid, 'SIGTERM');
      await poll(() => !isRunning(daemon) || undefined, { signal, timeoutMs: stopTimeoutMs, everyMs });
    });
  }

  get #socket(): string {
    return join(this.#options.runtimeFolder, 'docker.sock');
  }

  get #stateFolder(): string {
    return join(this.#options.runtimeFolder, 'docker');
  }

  async #ask(signal: AbortSignal): Promise<string | undefined> {
    const { exitCode, stdout } = await this.commands.run(['version', '--format', '{{.Server.Version}}'], { signal });
    return exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
  }

  #find(): ProcessIdentity | undefined {
    return findProcessesByArgument(this.#configurationFile)[0];
  }

  /**
   * A process that kept a container running while there was no daemon. Only where it is are the containers' file systems mounted; a
   * daemon elsewhere would take them for left over, and remove them.
   */
  #findKeeper(): ProcessIdentity | undefined {
    return findProcessesByArgument(join(this.#stateFolder, 'containerd', 'containerd.sock'))[0];
  }

  async #start(): Promise<void> {
    const { programs, path, storeFolder, groups, ids } = this.#options;
    const idsFile = join(storeFolder, 'subids');
    await writeFile(idsFile, `${mappedUser}:${ids.first}:${ids.count}\n`, { mode: 0o600 });
    await writeFile(this.#configurationFile, JSON.stringify(this.#configuration()), { mode: 0o600 });
    const daemon = [programs.daemon, '--config-file', this.#configurationFile];
    const own = ['unshare', '-m', '--propagation', 'slave', 'sh', '-c', starter, 'tadak', idsFile, ...daemon];
    const kept = this.#findKeeper();
    const [file = programs.daemon, ...args] = kept
      ? ['nsenter', '--target', String(kept.pid), '--mount', '--', ...daemon]
      : groups.wrap(own);
    await using log = await open(this.#logFile, 'w', 0o600);
    const child = spawn(file, args, {
      ...{ detached: true, cwd: '/', stdio: ['ignore', log.fd, log.fd] },
      env: { PATH: path, HOME: storeFolder, LC_ALL: 'C.UTF-8' },
    });
    const { promise: spawned, resolve, reject } = Promise.withResolvers<void>();
    child.once('spawn', resolve);
    child.once('error', reject);
    child.unref();
    await spawned;
    // Between the shell and the daemon its arguments are there already.
    const { signal } = new AbortController();
    await poll(() => this.#find(), { signal, timeoutMs: 2_000, everyMs: 10 });
  }

  #configuration(): Readonly<Record<string, unknown>> {
    const { storeFolder, runtimeFolder } = this.#options;
    return {
      'data-root': join(storeFolder, 'docker'),
      'exec-root': this.#stateFolder,
      pidfile: join(runtimeFolder, 'docker.pid'),
      hosts: [`unix://${this.#socket}`],
      'userns-remap': `${mappedUser}:${mappedGroup}`,
      'storage-driver': 'overlay2',
      'log-driver': 'none',
      'live-restore': true,
      'exec-opts': ['native.cgroupdriver=cgroupfs'],
      // Labs have their network from this server; nothing of the host's is touched.
      ...{ bridge: 'none', iptables: false, ip6tables: false, 'ip-forward': false, 'ip-masq': false },
    };
  }

  async #lastWords(): Promise<string> {
    const lines = (await readFile(this.#logFile, 'utf8').catch(() => '')).trim().split('\n');
    const last = lines.at(-1) ?? '';
    return `${last.slice(0, 300)} (${this.#logFile})`;
  }
}
