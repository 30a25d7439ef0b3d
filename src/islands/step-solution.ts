/**
 * A step's model solution: asked for twice, fetched only then, shown as a block of code.
 * Knows nothing about checks.
 */
import type { Locale } from '../course/locales.ts';
import type { SolutionView } from '../protocol/api.ts';
import type { ApiAnswer } from './api.ts';
import { setHidden } from './element.ts';

/** How the solution is fetched and what to do when it cannot be. */
export interface SolutionOptions {
  readonly locale: Locale;
  readonly fetchSolution: () => Promise<ApiAnswer<SolutionView>>;
  readonly onFailure: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Gives the solution's buttons in `step` their behaviour. */
export function wireSolution(step: HTMLElement, { locale, fetchSolution, onFailure, signal }: SolutionOptions): void {
  const ask = step.querySelector<HTMLButtonElement>('[data-solution-ask]');
  const box = step.querySelector<HTMLElement>('[data-solution]');
  const show = step.querySelector<HTMLButtonElement>('[data-solution-show]');
  const script = step.querySelector<HTMLElement>('[data-solution-script]');
  if (!ask || !box || !show || !script) return;

  const toggle = () => {
    const isOpen = box.hidden;
    setHidden(box, !isOpen);
    ask.setAttribute('aria-expanded', String(isOpen));
  };
  const reveal = async () => {
    show.setAttribute('aria-disabled', 'true');
    const answer = await fetchSolution();
    show.removeAttribute('aria-disabled');
    if (!answer.ok) return onFailure(answer.message);
    script.textContent = 'text' in answer.value ? answer.value.text[locale] : answer.value.script.trimEnd();
    setHidden(step.querySelector('[data-solution-confirm]'), true);
    setHidden(script, false);
    script.focus();
  };
  ask.addEventListener('click', toggle, { signal });
  show.addEventListener('click', () => void reveal(), { signal });
}
