/**
 * Remembers where the learner reads: tells the server which step is in view, now and then, and carries the
 * place over when the language is switched.
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
  document.addEventListener('click', (event) => carryPlace(event, step), { signal, capture: true });
  void page.api.place(course, { lesson });
}

/** A link to the same page in another language leads to the same step. */
function carryPlace(event: Event, step: string | undefined): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[hreflang]') : null;
  const place = step ? `step-${step}` : location.hash.slice(1);
  if (link && place && link.origin === location.origin) link.hash = place;
}
