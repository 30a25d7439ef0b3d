/**
 * The HTTP API as typed functions. Answers come from our own server and are not parsed again.
 * Knows nothing about pages; a failure is a value with a sentence in the reader's language.
 */
import type { Locale } from '../course/locales.ts';
import type { FaultCode } from '../faults.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import type {
  CheckRequest,
  CheckView,
  CourseProgress,
  FaultView,
  LabRequest,
  LabView,
  Me,
  PlaceRequest,
  QuizRequest,
  QuizView,
  SolutionView,
} from '../protocol/api.ts';

/** What went wrong, for the reader. `code` is absent when the server was not reached. */
export interface ApiFailure {
  readonly ok: false;
  readonly code?: FaultCode;
  readonly message: string;
  readonly retry: boolean;
}
/** An answer, or why there is none. */
export type ApiAnswer<Value> = { readonly ok: true; readonly value: Value } | ApiFailure;

/** Names a step or a question of a lesson. */
export interface LessonPart {
  readonly course: string;
  readonly lesson: string;
  readonly id: string;
}

/** Longest time for an answer: the longest check (300 s) and something for the way. */
const answerTimeoutMs = 320_000;

/** The HTTP API. */
export type Api = ReturnType<typeof createApi>;

/** Makes the client. */
export function createApi(locale: Locale, t: Dictionary) {
  /** On a first visit the answer to this brings the cookie by which the server knows the reader in everything else. */
  let introduction: Promise<unknown> | undefined;
  let isKnown = false;
  const call: typeof send = async (method, path, body) => {
    await introduction;
    return send(method, path, body);
  };
  const introduce = (): Promise<ApiAnswer<Me>> => {
    const answer = send<Me>('GET', '/me');
    if (isKnown) return answer;
    introduction = answer.then(({ ok }) => {
      isKnown ||= ok;
    });
    return answer;
  };
  async function send<Value>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<ApiAnswer<Value>> {
    try {
      const response = await fetch(`/api${path}`, {
        method,
        signal: AbortSignal.timeout(answerTimeoutMs),
        ...(method === 'POST'
          ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }
          : {}),
      });
      const answer: unknown = response.status === 204 ? undefined : await response.json();
      if (response.ok) return { ok: true, value: answer as Value };
      const { code, message, retry } = answer as FaultView;
      return { ok: false, code, message: message[locale], retry };
    } catch {
      // Not reached, cut off, or something in between answered in HTML: the reader can only wait and retry.
      return { ok: false, message: t['lab.noServer'], retry: true };
    }
  }
  const stepPath = ({ course, lesson, id }: LessonPart) => `/courses/${course}/lessons/${lesson}/steps/${id}`;
  return {
    /** Any other question, for the parts of a page that are loaded later. */
    call,
    me: introduce,
    progress: (course: string) => call<CourseProgress>('GET', `/courses/${course}/progress`),
    place: (course: string, place: PlaceRequest) => call<void>('POST', `/courses/${course}/place`, place),
    lab: () => call<LabView>('GET', '/lab'),
    changeLab: (change: 'start' | 'restart' | 'end' | 'extend' | 'forget-host-key', request: LabRequest) =>
      call<LabView>('POST', `/lab/${change}`, request),
    check: (step: LessonPart, body: CheckRequest) => call<CheckView>('POST', `${stepPath(step)}/check`, body),
    reset: (step: LessonPart) => call<CheckView>('POST', `${stepPath(step)}/reset`),
    solution: (step: LessonPart) => call<SolutionView>('POST', `${stepPath(step)}/solution`),
    answer: ({ course, lesson, id }: LessonPart, body: QuizRequest) =>
      call<QuizView>('POST', `/courses/${course}/lessons/${lesson}/quiz/${id}`, body),
  };
}
