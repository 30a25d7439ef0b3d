/**
 * A program on a real pseudo terminal, by node-pty's native part. The only file that knows node-pty; it also knows
 * nothing about labs, sessions or sockets.
 *
 * The vendor opens the terminal and waits for the program; four things are done here:
 * - Reading: into one buffer that all terminals share, since what was read is handed on before anything else is read.
 *   The vendor's stream makes a new one of 64 KB for each 4 KB that the kernel hands over, and costs twice the time.
 * - The end: what was printed before it is read out, however long reading was paused.
 * - Writing: straight into the kernel in the same tick (no detour through the thread pool). What the kernel does not take is
 *   tried again at once while the program reads, and when it does not by a timer that backs off instead of a loop that spins.
 * - Ending: every process of the terminal's session, not only the shell.
 */
import { readSync, writeSync } from 'node:fs';
import type { SocketConstructorOpts } from 'node:net';
import { ReadStream } from 'node:tty';
import * as vendor from 'node-pty';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import { signalSession } from '../host/process-session.ts';
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
/** Attempts that are made at once after the kernel took something: a program that reads quickly makes room every few dozen µs. */
const eagerAttempts = 16;
/** Waits between later attempts, for a program that does not read, ms: doubled from first to last. */
const retryMs = { first: 1, last: 64 } as const;
/** Most that waits for a program that does not read, bytes; what is typed beyond is dropped, as a kernel does. */
const maxUnwrittenBytes = 16 * 1024 * 1024;

/** Where every terminal's output is read to. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/** The vendor's native part: its package hands it out without typings. */
interface NativePty {
  /** Throws when the system has no terminal or process left. A program that cannot be executed ends with code 1. */
  fork(
    file: string,
    args: readonly string[],
    env: readonly string[],
    cwd: string,
    cols: number,
    rows: number,
    uid: number,
    gid: number,
    isUtf8: boolean,
    helperPath: string,
    onExit: (exitCode: number, signal: number) => void,
  ): { readonly fd: number; readonly pid: number };
  resize(fd: number, cols: number, rows: number): void;
}

const { native } = vendor as unknown as { readonly native: NativePty };
/** The server's own user. */
const sameOwner = -1;
/** Only macOS starts programs by a helper. */
const noHelper = '';

/** Starts a program on a new pseudo terminal. Data and exit wait for their first listener, so none is missed. */
export function spawnPty(file: string, args: readonly string[], options: SpawnPtyOptions): Pty {
  return new NodePty(file, args, options);
}

class NodePty implements Pty {
  readonly #pid: number;
  readonly #fd: number;
  readonly #stream: ReadStream;
  #dataListeners: readonly ((bytes: Uint8Array) => void)[] = [];
  readonly #exitListeners = new Set<(exit: PtyExit) => void>();
  #early: Uint8Array[] | undefined = [];
  #exit: PtyExit | undefined;
  #isOpen = true;
  #isKilled = false;
  #unwritten: Uint8Array[] = [];
  #unwrittenBytes = 0;
  #retry: NodeJS.Timeout | undefined;
  #retryMs: number = retryMs.first;
  /** Attempts since the kernel last took something. */
  #attempts = 0;

  constructor(file: string, args: readonly string[], { size: { cols, rows }, env, cwd }: SpawnPtyOptions) {
    const variables = { ...env, TERM: env.TERM ?? 'xterm-256color', PWD: cwd };
    const environment = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const handleExit = (exitCode: number, signal: number) => this.#handleExit(exitCode, signal);
    const owner = [sameOwner, sameOwner] as const;
    // UTF-8: in a line that the kernel edits Backspace takes a whole syllable, not its last byte.
    const { pid, fd } = native.fork(file, args, environment, cwd, cols, rows, ...owner, true, noHelper, handleExit);
    this.#pid = pid;
    this.#fd = fd;
    this.#stream = this.#startReading();
  }

