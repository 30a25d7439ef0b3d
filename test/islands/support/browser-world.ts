/**
 * Chromium on one side; on the other the real application with local labs behind its real doors. Between
 * them the islands as Vite bundles them, on a bare page, or a site as Astro builds it. Connections can be cut from the
 * outside.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { createApp } from '../../../server/app/app.ts';
import { lookOn } from '../../../server/app/look-on.ts';
import { openTerminal } from '../../../server/app/open-terminal.ts';
import { createPreparedProvider } from '../../../server/app/prepared-provider.ts';
import { unwatchLesson, watchLesson } from '../../../server/app/watch-lesson.ts';
import { loadCourse } from '../../../server/course/load.ts';
import { LabFolders } from '../../../server/data/lab-folders.ts';
import { createGateway } from '../../../server/gateway/create-gateway.ts';
import { createHttpServer } from '../../../server/http/create-http-server.ts';
import { identifyCookie } from '../../../server/http/identity.ts';
import { createOriginGuard } from '../../../server/http/origin-guard.ts';
import { watchSecret } from '../../../server/http/watch-cookie.ts';
import type { LabProvider } from '../../../server/lab/lab.ts';
import { createLocalProvider } from '../../../server/lab/local.ts';
import { openSqliteStore } from '../../../server/progress/sqlite.ts';
import { createLiveHub } from '../../../server/session/live-hub.ts';
import { createSessionRegistry } from '../../../server/session/session-registry.ts';
import { machineFor, machines } from '../../../src/course/machines.ts';
import type { Course } from '../../../src/course/model.ts';
import { buildSite } from '../../site/build-site.ts';
import { launchBrowser } from '../../support/browser.ts';
import { withCheckpoints } from '../../support/keeping-labs.ts';
import { usualLimits as limits } from '../../support/lab-limits.ts';
import { openTestShelf } from '../../support/test-shelf.ts';
import { tinyCourse } from '../../support/tiny-course.ts';
import { lessonPage } from './lesson-page.ts';

const root = new URL('../../..', import.meta.url).pathname;
/** WebGL as the processor draws it. */
const drawnGraphics = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

/** Everything around a browser test. */
export interface BrowserWorld extends AsyncDisposable {
  readonly url: string;
  readonly browser: Browser;
  /** Gzipped size of every script by its file name, bytes. */
  readonly scriptBytes: ReadonlyMap<string, number>;
  /** Lines that pages wrote to the console as errors, and what they threw. */
  readonly complaints: string[];
  /** A new learner's page. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** The server's clock jumps forward. */
  passTime(ms: number): void;
  /** Cuts every connection; while `isShut`, no new one is let in. */
  cut(isShut: boolean): void;
  /** While `isMute`, connections stay, but nothing that pages say arrives, and no new one is let in. */
  mute(isMute: boolean): void;
}

/** Local labs that say, like virtual machines do, which of the course's machines they are. */
function withMachines(provider: LabProvider): LabProvider {
  return {
    ...provider,
    provision: async (spec, owner, waiting) => {
      const lab = await provider.provision(spec, owner, waiting);
      return Object.assign(lab, { machine: { is: machineFor(spec.start), of: machines } });
    },
  };
}

/** What a test may want to be different. */
export interface BrowserWorldOptions {
  /** Labs keep states of themselves, as virtual machines do. */
  readonly keepsStates?: boolean;
  /** Where labs come from instead of this machine; ended with the world. */
  readonly provider?: LabProvider;
  /** Pages can draw by WebGL. */
  readonly hasGraphics?: boolean;
}

