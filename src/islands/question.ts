/**
 * `<tadak-question>`: sends an answer, explains each choice beside it, keeps the answer, and lets the learner
 * try again. What is right is known to the server alone.
 */
import type { QuestionProgress, QuizView } from '../protocol/api.ts';
import { element, richText, setHidden, setText } from './element.ts';
import type { Island } from './island.ts';
import { markEnds, wireOrder } from './order-list.ts';
import { lessonProgress, type Page } from './page.ts';
import { readAnswer, writeAnswer } from './question-answer.ts';
import { quietly, showFailure } from './step-result.ts';

/** The behaviour of `<tadak-question>`. */
export const questionIsland: Island = (host, page, signal) => {
  const { course = '', lesson = '', question = '', kind = '' } = host.dataset;
  const form = host.querySelector('form');
  const region = host.querySelector<HTMLElement>('[data-result]');
  const submit = host.querySelector<HTMLButtonElement>('[data-submit]');
  if (!form || !region || !submit) return;
  const { t } = page;
  let isBusy = false;
  let isRestored = false;

  const show = (view: QuizView) => {
    showOutcome(region, view, page);
    showExplanations(form, view, page);
    host.dataset['state'] = view.outcome === 'error' ? 'todo' : view.outcome;
    setText(submit, view.outcome === 'correct' ? t['quiz.again'] : t['quiz.submit']);
  };
  const clear = () => {
    host.dataset['state'] = 'todo';
    delete region.dataset['status'];
    region.replaceChildren();
    for (const explanation of form.querySelectorAll('[data-explanation]')) setHidden(explanation, true);
    setText(submit, t['quiz.submit']);
    if (kind !== 'order') form.reset();
  };
  const send = async (answer: string | string[]) => {
    isBusy = true;
    submit.setAttribute('aria-disabled', 'true');
    const given = await page.api.answer({ course, lesson, id: question }, { answer });
    isBusy = false;
    submit.removeAttribute('aria-disabled');
    if (signal.aborted) return;
    if (!given.ok) return showFailure(region, given.message);
    takeAnswer(page, lesson, given.value);
    show(given.value);
  };
  const handleSubmit = (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    if (host.dataset['state'] === 'correct') return clear();
    const answer = readAnswer(form, kind);
    if (answer !== undefined) void send(answer);
    else form.querySelector<HTMLElement>('input')?.focus();
  };

  const list = form.querySelector<HTMLElement>('[data-order]');
  if (list) wireOrder(list, { onMoved: (item, at) => page.announce(t['quiz.moved'](item, at)), signal });
  form.addEventListener('submit', handleSubmit, { signal });
  page.state.watch((state) => {
    if (isRestored || !state.progress) return;
    isRestored = true;
    const last = lessonProgress(state, lesson)?.questions[question]?.last;
    if (!last || readDraft(form, kind)) return;
    writeAnswer(form, last.answer);
    if (list) markEnds(list);
    quietly(region, () => show(last));
  }, signal);
};

/** Something the learner already chose on this page must not be overwritten by an older answer. */
function readDraft(form: HTMLFormElement, kind: string): boolean {
  return kind !== 'order' && readAnswer(form, kind) !== undefined;
}

function showOutcome(region: HTMLElement, { outcome, message }: QuizView, { t, locale }: Page): void {
  region.dataset['status'] = outcome;
  const verdict = outcome === 'error' ? t['step.error'] : t[`quiz.${outcome}`];
  const more = message ? [' ', ...richText(message[locale])] : [];
  region.replaceChildren(element('p', {}, element('strong', {}, verdict), ...more));
}

function showExplanations(form: HTMLFormElement, view: QuizView, { t, locale }: Page): void {
  for (const place of form.querySelectorAll<HTMLElement>('[data-explanation]')) {
    const explanation = view.explanations[place.dataset['explanation'] ?? ''];
    setHidden(place, !explanation);
    if (!explanation) continue;
    place.dataset['correct'] = String(explanation.correct);
    const verdict = explanation.correct ? t['quiz.correct'] : t['quiz.incorrect'];
    const sentence = richText(explanation.why[locale]);
    place.replaceChildren(element('span', { class: 'sr-only' }, `${verdict} `), ...sentence);
  }
}

function takeAnswer(page: Page, lesson: string, view: QuizView): void {
  const state = page.state.get();
  const known = state.progress?.lessons[lesson];
  const before: QuestionProgress | undefined = known?.questions[view.question];
  const progress: QuestionProgress = {
    answered: true,
    correct: before?.correct === true || view.outcome === 'correct',
    firstCorrect: view.firstCorrect,
    attempts: view.attempts,
    last: view,
  };
  const changed = { steps: known?.steps ?? {}, questions: { ...known?.questions, [view.question]: progress } };
  page.state.set({ progress: { ...state.progress, lessons: { ...state.progress?.lessons, [lesson]: changed } } });
}
