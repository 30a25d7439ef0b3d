/**
 * A shell on the host in a private, temporary home folder: for development and tests only. It protects
 * nothing, so it refuses to start in production. Knows nothing about virtual machines or ssh.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Capability } from '../../src/course/capabilities.ts';
import type { LabId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import { findProcessesByVariable, killProcess } from '../host/processes.ts';
import { writeJsonFile } from '../host/whole-file.ts';
import type { Claim, ExecOptions, ExecResult, IsOwned, Lab, LabOwner, LabProvider } from './lab.ts';
import { LabLedger } from './lab-ledger.ts';
import { spawnPty } from './node-pty.ts';
import type { Pty } from './pty.ts';
import { runScript } from './run-script.ts';

/** Settings of the local provider. */
export interface LocalProviderOptions {
  /** Whether this server serves real learners; then there is no local lab. */
  readonly production: boolean;
  /** Folder that holds the labs' homes; a subfolder of the system's temporary folder by default. */
  readonly folder?: string;
  /** What lessons may expect of this host; nothing by default. */
  readonly capabilities?: readonly Capability[];
}

const homePrefix = 'lab-';
const ownerFile = 'owner.json';

/** Makes the provider. Throws a Fault in production. */
export function createLocalProvider(options: LocalProviderOptions): LabProvider {
  if (options.production) {
    const detail = '개발과 테스트 전용이에요. (for development and tests only)';
    throw new Fault('lab-kind-refused', { kind: 'local', detail });
  }
  const folder = options.folder ?? join(tmpdir(), 'tadak-local');
  const ledger = new LabLedger();
  return {
    kind: 'local',
    pooling: ledger.pooling(() => 'local'),
    prepare: async ({ signal }) => {
      signal.throwIfAborted();
      await mkdir(folder, { recursive: true });
    },
    provision: (_spec, owner, waiting) =>
      ledger.add(waiting, async ({ signal }, id) => {
        signal.throwIfAborted();
        const home = await makeHome(join(folder, `${homePrefix}${id}`), owner);
        return new LocalLab(id, {
          home,
          capabilities: new Set(options.capabilities),
          onEnd: (lab) => ledger.remove(lab),
        });
      }),
    sweep: (isOwned) => sweepHomes(folder, isOwned, (id) => ledger.knows(id)),
    [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose](),
  };
}

interface LocalLabOptions {
  readonly home: string;
  readonly capabilities: ReadonlySet<Capability>;
  readonly onEnd: (lab: Lab) => void;
}

class LocalLab implements Lab {
  readonly id: LabId;
  readonly kind = 'local';
  readonly capabilities: ReadonlySet<Capability>;
  readonly #home: string;
  readonly #onEnd: (lab: Lab) => void;
  readonly #ptys = new Map<Pty, Promise<void>>();
  readonly #scripts = new Set<Promise<unknown>>();
  readonly #end = new AbortController();
  #disposing: Promise<void> | undefined;

  constructor(id: string, { home, capabilities, onEnd }: LocalLabOptions) {
    this.id = id as LabId;
    this.#home = home;
    this.capabilities = capabilities;
    this.#onEnd = onEnd;
  }

  async openPty(size: TerminalSize, { signal }: { readonly signal: AbortSignal }): Promise<Pty> {
    signal.throwIfAborted();
    if (this.#end.signal.aborted) throw new Fault('lab-lost');
    const env = { ...environment(this.#home), TERM: 'xterm-256color', COLORTERM: 'truecolor' };
    const args = ['--noprofile', '--rcfile', join(this.#home, '.bashrc'), '-i'];
    const pty = spawnPty('bash', args, { size, env, cwd: this.#home });
    const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));
    this.#ptys.set(
      pty,
      ended.then(() => void this.#ptys.delete(pty)),
    );
    return pty;
  }

  async exec(script: string, options: ExecOptions): Promise<ExecResult> {
    options.signal.throwIfAborted();
    if (this.#end.signal.aborted) return { kind: 'unreachable', fault: new Fault('lab-lost') };
    const signal = AbortSignal.any([options.signal, this.#end.signal]);
    const running = runScript(script, { ...options, signal, env: environment(this.#home), cwd: this.#home });
    const settled = running.catch(() => undefined);
    this.#scripts.add(settled);
    void settled.then(() => this.#scripts.delete(settled));
    return running.catch((thrown: unknown) => {
      options.signal.throwIfAborted();
      if (!this.#end.signal.aborted) throw thrown;
      return { kind: 'unreachable', fault: new Fault('lab-lost') };
    });
  }

  async standBy(): Promise<Claim> {
    return (owner) => writeOwner(this.#home, owner);
  }

  /** The host outlives the server. */
  onLost(): Disposable {
    return { [Symbol.dispose]: () => {} };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposing ??= this.#dispose();
    return this.#disposing;
  }

  async #dispose(): Promise<void> {
    this.#end.abort(new Fault('lab-lost'));
    const ended = [...this.#ptys.values()];
    for (const pty of this.#ptys.keys()) pty.kill();
    try {
      await Promise.all([...ended, ...this.#scripts]);
      await removeHome(this.#home);
    } finally {
      this.#onEnd(this);
    }
  }
}

/** Ends what still runs for the lab, which knows its home by its environment, and removes that. */
async function removeHome(home: string): Promise<void> {
  for (const left of findProcessesByVariable(`HOME=${home}`)) await killProcess(left);
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
}

function environment(home: string): Record<string, string> {
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return { HOME: home, PATH: path, LANG: 'C.UTF-8', SHELL: '/bin/bash', HISTFILE: join(home, '.bash_history') };
}

async function makeHome(home: string, owner: LabOwner): Promise<string> {
  await mkdir(dirname(home), { recursive: true });
  await mkdir(home, { mode: 0o700 });
  await writeOwner(home, owner);
  await writeFile(join(home, '.bashrc'), shellIntegration);
  return home;
}

function writeOwner(home: string, owner: LabOwner): Promise<void> {
  return writeJsonFile(join(home, ownerFile), owner);
}

async function sweepHomes(folder: string, isOwned: IsOwned, isKnown: (id: string) => boolean): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let removed = 0;
  for (const name of names.filter((name) => name.startsWith(homePrefix))) {
    const owner = await loadOwner(join(folder, name));
    const isOurs = isKnown(name.slice(homePrefix.length));
    if (owner === undefined ? isOurs : isOwned(owner, isOurs)) continue;
    await removeHome(join(folder, name));
    removed += 1;
  }
  return removed;
}

/** Whose home it is; `undefined` when the file is missing or damaged, which makes it an orphan. */
async function loadOwner(home: string): Promise<LabOwner | undefined> {
  try {
    const owner: unknown = JSON.parse(await readFile(join(home, ownerFile), 'utf8'));
    return isOwner(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isOwner(value: unknown): value is LabOwner {
  return typeof value === 'object' && value !== null && 'learner' in value && 'server' in value;
}

/**
 * Marks prompts and commands (OSC 133). PS0 is printed between Enter and the command; the arithmetic in it
 * notes that a command ran, since an empty line must not end one.
 */
const shellIntegration = String.raw`PS1='\u@local:\w\$ \[\e]133;B\a\]'
PS0='\e]133;C\a\${PWD:0:$((__tadak_ran=1,0))}'
__tadak_prompt() {
  local status=$?
  [ -n "$__tadak_ran" ] && printf '\e]133;D;%s\a' "$status"
  __tadak_ran=
  printf '\e]133;A\a'
  return "$status"
}
PROMPT_COMMAND=__tadak_prompt
alias ls='ls --color=auto' ll='ls -l'
`.replace('\\${', '${');
