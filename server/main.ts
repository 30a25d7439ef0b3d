/**
 * The composition root: everything is made here, in order, and ended here in reverse. No logic of its own.
 */
import { hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Course, lessonsOf } from '../src/course/model.ts';
import { Fault, toFault } from '../src/faults.ts';
import { adoptLab } from './app/adopt-lab.ts';
import { createApp } from './app/app.ts';
import type { App } from './app/context.ts';
import type { LabLimits } from './app/lab-life.ts';
import { lookOn } from './app/look-on.ts';
import { openTerminal } from './app/open-terminal.ts';
import { createPreparedProvider, type PreparedProvider } from './app/prepared-provider.ts';
import { unwatchLesson, watchLesson } from './app/watch-lesson.ts';
import { chooseProvider } from './choose-provider.ts';
import { readTags } from './cli/lint.ts';
import type { Terminal } from './cli/terminal.ts';
import { words } from './cli/words.ts';
import { type Config, projectFolder } from './config.ts';
import { createProblemReport, describeIssue, loadCheckedCourse } from './course-report.ts';
import { LabFolders } from './data/lab-folders.ts';
import { lockFolder } from './data/lock-folder.ts';
import { serverIdentity } from './data/server-identity.ts';
import { createGateway } from './gateway/create-gateway.ts';
import { explainListenError } from './host/listen-errors.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { identifyCookie } from './http/identity.ts';
import { createOriginGuard, type OriginGuard } from './http/origin-guard.ts';
import { watchSecret } from './http/watch-cookie.ts';
import type { LabKind, LabProvider } from './lab/lab.ts';
import { createLabPool } from './lab/lab-pool.ts';
import { countLabs, watchReserve } from './lab/lab-totals.ts';
import { openLog, type ServerLog } from './log.ts';
import { type Preview, startPreview } from './preview/preview.ts';
import { openWorkFolder } from './preview/work-folder.ts';
import { openSqliteStore } from './progress/sqlite.ts';
import { RecordingShelf, usualShelfLimits } from './recording/recording-shelf.ts';
import { createLiveHub, type LiveHub } from './session/live-hub.ts';
import { ScreenShelf } from './session/screen-shelf.ts';
import { createSessionRegistry } from './session/session-registry.ts';
import { ensureSite } from './site/build-site.ts';
import { sweepRegularly, takeOverLabs } from './take-over-labs.ts';

/** What a server is given. */
export interface ServerOptions {
  readonly config: Config;
  readonly terminal: Terminal;
  /** Gives up the start when the operator does; a running server is ended by disposing it. */
  readonly signal: AbortSignal;
  /** Pages are made while their course is being written; on this computer only. */
  readonly preview?: boolean;
}
/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  /** Resolves when the labs are prepared, or could not be; the site is served meanwhile. */
  readonly prepared: Promise<void>;
  /** Whether the next server can go on with the labs of this one. */
  readonly labsOutlive: boolean;
}

