/**
 * Runs the process that makes pages, and starts it anew when the course's shape changed. Knows how Astro is run and
 * nothing about what it makes.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Fault } from '../../src/faults.ts';

/** What the process is given. */
export interface PageMakerOptions {
  readonly project: string;
  /** A folder of its own, below the project so that packages are found. */
  readonly folder: string;
  readonly course: string;
  /** PATH and language. */
  readonly environment: Readonly<Record<string, string>>;
  /** A line of an error that Astro reports. */
  readonly onLine: (line: string) => void;
  /** Pages are being made again, or not yet. */
  readonly onState: (isReady: boolean) => void;
}

/** A running process. */
export interface PageMaker extends AsyncDisposable {
  /** Its port on 127.0.0.1; waits while it starts. Throws Fault `preview-failed` when it did not. */
  port(): Promise<number>;
  /** Whether the process could not start; the next restart may do better. */
  readonly hasFailed: boolean;
  restart(): Promise<void>;
}

const program = new URL('./render-pages.ts', import.meta.url).pathname;
/** Keeps Astro from calling home and from colouring its messages. */
const quiet = { ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
/** How many of its last lines explain a failed start. */
const shownLines = 20;

/** Starts the process; pages may be asked for at once. */
export function startPageMaker(options: PageMakerOptions): PageMaker {
  let hasFailed = false;
  const beginWatched = () => {
    hasFailed = false;
    const running = begin(options);
    running
      .then(({ port }) => port)
      .catch(() => {
        hasFailed = true;
      });
    return running;
  };
  let current = beginWatched();
  const end = async () => {
    const { child, exited } = await current;
    child.kill('SIGKILL');
    await exited;
  };
  return {
    get hasFailed() {
      return hasFailed;
    },
    port: async () => {
      const running = await current;
      const port = await running.port;
      if (!running.isOver()) return port;
      // It fell over while it ran. One that fell over while it started would do so again: that one needs a change first.
      options.onState(false);
      current = beginWatched();
      return (await current).port;
    },
    restart: async () => {
      options.onState(false);
      await end();
      current = beginWatched();
    },
    [Symbol.asyncDispose]: end,
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly port: Promise<number>;
  readonly exited: Promise<void>;
  isOver(): boolean;
}

async function begin({ project, folder, course, environment, onLine, onState }: PageMakerOptions): Promise<Running> {
  // Astro finds no styles below a folder that it is given by a symbolic link.
  const child = fork(program, [project, await realpath(folder)], {
    cwd: project,
    env: { ...environment, ...quiet, TADAK_COURSE: course },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      last.push(line);
      if (last.length > shownLines) last.shift();
      onLine(line);
    });
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = new Promise<number>((resolve, reject) => {
    child.once('message', (message: { readonly port: number }) => {
      resolve(message.port);
      onState(true);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Fault('preview-failed', { detail: last.join('\n') })));
  });
  port.catch(() => {}); // Told to whoever asks for a page.
  return { child, port, exited, isOver: () => child.exitCode !== null || child.signalCode !== null };
}
