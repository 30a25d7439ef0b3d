/**
 * The class's own machine as a lab: terminals are OpenSSH clients that log in by themselves or ask the student; checks
 * run over a second channel of the same connection. Knows nothing about who the student is.
 */
import { access } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Capability, capabilities, capabilityHomes } from '../../../src/course/capabilities.ts';
import type { LabId } from '../../../src/course/ids.ts';
import { Fault } from '../../../src/faults.ts';
import type { TerminalSize } from '../../../src/protocol/terminal.ts';
import { waitFor } from '../../host/wait.ts';
import { factsScript, parseFacts } from '../facts.ts';
import type { ExecOptions, ExecResult, Lab } from '../lab.ts';
import { spawnPty } from '../node-pty.ts';
import { type SshExecResult, sshExec } from '../openssh/ssh-exec.ts';
import { clientEnvironment } from '../openssh/ssh-program.ts';
import type { Pty, PtyExit } from '../pty.ts';
import { closeSharedConnection } from './close-connection.ts';
import { buildLoginArguments, type LoginFiles } from './login-arguments.ts';
import { isDeclinedHostKey, readComplaint } from './login-complaint.ts';
import { formatSshAddress, type SshAddress } from './ssh-address.ts';

/** What a lab over ssh is made from. */
export interface SshLabOptions {
  readonly id: LabId;
  readonly address: SshAddress;
  readonly files: LoginFiles;
  /** Private folder that holds the control socket; removed with the lab. */
  readonly folder: string;
  /** Shell integration for the remote bash. */
  readonly integration: string;
  /** Environment for the login, e.g. the operator's ssh agent. */
  readonly env: Readonly<Record<string, string>>;
  readonly onDispose: () => Promise<void>;
}

/** How often the shared connection's socket is looked for, ms. */
const lookMs = 200;
/** How long finding out about the machine may take, ms. */
const factsMs = 20_000;
/** Last words of a client that are kept to understand its end, characters. */
const lastWordsChars = 4096;

/** Makes the lab; nobody is logged in yet. */
export function createSshLab(options: SshLabOptions): Lab {
  return new SshLab(options);
}

/** What some machine of a student's has. */
const possible = capabilities.filter((capability) => capabilityHomes[capability].includes('ssh'));

class SshLab implements Lab {
  readonly kind = 'ssh';
  readonly id: LabId;
  readonly target: string;
  /** Everything that it may have until it was looked at: a check then says "log in first", not "cannot run here". */
  capabilities: ReadonlySet<Capability> = new Set(possible);
  readonly #options: SshLabOptions;
  readonly #closing = new AbortController();
  readonly #lost = new Set<(fault: Fault) => void>();
  readonly #changed = new Set<() => void>();
  readonly #terminals = new Set<Pty>();
  /** Program that becomes root, once there is a way; it is looked for again until then. */
  #root: string | undefined;
  #finding: Promise<string | Fault> | undefined;
  #isUp = false;
  /** Why the lab is over, once it is. */
  #over: Fault | undefined;
  #isLost = false;
  #disposing: Promise<void> | undefined;

  constructor(options: SshLabOptions) {
    this.#options = options;
    this.id = options.id;
    this.target = formatSshAddress(options.address);
    void this.#watchConnection();
  }