/** Starts the server. Throws a Fault when it cannot; nothing is left behind then. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const stack = new AsyncDisposableStack();
  try {
    return await assemble(options, stack);
  } catch (thrown) {
    await stack.disposeAsync();
    throw thrown;
  }
}

async function assemble(
  { config, terminal, signal, preview: isPreview = false }: ServerOptions,
  stack: AsyncDisposableStack,
): Promise<RunningServer> {
  const server = serverIdentity() ?? `${process.pid}-0`;
  stack.use(lockFolder(config.data, server));
  const log = stack.use(openLog(join(config.data, 'server.log'), Date.now));
  const preview = isPreview ? stack.use(await openPreview({ config, terminal, signal })) : undefined;
  const course = preview?.course ?? (await loadCheckedCourse(config.course, terminal));
  const siteFolder = preview ? undefined : await buildSite(course, { config, terminal, signal });
  const store = stack.use(openSqliteStore(join(config.data, 'progress.db')));
  let isListening = false;
  // A start that fails leaves what it took over as it was found.
  const keepsLabs = () => config['keep-labs'] || !(isListening || signal.aborted);
  const chosen = await chooseProvider(config, { course, keepsLabs, log: log.write });
  const { maxLabs, shortage } = limitTotals(chosen.provider, { config, log: log.write });
  const hasRoom = () => shortage() === undefined;
  const provider = stack.use(keepReady(chosen.provider, { config, course, server, maxLabs, hasRoom, log: log.write }));
  if (chosen.why !== undefined) terminal.say(chosen.why);
  const { memoryMb } = chosen.provider;
  if (memoryMb !== undefined) terminal.say(words.labTotals(maxLabs, memoryMb));
  const end = new AbortController();
  stack.defer(() => end.abort(new Fault('shutting-down')));
  const labsOutlive = chosen.provider.adopt !== undefined;
  const labFolders = stack.use(new LabFolders(labsOutlive ? join(config.data, 'labs') : undefined, log.write));
  const dataFolder = config.data;
  const adopted = await takeOverLabs(provider, { server, dataFolder, labFolders, log, signal: end.signal });
  stack.use(sweepRegularly(provider, { server, log }));
  const prepared = createPreparedProvider(provider, end.signal);
  const screens = new ScreenShelf({ folders: labFolders, line: newShell, log: log.write });
  const sessions = stack.use(createSessionRegistry({ recallScreen: (lab, name) => screens.recall(lab, name) }));
  stack.use(screens);
  if (labsOutlive) sessions.onOpened((session) => screens.watch(session));
  const recordings = stack.use(
    new RecordingShelf({
      ...{ ...usualShelfLimits, folder: join(config.data, 'recordings'), now: Date.now },
      keepMs: config['keep-recordings'] * dayMs,
    }),
  );
  const liveHub = createLiveHub();
  const { forgetHostKey } = chosen;
  const app = stack.use(
    createApp({
      ...{ course, store, prepared, sessions, recordings, server, now: Date.now, log: log.write },
      publish: (learner, message) => liveHub.publish(learner, message),
      maxLabs,
      shortage,
      labFolders,
      keepsLabs,
      maxCheckpoints: config['lab-checkpoints'],
      watchLinkMs: config['watch-hours'] * 60 * minuteMs,
      limits: limitsOf(config, provider.kind),
      ...(forgetHostKey && { forgetHostKey: () => forgetHostKey() }),
    }),
  );
  for (const lab of adopted) await adoptLab(app, lab);
  preview?.onCourse(app.replaceCourse);
  const guard = createOriginGuard({ host: config.host, machineName: hostname(), allowOrigins: config['allow-origin'] });
  const url = await listen(stack, { app, guard, siteFolder, preview, liveHub, config, log });
  isListening = true;
  log.write('listening', { url, lab: provider.kind, version: process.version });
  const ready = prepareLabs(prepared, { terminal, config, log, signal: end.signal });
  return { url, prepared: ready, labsOutlive, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

interface Totals {
  readonly config: Config;
  readonly log: ServerLog['write'];
}

/** How many labs there may be, and what they must leave of the disk. */
function limitTotals({ memoryMb: labMb, diskFolders: folders = [] }: LabProvider, { config, log }: Totals) {
  const { 'max-labs': maxLabs, 'labs-memory': labsMb, 'disk-reserve': reserveMb } = config;
  // Where a service is held to less than the machine has.
  const machineMb = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 ** 20;
  return {
    maxLabs: countLabs({ labMb, machineMb, labsMb, maxLabs }),
    shortage: watchReserve({ folders, reserveMb, log }),
  };
}

/** Whether one lab stands by unless the operator says how many: where making one takes time, and the memory holds two. */
const standsBy: Partial<Record<LabKind, boolean>> = { qemu: true, container: true };

interface ReadyLabs {
  readonly config: Config;
  readonly course: Course;
  readonly server: string;
  readonly maxLabs: number;
  readonly hasRoom: () => boolean;
  readonly log: ServerLog['write'];
}

/** The provider with its pool of ready labs, where it has one. */
function keepReady(provider: LabProvider, { config, course, ...options }: ReadyLabs): LabProvider {
  const { kind, pooling } = provider;
  const size = config['labs-ready'] ?? (standsBy[kind] && options.maxLabs > 1 ? 1 : 0);
  if (pooling === undefined || size === 0) return provider;
  const spec = { start: 'none', addresses: course.addresses };
  return createLabPool(provider, { ...options, pooling, size, spec });
}

