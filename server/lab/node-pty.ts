/**
 * A program on a real pseudo terminal, by node-pty. The only file that knows node-pty; it also knows
 * nothing about labs, sessions or sockets.
 *
 * Four things are done here rather than left to the vendor:
 * - Reading: when the program ends, the vendor closes the terminal 200 ms later, whether or not all was
 *   read. While reading is paused that would cut the last screen, so what is left is read out first.
 * - Reading a flood: after a full read what follows is taken in the same turn, up to 64 KB, as long as something does.
 * - Writing: straight into the kernel in the same tick (no detour through the thread pool), and when the
 *   program does not read, retried by a timer that backs off instead of a loop that spins.
 * - Ending: every process of the terminal's session, not only the shell.
 */
import { readdirSync, readFileSync, readSync, writeSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import { type IPty, spawn } from 'node-pty';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import type { Pty, PtyExit } from './pty.ts';

/** How a program is started. */
export interface SpawnPtyOptions {
  readonly size: TerminalSize;
  /** The whole environment: nothing is inherited from the server. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Most that is read out after the end; more than a kernel's terminal buffer holds, so only a runaway child is cut. */
const lastWordsBytes = 1024 * 1024;
/** How long a program may take to end after SIGHUP before it is killed, ms. */
const hangUpGraceMs = 1_000;
/** Waits between attempts to write to a program that does not read, ms: doubled from first to last. */
const retryMs = { first: 1, last: 64 } as const;

/** Most that waits for a program that does not read, bytes; what is typed beyond is dropped, as a kernel does. */
const maxUnwrittenBytes = 16 * 1024 * 1024;

/** A read as large as this says that more is there: the kernel hands over some 4 KB at a time. */
const fullReadBytes = 4000;
/** Most full reads that go by before it is tried again whether something follows: a read that finds nothing costs as much as one that does. */
const mostReadsBetween = 64;
/** Where what follows a full read is gathered. */
const burst = Buffer.allocUnsafeSlow(64 * 1024);

/** What the vendor's object has beyond its typings. */
interface PtyInternals {
  readonly fd: number;
  readonly _socket: ReadStream;
}

/** Starts a program on a new pseudo terminal. Data and exit wait for their first listener, so none is missed. */
export function spawnPty(file: string, args: readonly string[], { size, env, cwd }: SpawnPtyOptions): Pty {
  const term = spawn(file, [...args], {
    name: env.TERM ?? 'xterm-256color',
    cols: size.cols,
    rows: size.rows,
    cwd,
    env: { ...env },
    encoding: null,
  });
  return new NodePty(term);
}

class NodePty implements Pty {
  readonly #term: IPty;
  readonly #fd: number;
  readonly #socket: ReadStream;
  readonly #dataListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #exitListeners = new Set<(exit: PtyExit) => void>();
  #early: Uint8Array[] | undefined = [];
  #exit: PtyExit | undefined;
  #isOpen = true;
  #isKilled = false;
  #unwritten: Uint8Array[] = [];
  #unwrittenBytes = 0;
  #retry: NodeJS.Timeout | undefined;
  #retryMs: number = retryMs.first;
  /** Full reads until it is tried again whether something follows, and how many they were last time. */
  #readsLeft = 0;
  #readsBetween = 0;

  constructor(term: IPty) {
    this.#term = term;
    const internals = term as unknown as PtyInternals;
    this.#fd = internals.fd;
    this.#socket = internals._socket;
    this.#readOutBeforeClosing();
    // The typings say string; with `encoding: null` it is bytes.
    term.onData((data) => this.#handleRead(data as unknown as Uint8Array));
    term.onExit(({ exitCode, signal }) => this.#handleExit(signal ? { exitCode, signal } : { exitCode }));
  }

  write(data: Uint8Array): void {
    if (!this.#isOpen || data.length === 0) return;
    if (this.#unwrittenBytes + data.length > maxUnwrittenBytes) return;
    this.#unwrittenBytes += data.length;
    this.#unwritten.push(data);
    if (this.#unwritten.length === 1) this.#flush();
    // What could not be written yet may be a view on a socket's buffer: it is kept as a copy.
    const rest = this.#unwritten.at(-1);
    if (rest !== undefined) this.#unwritten[this.#unwritten.length - 1] = new Uint8Array(rest);
  }

  resize({ cols, rows }: TerminalSize): void {
    if (this.#isOpen && this.#exit === undefined) this.#term.resize(cols, rows);
  }

  pause(): void {
    if (this.#isOpen) this.#term.pause();
  }

  resume(): void {
    if (this.#isOpen) this.#term.resume();
  }

  onData(listener: (bytes: Uint8Array) => void): Disposable {
    this.#dataListeners.add(listener);
    const early = this.#early;
    this.#early = undefined;
    for (const bytes of early ?? []) listener(bytes);
    return { [Symbol.dispose]: () => void this.#dataListeners.delete(listener) };
  }

  onExit(listener: (exit: PtyExit) => void): Disposable {
    const exit = this.#exit;
    if (exit !== undefined) queueMicrotask(() => listener(exit));
    else this.#exitListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#exitListeners.delete(listener) };
  }

  kill(): void {
    if (this.#isKilled || this.#exit !== undefined) return;
    this.#isKilled = true;
    signalSession(this.#term.pid, 'SIGHUP');
    signalSession(this.#term.pid, 'SIGCONT');
    // A paused terminal could hold the program in a write that only reading ends.
    this.resume();
    setTimeout(() => {
      if (this.#exit === undefined) signalSession(this.#term.pid, 'SIGKILL');
    }, hangUpGraceMs).unref();
  }

  #handleRead(bytes: Uint8Array): void {
    this.#deliver(bytes);
    if (bytes.length < fullReadBytes) return;
    if (this.#readsLeft > 0) this.#readsLeft -= 1;
    else this.#readOn();
  }

  /** More is there after a full read: taken at once, it does not cost a turn through the stream for every 4 KB. */
  #readOn(): void {
    // What the stream holds comes first, and a paused one reads nothing.
    if (!this.#isOpen || this.#socket.isPaused() || this.#socket.readableLength > 0) return;
    let filled = 0;
    while (filled < burst.length) {
      const count = readNow(this.#fd, burst.subarray(filled));
      if (count === 0) break;
      filled += count;
    }
    this.#readsBetween = filled > 0 ? 0 : Math.min(mostReadsBetween, this.#readsBetween * 2 + 1);
    this.#readsLeft = this.#readsBetween;
    if (filled > 0) this.#deliver(Buffer.from(burst.subarray(0, filled)));
  }

  #deliver(bytes: Uint8Array): void {
    if (this.#early !== undefined) this.#early.push(bytes);
    for (const listener of this.#dataListeners) listener(bytes);
  }

  #handleExit(exit: PtyExit): void {
    this.#exit = exit;
    this.#close();
    for (const listener of this.#exitListeners) listener(exit);
    this.#exitListeners.clear();
  }

  #close(): void {
    this.#isOpen = false;
    clearTimeout(this.#retry);
    this.#forgetUnwritten();
  }

  #forgetUnwritten(): void {
    this.#unwritten = [];
    this.#unwrittenBytes = 0;
  }

  /** Wraps the stream's `destroy`, which every way of closing goes through, while the descriptor is still open. */
  #readOutBeforeClosing(): void {
    const destroy = this.#socket.destroy.bind(this.#socket);
    this.#socket.destroy = (error?: Error) => {
      if (this.#isOpen) {
        // First of all: the number of a closed descriptor may belong to somebody else a moment later.
        this.#close();
        this.#readOut();
      }
      return destroy(error);
    };
  }

  #readOut(): void {
    // Reading emits what the stream still holds as data.
    while (this.#socket.read() !== null);
    const buffer = Buffer.allocUnsafe(64 * 1024);
    for (let total = 0; total < lastWordsBytes; ) {
      const count = readNow(this.#fd, buffer);
      if (count === 0) return;
      total += count;
      this.#deliver(Uint8Array.prototype.slice.call(buffer, 0, count));
    }
  }

  #flush(): void {
    this.#retry = undefined;
    for (let next = this.#unwritten[0]; next !== undefined; next = this.#unwritten[0]) {
      const written = writeNow(this.#fd, next);
      if (written === 'gone') this.#forgetUnwritten();
      else if (written === 0) break;
      else this.#forgetWritten(next, written);
    }
    if (this.#unwritten.length > 0) this.#flushLater();
  }

  #forgetWritten(next: Uint8Array, written: number): void {
    this.#retryMs = retryMs.first;
    this.#unwrittenBytes -= written;
    if (written === next.length) this.#unwritten.shift();
    else this.#unwritten[0] = next.subarray(written);
  }

  #flushLater(): void {
    this.#retry = setTimeout(() => this.#flush(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, retryMs.last);
  }
}

/** Reads what is there; 0 when there is nothing or the other end is gone. */
function readNow(fd: number, buffer: Uint8Array): number {
  try {
    return readSync(fd, buffer);
  } catch {
    // EAGAIN: nothing there. EIO: no process has the terminal open any more.
    return 0;
  }
}

/** Writes what the kernel takes; the descriptor does not block. */
function writeNow(fd: number, bytes: Uint8Array): number | 'gone' {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    return isCode(error, 'EAGAIN') ? 0 : 'gone';
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Sends a signal to every process whose session was opened by `leader`: an interactive shell gives each job a group of its own. */
function signalSession(leader: number, signal: NodeJS.Signals): void {
  for (const pid of [leader, ...sessionMembers(leader)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}

function sessionMembers(leader: number): number[] {
  const members: number[] = [];
  for (const name of listProcesses()) {
    const pid = Number(name);
    if (Number.isInteger(pid) && pid !== leader && sessionOf(pid) === leader) members.push(pid);
  }
  return members;
}

function listProcesses(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return []; // Not Linux: the leader alone is signalled, and the kernel hangs up its foreground job.
  }
}

/** The session a process is in, from `/proc/<pid>/stat`: the fourth field after the program's name. */
function sessionOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
  } catch {
    return undefined;
  }
}
