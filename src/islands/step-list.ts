/**
 * `<tadak-step-list>`: how each step and the quiz of the lesson stand. Knows nothing about checks.
 */
import { setText } from './element.ts';
import type { Island } from './island.ts';
import { lessonProgress } from './page.ts';
import { missingNeeds, type StepState, stepMarks, stepStateLabel, stepStateOf } from './step-state.ts';

/** The behaviour of `<tadak-step-list>`. */
export const stepListIsland: Island = (host, page, signal) => {
  const { lesson = '' } = host.dataset;
  page.state.watch((state) => {
    const progress = lessonProgress(state, lesson);
    for (const link of host.querySelectorAll<HTMLElement>('a[data-step]')) {
      const id = link.dataset['step'] ?? '';
      const needs = document.getElementById(`step-${id}`)?.dataset['needs'] ?? '';
      mark(link, stepStateOf(progress?.steps[id], missingNeeds(needs, state.lab)));
    }
    const quiz = host.querySelector<HTMLElement>('a[data-quiz]');
    const questions = [...document.querySelectorAll<HTMLElement>('tadak-question')];
    const isDone = questions.every(({ dataset }) => progress?.questions[dataset['question'] ?? '']?.correct);
    if (quiz) mark(quiz, questions.length > 0 && isDone ? 'done' : 'todo');
  }, signal);

  function mark(link: HTMLElement, state: StepState): void {
    link.dataset['state'] = state;
    setText(link.querySelector('[data-marker]'), stepMarks[state]);
    setText(link.querySelector('[data-state-label]'), stepStateLabel(state, page.t));
  }
};