/** Only machines that we made are ended by us. */
function limitsOf(config: Config, kind: LabKind): LabLimits {
  const isOurs = kind === 'qemu' || kind === 'container';
  const after = (minutes: number) => (isOurs && minutes > 0 ? minutes * minuteMs : Number.POSITIVE_INFINITY);
  return {
    ...{ unused: after(config['lab-unused']), left: after(config['lab-left']), old: after(config['lab-life']) },
    ...{ warning: 5 * minuteMs, extension: 60 * minuteMs },
  };
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Its pages are made below the project, whatever the data folder. */
async function openPreview({ config, terminal, signal }: Omit<ServerOptions, 'preview'>): Promise<Preview> {
  const { course, data, childEnvironment: environment } = config;
  const workFolder = await openWorkFolder(join(projectFolder, '.tadak/preview'), { course, data });
  return startPreview({
    ...{ project: projectFolder, workFolder, courseFolder: course, tags: await readTags(), environment, signal },
    onProblems: createProblemReport(course, terminal),
    onTextError: (issue) => terminal.warn(describeIssue(course, issue)),
    onLine: (line) => terminal.warn({ ko: line, en: line }),
  });
}

/** Says how long it took when there was something to build. */
async function buildSite(course: Course, { config, terminal, signal }: ServerOptions): Promise<string> {
  const began = Date.now();
  let isBuilding = false;
  const onProgress: typeof terminal.showProgress = (progress) => {
    isBuilding = true;
    terminal.showProgress(progress);
  };
  try {
    const folder = await ensureSite({
      ...{ project: projectFolder, dataFolder: config.data, course: config.course, signal, onProgress },
      environment: config.childEnvironment,
      pages: 2 * (lessonsOf(course).length + 1),
    });
    terminal.endProgress();
    if (isBuilding) terminal.say(words.siteBuilt(secondsSince(began), folder));
    return folder;
  } finally {
    terminal.endProgress();
  }
}

const secondsSince = (beganMs: number) => Math.round((Date.now() - beganMs) / 1000);

const newShell = [
  '── 서버가 다시 시작됐어요. 여기부터 새 셸이에요.',
  '── The server was restarted; from here on this is a new shell.',
].join('\r\n');

interface Doors {
  readonly app: App;
  readonly guard: OriginGuard;
  readonly siteFolder: string | undefined;
  readonly preview: Preview | undefined;
  readonly liveHub: LiveHub;
  readonly config: Config;
  readonly log: ServerLog;
}

/** Opens both doors; ending them comes first when the server ends. */
async function listen(
  stack: AsyncDisposableStack,
  { app, guard, siteFolder, preview, liveHub, config, log }: Doors,
): Promise<string> {
  const http = await createHttpServer({ app, guard, siteFolder, preview });
  stack.defer(() => http.close());
  stack.defer(() => preview?.letPagesGo());
  const gateway = createGateway({
    ...{ server: http.server, allowedOrigins: config['allow-origin'], liveHub, log: log.write },
    identify: ({ headers }) => {
      guard.requireOwnHost(headers);
      return identifyCookie(app.store, headers.cookie);
    },
    takeUpgrade: (request, stream, head) => {
      guard.requireOwnHost(request.headers);
      return preview?.takeUpgrade(request, stream, head) ?? false;
    },
    openTerminal: (request) => openTerminal(app, request),
    lookOn: ({ headers }, link) => {
      guard.requireOwnHost(headers);
      return lookOn(app, link, watchSecret(headers.cookie, link));
    },
    onWatch: (learner, watched, page) => watchLesson(app, learner, { ...watched, page: page.id }),
    onLiveOpen: (learner, page) => page.send({ type: 'lab', lab: app.desk.view(learner) }),
    onLiveClose: (learner, page) => unwatchLesson(app, learner, page.id),
  });
  stack.use(gateway);
  const { host, port } = config;
  try {
    return await http.listen({ host, port });
  } catch (thrown) {
    throw explainListenError(thrown, { host, port });
  }
}

interface Preparation {
  readonly terminal: Terminal;
  readonly config: Config;
  readonly log: ServerLog;
  readonly signal: AbortSignal;
}

/** Goes on in the background: students who come early see its progress. A failure is said, and tried again by the next lab. */
async function prepareLabs(prepared: PreparedProvider, { terminal, config, log, signal }: Preparation): Promise<void> {
  const began = Date.now();
  terminal.say(words.preparingLabs(prepared.provider.kind, config.cache ?? config.data));
  try {
    await prepared.prepare(terminal.showProgress, signal);
    terminal.endProgress();
    terminal.say(words.labsReady(secondsSince(began)));
  } catch (thrown) {
    terminal.endProgress();
    if (signal.aborted) return;
    const fault = toFault(thrown);
    log.write('labs could not be prepared', { code: fault.code, message: fault.message, cause: String(fault.cause) });
    terminal.warn(fault.sentence);
  }
}
