/**
 * `<tadak-step>`: checks, resets and solves one step, and shows how it stands.
 * The focus stays where it is and nothing scrolls; a result is spoken once, and only when the learner asked
 * for it or passed.
 */
import type { CheckView } from '../protocol/api.ts';
import type { ApiAnswer, LessonPart } from './api.ts';
import { askToConfirm } from './confirm-dialog.ts';
import { richText, setHidden, setText } from './element.ts';
import type { Island } from './island.ts';
import { lessonProgress, type PageState } from './page.ts';
import { keepAsks, readAsks } from './step-asks.ts';
import { askInputs } from './step-inputs.ts';
import { quietly, showChecking, showFailure, showResult } from './step-result.ts';
import { wireSolution } from './step-solution.ts';
import { missingNeeds, stepMarks, stepStateLabel, stepStateOf } from './step-state.ts';

/** The behaviour of `<tadak-step>`. */
export const stepIsland: Island = (host, page, signal) => {
  const { course = '', lesson = '', step = '' } = host.dataset;
  const part: LessonPart = { course, lesson, id: step };
  const form = host.querySelector<HTMLFormElement>('[data-check-form]');
  const region = host.querySelector<HTMLElement>('[data-result]');
  const check = host.querySelector<HTMLButtonElement>('[data-check]');
  const reset = host.querySelector<HTMLButtonElement>('[data-reset]');
  if (!form || !region || !check) return;
  const { t } = page;
  const inputs = ('form' in form.dataset && page.formInputs) || askInputs(t);
  let isBusy = false;
  let pushed: CheckView | undefined;

  const setBusy = (busy: boolean) => {
    isBusy = busy;
    // `disabled` would take the focus away.
    for (const control of [check, reset]) control?.setAttribute('aria-disabled', String(busy));
    host.toggleAttribute('data-busy', busy);
    setText(check, busy ? t['step.checking'] : t['step.check']);
  };

  const show = (view: CheckView) => {
    showResult(region, view, page);
    inputs.mark(form, view.result, region);
    if (view.result.status === 'pass' && view.why) showWhy(host, richText(view.why[page.locale]));
  };

  const run = async (request: () => Promise<ApiAnswer<CheckView>>, after?: () => void) => {
    if (isBusy) return;
    setBusy(true);
    showChecking(region, t);
    const answer = await request();
    setBusy(false);
    if (signal.aborted) return;
    if (!answer.ok) return showFailure(region, answer.message);
    takeProgress(page.state.get(), answer.value, page.state.set);
    show(answer.value);
    after?.();
  };

  const handleReset = async () => {
    if (isBusy) return;
    const [text, confirm, done] = inputs.resetWords;
    if (!(await askToConfirm({ text, confirm, cancel: t['lab.cancel'] }))) return;
    // After a reset the check fails by design: say that it is undone, not that it is wrong.
    await run(
      () => page.api.reset(part),
      () => {
        inputs.clear?.(form);
        showUndone(region, done);
      },
    );
  };

  const handlePush = (view: CheckView) => {
    if (isBusy) return;
    if (view.result.status === 'pass') show(view);
    // Not asked for, so not spoken; and only where an older result would be out of date otherwise.
    else if (region.dataset['status'] && view.result.status === 'fail') quietly(region, () => show(view));
  };

  keepAsks(form, { storage: inputs.storage, key: `tadak.ask.${course}.${lesson}.${step}` }, signal);
  inputs.follow?.(form, signal);
  wireSolution(host, {
    locale: page.locale,
    fetchSolution: () => page.api.solution(part),
    onFailure: (message) => showFailure(region, message),
    signal,
  });
  form.addEventListener(
    'submit',
    (event) => {
      event.preventDefault();
      void run(() => page.api.check(part, { answers: readAsks(form) }));
    },
    { signal },
  );
  reset?.addEventListener('click', () => void handleReset(), { signal });
  const handleJump = () => void import('./jump.ts').then(({ offerJump }) => offerJump(page, part, region));
  host.querySelector('[data-jump]')?.addEventListener('click', handleJump, { signal });

  let isRestored = false;
  page.state.watch((state) => {
    showState(host, state, page.t);
    const progress = lessonProgress(state, lesson)?.steps[step];
    if (!isRestored && state.progress) {
      isRestored = true;
      const last = progress?.last;
      if (progress && last?.status === 'fail' && !isBusy && !inputs.isStale?.(form)) {
        quietly(region, () => show({ lesson, step, result: last, progress, trigger: 'button' }));
      }
    }
    if (state.checked && state.checked !== pushed && state.checked.lesson === lesson && state.checked.step === step) {
      pushed = state.checked;
      handlePush(pushed);
    }
    host.toggleAttribute('data-checking', state.checking === step);
  }, signal);
};

function showState(host: HTMLElement, state: PageState, t: Parameters<typeof stepStateLabel>[1]): void {
  const { lesson = '', step = '', needs = '' } = host.dataset;
  const missing = missingNeeds(needs, state.lab);
  const standing = stepStateOf(lessonProgress(state, lesson)?.steps[step], missing);
  host.dataset['state'] = standing;
  showReading(host, standing === 'read' ? missing : []);
  setText(host.querySelector('[data-marker]'), stepMarks[standing]);
  setText(host.querySelector('[data-state-label]'), stepStateLabel(standing, t));
}

/** What the lab lacks, by the names that stand on the page, in the sentence that it brings. */
function showReading(host: HTMLElement, missing: readonly string[]): void {
  const lacks = host.querySelector<HTMLElement>('[data-lacks]');
  const nameOf = (need: string) => host.querySelector(`[data-need="${need}"]`)?.textContent ?? need;
  setText(lacks, (lacks?.dataset['lacks'] ?? '').replace('{missing}', missing.map(nameOf).join(', ')));
  setHidden(host.querySelector('[data-reading]'), missing.length === 0);
}

function showWhy(host: HTMLElement, text: Node[]): void {
  const why = host.querySelector('[data-why]');
  why?.querySelector('[data-why-text]')?.replaceChildren(...text);
  setHidden(why, false);
}

function showUndone(region: HTMLElement, text: string): void {
  region.dataset['status'] = 'skipped';
  region.textContent = text;
}

/** The answer brings the step's progress along; the push for other pages may come later. */
function takeProgress(state: PageState, view: CheckView, set: (change: Partial<PageState>) => void): void {
  const lesson = state.progress?.lessons[view.lesson];
  const changed = { steps: { ...lesson?.steps, [view.step]: view.progress }, questions: lesson?.questions ?? {} };
  set({ progress: { ...state.progress, lessons: { ...state.progress?.lessons, [view.lesson]: changed } } });
}
