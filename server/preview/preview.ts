/**
 * The live preview of a course for who writes it: the course as it is saved, pages made on demand, and what is to be
 * mended, for every page. Knows nothing about labs, learners and HTTP.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { Issue } from '../../src/course/issue.ts';
import { type Course, lessonsOf } from '../../src/course/model.ts';
import { examineFolder } from '../course/examine-folder.ts';
import { type CourseProblems, createCourseKeeper } from './course-keeper.ts';
import { type ForwardedAnswer, forwardRequest, forwardUpgrade, isHotUpgrade } from './forward.ts';
import { type PageMaker, startPageMaker } from './page-maker.ts';
import { createProblemFeed } from './problem-feed.ts';
import { createTextErrors } from './text-errors.ts';
import { watchFolder } from './watch-folder.ts';

/** What a preview is given. */
export interface PreviewOptions {
  readonly project: string;
  /** Where the process that makes pages works; below the project. */
  readonly workFolder: string;
  readonly courseFolder: string;
  /** Tags that a text may use. */
  readonly tags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The files have other problems than before. */
  readonly onProblems: (problems: CourseProblems) => void;
  /** A text cannot be made into a page. */
  readonly onTextError: (issue: Issue) => void;
  /** A line of an error that is not the author's file's. */
  readonly onLine: (line: string) => void;
  /** Gives up the wait for a course that can be used. */
  readonly signal: AbortSignal;
}

/** A running preview. */
export interface Preview extends AsyncDisposable {
  /** The last good course. */
  readonly course: Course;
  /** Calls `listener` with every course that comes after this. */
  onCourse(listener: (course: Course) => void): void;
  /** A page, or a file of it. Throws Fault `preview-failed` while none can be made. */
  answer(request: IncomingMessage): Promise<ForwardedAnswer>;
  /** The stream of problems for one page. */
  openProblems(): Readable;
  /** The script that shows them. */
  readonly panelScript: string;
  /** Takes over a page's channel for hot updates; `false` for any other upgrade. */
  takeUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): boolean;
  /** Ends what hangs on pages, so that the doors can close. */
  letPagesGo(): void;
}

/** Starts a preview; resolves when the course can be used. Throws Fault `course-not-found`. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  await using stack = new AsyncDisposableStack();
  const { courseFolder, tags, signal } = options;
  const examine = () => examineFolder(courseFolder, { tags });
  const feed = stack.use(createProblemFeed());
  const listeners: ((course: Course) => void)[] = [];
  const first = Promise.withResolvers<void>();
  const state: PreviewState = { isReady: false, texts: [] };
  const tellPages = () => {
    const { blocking, open } = keeper.problems;
    feed.tell({ isReady: state.isReady, blocking, texts: state.texts, open });
  };
  const keeper = createCourseKeeper(examine, {
    onCourse: (course) => {
      first.resolve();
      for (const listener of listeners) listener(course);
      refreshPages(state, course);
    },
    onProblems: (problems) => {
      options.onProblems(problems);
      tellPages();
    },
  });
  await keeper.refresh();
  const handleSave = () => {
    // A text that is broken still is said to be so when its page is asked for again.
    state.texts = [];
    tellPages();
    // A folder that cannot be read at this moment, because it is being written, is read after its next change.
    keeper.refresh().catch(() => {});
  };
  stack.use(await watchFolder(courseFolder, handleSave));
  await orAborted(first.promise, signal);
  const maker = stack.use(
    startPageMaker({
      ...{ project: options.project, folder: options.workFolder, course: courseFolder },
      environment: options.environment,
      onLine: createTextErrors(courseFolder, {
        onIssue: (issue) => {
          // One save asks for a page more than once.
          if (state.texts.some((one) => JSON.stringify(one) === JSON.stringify(issue))) return;
          state.texts = [...state.texts.filter(({ file }) => file !== issue.file), issue];
          options.onTextError(issue);
          tellPages();
        },
        onOther: options.onLine,
      }),
      onState: (isReady) => {
        state.isReady = isReady;
        tellPages();
      },
    }),
  );
  state.maker = maker;
  state.shape = shapeOf(keeper.course as Course);
  const pages = new AbortController();
  const running = stack.move();
  return {
    get course() {
      return keeper.course as Course;
    },
    onCourse: (listener) => void listeners.push(listener),
    answer: async (request) => forwardRequest(request, await maker.port()),
    openProblems: feed.open,
    panelScript: readFileSync(new URL('./panel.mjs', import.meta.url), 'utf8'),
    takeUpgrade: (request, stream, head) => {
      if (!isHotUpgrade(request)) return false;
      const join = (port: number) => forwardUpgrade(request, stream, { head, port, signal: pages.signal });
      maker.port().then(join, () => stream.destroy());
      return true;
    },
    letPagesGo: () => {
      pages.abort();
      feed[Symbol.dispose]();
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

interface PreviewState {
  isReady: boolean;
  /** Texts that could not be made into a page since the last save. */
  texts: readonly Issue[];
  maker?: PageMaker;
  shape?: string;
}

/** Astro's list of pages is fixed when it starts: another list needs another start. Everything else it sees by itself. */
function refreshPages(state: PreviewState, course: Course): void {
  const shape = shapeOf(course);
  if (!state.maker || (shape === state.shape && !state.maker.hasFailed)) return;
  state.shape = shape;
  void state.maker.restart();
}

const shapeOf = (course: Course) =>
  JSON.stringify([
    course.addresses,
    course.chapters.map(({ id }) => id),
    lessonsOf(course).map(({ folder }) => folder),
  ]);

function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}
