/**
 * `<tadak-lesson-mark>`, `<tadak-course-progress>` and `<tadak-continue>`: where the learner is in the course.
 * Knows nothing about the lesson on the page.
 */
import type { LessonProgress } from '../protocol/api.ts';
import { setHidden, setText } from './element.ts';
import type { Island } from './island.ts';
import { lessonProgress } from './page.ts';

/** Steps passed in a lesson. */
function passedSteps(progress: LessonProgress | undefined): number {
  return Object.values(progress?.steps ?? {}).filter((step) => step.passed).length;
}

function lessonState(progress: LessonProgress | undefined, steps: number): 'todo' | 'started' | 'done' {
  const hasBegun = [...Object.values(progress?.steps ?? {}), ...Object.values(progress?.questions ?? {})].some(
    ({ attempts }) => attempts > 0,
  );
  if (!hasBegun) return 'todo';
  return passedSteps(progress) >= steps ? 'done' : 'started';
}

/** The behaviour of `<tadak-lesson-mark>`. */
export const lessonMarkIsland: Island = (host, page, signal) => {
  const { lesson = '', steps = '0' } = host.dataset;
  const labels = { todo: '', started: page.t['nav.lessonStarted'], done: page.t['nav.lessonDone'] };
  page.state.watch((state) => {
    const standing = lessonState(lessonProgress(state, lesson), Number(steps));
    host.dataset['state'] = standing;
    setText(host.querySelector('.sr-only') ?? host.querySelector('span'), labels[standing]);
  }, signal);
};

/** The behaviour of `<tadak-course-progress>`. */
export const courseProgressIsland: Island = (host, page, signal) => {
  const all = Number(host.dataset['steps'] ?? 0);
  page.state.watch(({ progress }) => {
    if (!progress) return;
    const done = Object.values(progress.lessons).reduce((sum, lesson) => sum + passedSteps(lesson), 0);
    const bar = host.querySelector('progress');
    if (bar) bar.value = Math.min(done, all);
    setText(host.querySelector('[data-text]'), page.t['course.progress'](Math.min(done, all), all));
    setHidden(host, all === 0);
  }, signal);
};

interface CourseIndex {
  readonly lessons: Readonly<Record<string, { readonly href: string; readonly title: string }>>;
}

/** The behaviour of `<tadak-continue>`. */
export const continueIsland: Island = (host, page, signal) => {
  const link = host.querySelector<HTMLAnchorElement>('[data-continue-link]');
  const index = JSON.parse(document.getElementById('tadak-course')?.textContent || '{"lessons":{}}') as CourseIndex;
  page.state.watch(({ progress }) => {
    const place = progress?.place;
    const lesson = place && index.lessons[place.lesson];
    if (!place || !lesson || !link) return;
    link.href = place.step ? `${lesson.href}#step-${place.step}` : lesson.href;
    setText(link, page.t['course.continueAt'](lesson.title));
  }, signal);
};
