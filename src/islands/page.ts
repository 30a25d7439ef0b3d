/**
 * What the islands of one page share: language, texts, API, state, live channel, and the door to the terminal.
 * Made once by `index.ts`. Knows nothing about any element.
 */
import type { Locale } from '../course/locales.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import type {
  CheckView,
  CourseProgress,
  LabRequest,
  LabView,
  LessonProgress,
  RecordingsView,
} from '../protocol/api.ts';
import type { LiveServerMessage } from '../protocol/live.ts';
import type { WatchLinkView } from '../protocol/watch.ts';
import { type Api, type ApiAnswer, createApi } from './api.ts';
import { element } from './element.ts';
import { openLive } from './live.ts';
import type { StepInputs } from './step-inputs.ts';
import { createStore, type Store } from './store.ts';
import { onPageWake } from './wake.ts';

/** State that several elements show. */
export interface PageState {
  /** Absent until the server said it. */
  readonly lab?: LabView;
  /** Why the latest request about the lab failed. */
  readonly labFailure?: string | undefined;
  readonly progress?: CourseProgress;
  /** The step that the server checks by itself now. */
  readonly checking?: string | undefined;
  /** The latest outcome that the server pushed. */
  readonly checked?: CheckView;
  /** The learner's recordings of terminals, where something asked for them. */
  readonly recordings?: RecordingsView;
  /** The learner's watch link, where something asked for it. */
  readonly watchLink?: WatchLinkView;
  /** Counts what the server pushed about the lab: an answer that was on its way meanwhile is out of date. */
  readonly labPushes: number;
  /** Counts the times when the network was suspected dead; terminals see whether they are when it changes. */
  readonly suspicions: number;
}

/** What became of a command that was sent to the terminal. */
export type TypedCommand = 'typed' | 'ran' | 'waits-for-lab';

/** What the islands of a page share. */
export interface Page {
  readonly locale: Locale;
  readonly t: Dictionary;
  readonly api: Api;
  readonly state: Store<PageState>;
  readonly course: string | undefined;
  readonly lesson: string | undefined;
  readonly signal: AbortSignal;
  /** Says something to screen readers, politely. */
  announce(text: string): void;
  /** Starts, restarts or ends the lab, and shows what came of it. */
  changeLab(change: 'start' | 'restart' | 'end' | 'extend' | 'forget-host-key'): Promise<boolean>;
  /** Puts a command into the terminal; set by the terminal's element. */
  typeCommand: ((command: string) => Promise<TypedCommand>) | undefined;
  /** Deals with steps that are forms; set where the page has one. */
  formInputs: StepInputs | undefined;
}

/** How a page is found in its document. */
export interface PageOptions {
  readonly locale: Locale;
  readonly t: Dictionary;
  readonly course: string | undefined;
  readonly lesson: string | undefined;
  readonly signal: AbortSignal;
}

/** Makes the page's shared parts and connects them to the server. */
export function createPage(options: PageOptions): Page {
  const api = createApi(options.locale, options.t);
  const state = createStore<PageState>({ labPushes: 0, suspicions: 0 });
  const { course, lesson } = options;
  const from = course && lesson ? { course, lesson } : undefined;
  const page: Page = {
    ...options,
    api,
    state,
    announce: createAnnouncer(),
    changeLab: (change) => takeLab(page, api.changeLab(change, { from })),
    typeCommand: undefined,
    formInputs: undefined,
  };
  void connect(page, from);
  return page;
}

/** The progress of the page's lesson. */
export function lessonProgress(state: PageState, lesson: string): LessonProgress | undefined {
  return state.progress?.lessons[lesson];
}

async function connect(page: Page, watch: LabRequest['from']): Promise<void> {
  // The first answer sets the cookie that everything else needs.
  const me = await page.api.me();
  if (page.signal.aborted) return;
  if (!me.ok) {
    page.state.set({ labFailure: me.message });
    setTimeout(() => void connect(page, watch), 3000);
    return;
  }
  openLive({
    url: socketUrl('/ws/live'),
    watch,
    wake: onPageWake,
    signal: page.signal,
    onMessage: (message) => applyPush(page.state, message),
    onShut: () => void page.api.me(),
    onReturn: () => void refresh(page),
    onSuspect: () => page.state.set({ suspicions: page.state.get().suspicions + 1 }),
  });
  await refresh(page);
}

async function refresh(page: Page): Promise<void> {
  const lab = takeLab(page, page.api.lab());
  const progress = page.course ? await page.api.progress(page.course) : undefined;
  await lab;
  if (progress?.ok) page.state.set({ progress: progress.value });
}

async function takeLab({ state }: Page, answering: Promise<ApiAnswer<LabView>>): Promise<boolean> {
  const before = state.get().labPushes;
  const answer = await answering;
  if (!answer.ok) state.set({ labFailure: answer.message });
  else if (state.get().labPushes === before) state.set({ lab: answer.value, labFailure: undefined });
  return answer.ok;
}

function applyPush(state: Store<PageState>, message: LiveServerMessage): void {
  if (message.type === 'lab') {
    state.set({ lab: message.lab, labFailure: undefined, labPushes: state.get().labPushes + 1 });
  }
  // What these carry is called as in the state.
  if (message.type === 'recordings' || message.type === 'watch-link') state.set(message);
  if (message.type === 'checking') state.set({ checking: message.step });
  if (message.type === 'checked') state.set({ checking: undefined, checked: message.check });
  if (message.type !== 'progress') return;
  const progress = state.get().progress;
  state.set({
    progress: { ...progress, lessons: { ...progress?.lessons, [message.lesson]: message.progress } },
  });
}

/** Address of a socket of this site. */
export function socketUrl(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

function createAnnouncer(): (text: string) => void {
  const region = element('div', { role: 'status', class: 'tadak-announcer' });
  document.body.append(region);
  return (text) => {
    region.textContent = '';
    // Emptied first, so that the same sentence twice is spoken twice.
    setTimeout(() => {
      region.textContent = text;
    }, 50);
  };
}
