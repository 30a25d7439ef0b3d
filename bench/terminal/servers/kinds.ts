/**
 * The servers that are compared: how each is started and how its page speaks. All run the same shell with the
 * same environment.
 */
import { fileURLToPath } from 'node:url';
import { naiveWire } from '../pages/naive-wire.ts';
import { Page, type PageOptions } from '../pages/page.ts';
import { tadakWire } from '../pages/tadak-wire.ts';
import { ttydWire } from '../pages/ttyd-wire.ts';
import { wettyWire } from '../pages/wetty-wire.ts';
import type { WireKind } from '../pages/wire.ts';
import { findFreePort, type ServerCommand, startServerProcess } from './server-process.ts';

/** Every server there is a page for. */
export const kindNames = ['tadak', 'naive', 'ttyd', 'wetty'] as const;
/** One of them. */
export type KindName = (typeof kindNames)[number];

/** A server that runs, and pages of it. Disposing ends it. */
export interface MeasuredServer extends AsyncDisposable {
  readonly kind: KindName;
  readonly pid: number;
  readonly port: number;
  /** A page with a shell of its own, at its first prompt. */
  openPage(options?: Partial<PageOptions>): Promise<Page>;
  /** The same, without waiting for anything. */
  connectPage(options?: Partial<PageOptions>): Page;
}

/** Where the servers are that are not ours. */
export type ServerPaths = Partial<Record<'ttyd' | 'wetty', string>>;

/** What servers are started with. */
export interface ServerPlaces {
  readonly paths: ServerPaths;
  /** A folder where those that run in Node keep their compiled code, as ours does from its second start on. */
  readonly compileCache: string;
}

const shell = ['bash', '--norc', '-i'] as const;
/** As `npm start` and `npm run bench:serve` have it. */
const smallYoungGeneration = '--max-semi-space-size=1';
const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const wires: Readonly<Record<KindName, WireKind>> = {
  tadak: tadakWire,
  naive: naiveWire,
  ttyd: ttydWire,
  wetty: wettyWire,
};

/** Starts one server. Throws when it does not come up. */
export async function startServer(kind: KindName, { paths, compileCache }: ServerPlaces): Promise<MeasuredServer> {
  const server = await startServerProcess({ ...(await commandOf(kind, paths)), compileCache });
  const wire = wires[kind];
  const { pid, port } = server;
  let pages = 0;
  const fill = (options: Partial<PageOptions>): PageOptions => {
    pages += 1;
    return { wire, port, name: `page-${process.pid}-${pages}`, ...options };
  };
  return {
    ...{ kind, pid, port },
    openPage: (options = {}) => Page.open(fill(options)),
    connectPage: (options = {}) => Page.connect(fill(options)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A page of a server that another process started. */
export function openPageOf(kind: KindName, port: number, name: string): Promise<Page> {
  return Page.open({ wire: wires[kind], port, name });
}

async function commandOf(kind: KindName, paths: ServerPaths): Promise<Omit<ServerCommand, 'compileCache'>> {
  const node = process.execPath;
  if (kind === 'tadak')
    return {
      command: node,
      args: [smallYoungGeneration, pathOf('../../serve.ts'), '--port', '0', '--program', ...shell],
    };
  if (kind === 'naive') return { command: node, args: [pathOf('naive-server.ts'), ...shell] };
  const port = await findFreePort();
  if (kind === 'ttyd') {
    const args = ['--port', String(port), '--interface', '127.0.0.1', '--writable', '--debug', '1', ...shell];
    return { command: pathIn(paths, kind), args, port };
  }
  const args = [
    pathIn(paths, kind),
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--base',
    '/wetty/',
    '--command',
    shell.join(' '),
  ];
  return { command: node, args, port };
}

function pathIn(paths: ServerPaths, kind: 'ttyd' | 'wetty'): string {
  const path = paths[kind];
  if (path === undefined) throw new Error(`no path of ${kind}`);
  return path;
}