/** Opens the world: on a bare page of the tiny course, or on the built site of the course in `courseFolder`. */
export async function openBrowserWorld(
  courseFolder?: string,
  { keepsStates = false, provider: given, hasGraphics = false }: BrowserWorldOptions = {},
): Promise<BrowserWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'tadak-islands-'));
  const site = join(folder, 'site');
  const { course, scriptBytes } = courseFolder ? await builtSite(courseFolder, site) : await barePages(site);

  const store = openSqliteStore(join(folder, 'progress.db'));
  const sessions = createSessionRegistry();
  const recordings = openTestShelf(folder, Date.now);
  const liveHub = createLiveHub();
  const local = createLocalProvider({ production: false, folder: join(folder, 'labs'), capabilities: ['el9'] });
  const provider = given ?? withMachines(keepsStates ? withCheckpoints(local, folder) : local);
  let passedMs = 0;
  const complaints: string[] = [];
  const labFolders = new LabFolders(join(folder, 'known'), (line) => complaints.push(line));
  const app = createApp({
    labFolders,
    ...{ course, store, sessions, recordings, maxLabs: 50, maxCheckpoints: 5, limits, server: 'test', log: () => {} },
    now: () => Date.now() + passedMs,
    prepared: createPreparedProvider(provider, new AbortController().signal),
    publish: liveHub.publish,
  });
  const guard = createOriginGuard({ host: '127.0.0.1', machineName: 'test', allowOrigins: [] });
  const http = await createHttpServer({ app, guard, siteFolder: site });
  await http.listen({ host: '127.0.0.1', port: 0 });
  const gateway = createGateway({
    server: http.server,
    identify: ({ headers }) => identifyCookie(store, headers.cookie),
    allowedOrigins: [],
    openTerminal: (request) => openTerminal(app, request),
    lookOn: ({ headers }, link) => lookOn(app, link, watchSecret(headers.cookie, link)),
    liveHub,
    onWatch: (learner, watched, page) => watchLesson(app, learner, { ...watched, page }),
    onLiveClose: (learner, page) => unwatchLesson(app, learner, page),
    log: () => {},
  });
  const network = createNetwork((listener) => http.server.on('connection', listener));
  const browser = await launchBrowser(hasGraphics ? drawnGraphics : undefined);
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  return {
    ...{ url, browser, scriptBytes, complaints },
    passTime: (ms) => {
      passedMs += ms;
      app.life.check();
    },
    ...network,
    open: async (path = '/', options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        // Cut connections and refused requests are what several tests are about.
        if (message.type() === 'error' && !/WebSocket|ERR_|status of 409/.test(message.text()))
          complaints.push(message.text());
      });
      await page.goto(path.includes(':') ? path : url + path);
      return page;
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await gateway[Symbol.asyncDispose]();
      await http.close();
      await app[Symbol.asyncDispose]();
      await sessions[Symbol.asyncDispose]();
      await recordings[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
      store[Symbol.dispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Pages = Pick<BrowserWorld, 'scriptBytes'> & { readonly course: Course };

async function barePages(site: string): Promise<Pages> {
  const course = await tinyCourse();
  const scriptBytes = await bundleIslands(site);
  await writeFile(join(site, 'index.html'), lessonPage(course, 'files', 'ko'));
  await writeFile(join(site, 'en.html'), lessonPage(course, 'files', 'en'));
  return { course, scriptBytes };
}

async function builtSite(courseFolder: string, site: string): Promise<Pages> {
  const { course } = await loadCourse(courseFolder);
  const { exitCode, log } = await buildSite(courseFolder, site);
  if (!course || exitCode !== 0) throw new Error(`The course did not build:\n${log}`);
  return { course, scriptBytes: new Map() };
}

async function bundleIslands(outDir: string): Promise<ReadonlyMap<string, number>> {
  await build({
    ...{ root, configFile: false, logLevel: 'error', publicDir: false },
    build: {
      ...{ outDir, emptyOutDir: false, minify: true, modulePreload: false },
      rolldownOptions: { input: join(root, 'src/islands/index.ts'), output: { entryFileNames: 'islands.js' } },
    },
  });
  const sizes = new Map<string, number>();
  for (const name of await readdir(outDir, { recursive: true })) {
    if (name.endsWith('.js')) sizes.set(name, gzipSync(await readFile(join(outDir, name))).length);
  }
  return sizes;
}

function createNetwork(listen: (onConnection: (socket: Socket) => void) => void): Pick<BrowserWorld, 'cut' | 'mute'> {
  const sockets = new Set<Socket>();
  let isShut = false;
  let isMute = false;
  listen((socket) => {
    if (isShut || isMute) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    cut: (shut) => {
      isShut = shut;
      if (shut) for (const socket of sockets) socket.destroy();
    },
    mute: (mute) => {
      isMute = mute;
      for (const socket of sockets) {
        if (mute) socket.pause();
        else socket.resume();
      }
    },
  };
}