  write(data: Uint8Array): void {
    if (!this.#isOpen || data.length === 0) return;
    const written = this.#unwritten.length === 0 ? writeNow(this.#fd, data) : 0;
    if (written !== 'gone' && written < data.length) this.#keep(data.subarray(written));
  }

  resize({ cols, rows }: TerminalSize): void {
    if (this.#isOpen && this.#exit === undefined) native.resize(this.#fd, cols, rows);
  }

  pause(): void {
    if (this.#isOpen) this.#stream.pause();
  }

  resume(): void {
    if (this.#isOpen) this.#stream.resume();
  }

  onData(listener: (bytes: Uint8Array) => void): Disposable {
    this.#dataListeners = [...this.#dataListeners, listener];
    const early = this.#early;
    this.#early = undefined;
    for (const bytes of early ?? []) listener(bytes);
    const end = () => {
      this.#dataListeners = this.#dataListeners.filter((each) => each !== listener);
    };
    return { [Symbol.dispose]: end };
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
    signalSession(this.#pid, 'SIGHUP');
    signalSession(this.#pid, 'SIGCONT');
    // A paused terminal could hold the program in a write that only reading ends.
    this.resume();
    setTimeout(() => {
      if (this.#exit === undefined) signalSession(this.#pid, 'SIGKILL');
    }, hangUpGraceMs).unref();
  }

  #startReading(): ReadStream {
    const handleRead = (count: number): true => {
      this.#deliver(readBuffer.subarray(0, count));
      return true;
    };
    // The options are those of any socket; the typings of terminals leave them out.
    const Stream = ReadStream as unknown as new (fd: number, options: SocketConstructorOpts) => ReadStream;
    const stream = new Stream(this.#fd, { onread: { buffer: readBuffer, callback: handleRead } });
    // EIO: no process has the terminal open any more. The exit follows.
    stream.on('error', () => this.#close());
    stream.resume();
    return stream;
  }

  #deliver(bytes: Uint8Array): void {
    this.#early?.push(new Uint8Array(bytes));
    for (const listener of this.#dataListeners) listener(bytes);
  }

  #handleExit(exitCode: number, signal: number): void {
    if (this.#isOpen) this.#readOut();
    this.#close();
    const exit = signal === 0 ? { exitCode } : { exitCode, signal };
    this.#exit = exit;
    for (const listener of this.#exitListeners) listener(exit);
    this.#exitListeners.clear();
  }

  /** The number of a closed descriptor may belong to somebody else a moment later: nothing uses it any more. */
  #close(): void {
    this.#isOpen = false;
    clearTimeout(this.#retry);
    this.#forgetUnwritten();
    this.#stream.destroy();
  }

  #forgetUnwritten(): void {
    this.#unwritten = [];
    this.#unwrittenBytes = 0;
  }

  #readOut(): void {
    for (let total = 0; total < lastWordsBytes; ) {
      const count = readNow(this.#fd, readBuffer);
      if (count === 0) return;
      total += count;
      this.#deliver(readBuffer.subarray(0, count));
    }
  }

  /** As a copy: it may be a view on a socket's buffer. */
  #keep(rest: Uint8Array): void {
    if (this.#unwrittenBytes + rest.length > maxUnwrittenBytes) return;
    this.#unwrittenBytes += rest.length;
    this.#unwritten.push(new Uint8Array(rest));
    if (this.#unwritten.length === 1) this.#flushLater();
  }

  #flush(): void {
    this.#retry = undefined;
    this.#attempts += 1;
    for (let next = this.#unwritten[0]; next !== undefined; next = this.#unwritten[0]) {
      const written = writeNow(this.#fd, next);
      if (written === 'gone') this.#forgetUnwritten();
      else if (written === 0) break;
      else this.#forgetWritten(next, written);
    }
    if (this.#unwritten.length > 0) this.#flushLater();
  }

  #forgetWritten(next: Uint8Array, written: number): void {
    this.#attempts = 0;
    this.#retryMs = retryMs.first;
    this.#unwrittenBytes -= written;
    if (written === next.length) this.#unwritten.shift();
    else this.#unwritten[0] = next.subarray(written);
  }

  #flushLater(): void {
    if (this.#attempts < eagerAttempts) {
      setImmediate(() => this.#flush());
      return;
    }
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