  async openPty(size: TerminalSize, { signal }: { readonly signal: AbortSignal }): Promise<Pty> {
    signal.throwIfAborted();
    if (this.#over) throw this.#over;
    const { address, files, integration, folder, env } = this.#options;
    const pty = spawnPty('ssh', buildLoginArguments(address, files, integration), {
      size,
      env: { ...clientEnvironment, ...env },
      cwd: folder,
    });
    this.#terminals.add(pty);
    let lastWords = '';
    const decoder = new TextDecoder();
    const listening = pty.onData((bytes) => {
      if (!this.#isUp) lastWords = (lastWords + decoder.decode(bytes, { stream: true })).slice(-lastWordsChars);
    });
    pty.onExit((exit) => {
      listening[Symbol.dispose]();
      this.#terminals.delete(pty);
      this.#handleExit(exit, lastWords);
    });
    return pty;
  }

  async exec(script: string, options: ExecOptions): Promise<ExecResult> {
    options.signal.throwIfAborted();
    if (this.#over) return { kind: 'unreachable', fault: this.#over };
    if (!this.#isUp) return { kind: 'unreachable', fault: new Fault('ssh-not-connected') };
    const root = await waitFor(this.#becomeRoot(), options.signal);
    if (root instanceof Fault) return { kind: 'unreachable', fault: this.#over ?? root };
    return this.#toExecResult(await this.#run(script, root, options));
  }

  onLost(listener: (fault: Fault) => void): Disposable {
    const over = this.#isLost ? this.#over : undefined;
    if (over) queueMicrotask(() => listener(over));
    else this.#lost.add(listener);
    return { [Symbol.dispose]: () => void this.#lost.delete(listener) };
  }

  onChange(listener: () => void): Disposable {
    this.#changed.add(listener);
    return { [Symbol.dispose]: () => void this.#changed.delete(listener) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposing ??= this.#dispose();
    return this.#disposing;
  }

  async #dispose(): Promise<void> {
    this.#over ??= new Fault('lab-lost');
    this.#closing.abort(this.#over);
    const exits = [...this.#terminals].map((each) => new Promise<void>((resolve) => each.onExit(() => resolve())));
    for (const terminal of this.#terminals) terminal.kill();
    await closeSharedConnection(this.#options.address, this.#options.files.controlPath);
    await Promise.all(exits);
    await this.#options.onDispose();
  }

  /** The shared socket appears after a login and goes with the connection. */
  async #watchConnection(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const isUp = await access(this.#options.files.controlPath).then(
        () => true,
        () => false,
      );
      if (isUp !== this.#isUp) await this.#become(isUp);
      await delay(lookMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }

  async #become(isUp: boolean): Promise<void> {
    this.#isUp = isUp;
    if (!isUp) return this.#loseUnlessOver(new Fault('ssh-lost', { ...this.#options.address }));
    await this.#becomeRoot();
    this.#tellChange();
  }

  #tellChange(): void {
    for (const listener of [...this.#changed]) listener();
  }

  #handleExit({ exitCode }: PtyExit, lastWords: string): void {
    // 255 is the client's own; before a login its last words say why, afterwards the connection's end is watched.
    if (exitCode !== 255 || this.#isUp || isDeclinedHostKey(lastWords)) return;
    const fault = readComplaint(lastWords, this.#options.address);
    if (fault) this.#loseUnlessOver(fault);
  }

  #loseUnlessOver(fault: Fault): void {
    if (this.#over) return;
    this.#over = fault;
    this.#isLost = true;
    for (const listener of [...this.#lost]) listener(fault);
  }

  /** The program that becomes root. What the machine offers is looked at when there first is a way. */
  #becomeRoot(): Promise<string | Fault> {
    if (this.#root !== undefined) return Promise.resolve(this.#root);
    this.#finding ??= this.#findRoot()
      .catch((cause: unknown) => new Fault('lab-unreachable', {}, { cause })) // The lab ended meanwhile.
      .finally(() => {
        this.#finding = undefined;
      });
    return this.#finding;
  }

  async #findRoot(): Promise<string | Fault> {
    const options = { signal: this.#closing.signal, timeoutMs: factsMs };
    const ask = '[ "$(id -u)" = 0 ] && echo root || { sudo -n true 2>/dev/null && echo sudo; }';
    const who = await this.#run(ask, 'bash', options);
    if (who.kind !== 'exited') return new Fault('lab-unreachable');
    const word = who.stdout.trim();
    if (word !== 'root' && word !== 'sudo') return new Fault('ssh-no-root', { user: this.#options.address.user });
    this.#root = word === 'root' ? 'bash' : 'sudo -n bash';
    const facts = await this.#run(factsScript, this.#root, options);
    if (facts.kind === 'exited') this.capabilities = parseFacts(facts.stdout);
    this.#tellChange();
    return this.#root;
  }

  #run(script: string, bash: string, options: ExecOptions): Promise<SshExecResult> {
    const { address, files } = this.#options;
    const target = { ...address, knownHostsFile: files.knownHostsFile };
    return sshExec(script, { ...options, bash, target, shared: { controlPath: files.controlPath } });
  }

  #toExecResult(result: SshExecResult): ExecResult {
    if (result.kind !== 'not-started' && result.kind !== 'lost') return result;
    const fault = this.#over ?? new Fault('lab-unreachable', {}, { cause: result.reason });
    return { kind: 'unreachable', fault };
  }
}
