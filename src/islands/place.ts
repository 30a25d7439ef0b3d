/**
 * Remembers where the learner reads: tells the server which step is in view, now and then.
 * Knows nothing about progress.
 */
import type { Page } from './page.ts';

/** Pause between two reports: scrolling through a lesson is one or two of them. */
const reportPauseMs = 3000;

/** Follows the reader through the page's lesson. */
export function followPlace(page: Page): void {
  const { course, lesson, signal } = page;
  if (!course || !lesson) return;
  let step: string | undefined;
  let reported: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const report = () => {
    timer = undefined;
    if (step === reported) return;
    reported = step;
    void page.api.place(course, step ? { lesson, step } : { lesson });
  };
  const handleView: IntersectionObserverCallback = (entries) => {
    const seen = entries.filter((entry) => entry.isIntersecting).at(-1)?.target;
    if (!(seen instanceof HTMLElement)) return;
    step = seen.dataset['step'];
    timer ??= setTimeout(report, reportPauseMs);
  };
  // A step is in view when it crosses the middle of the window.
  const observer = new IntersectionObserver(handleView, { rootMargin: '-50% 0px -50% 0px' });
  for (const target of document.querySelectorAll('tadak-step')) observer.observe(target);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  // Not before the server knows who this is.
  const known = new AbortController();
  page.state.watch(({ progress }) => {
    if (!progress) return;
    known.abort();
    void page.api.place(course, step ? { lesson, step } : { lesson });
  }, known.signal);
}
