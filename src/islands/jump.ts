/**
 * Brings the lab to the beginning of a step, after saying what that does. Loaded when somebody asks for it.
 * Knows nothing about how it is done.
 */
import { rewindWords } from '../i18n/rewind-words.ts';
import type { JumpView, LabView } from '../protocol/api.ts';
import type { ApiAnswer, LessonPart } from './api.ts';
import { askToConfirm } from './confirm-dialog.ts';
import type { Page } from './page.ts';

/** Asks, then jumps. Answers with the sentence to show, or with nothing when the learner thought better of it. */
export async function jumpTo(page: Page, { course, lesson, id }: LessonPart): Promise<ApiAnswer<string> | undefined> {
  const words = rewindWords[page.locale];
  const path = `/courses/${course}/lessons/${lesson}/steps/${id}/jump`;
  const plan = await page.api.call<JumpView>('GET', path);
  if (!plan.ok) return plan;
  const text = describe(plan.value, page);
  if (!(await askToConfirm({ text, confirm: words.jump, cancel: words.close }))) return undefined;
  const answer = await page.api.call<LabView>('POST', path);
  if (!answer.ok) return answer;
  page.state.set({ lab: answer.value });
  return { ok: true, value: words.jumped };
}

function describe(plan: JumpView, { locale }: Page): string {
  const words = rewindWords[locale];
  if (plan.by === 'checkpoint') return words.jumpWhole(minutesSince(plan.at));
  const names = (steps: typeof plan.solves) => steps.map((step) => step[locale].replaceAll('`', ''));
  const { solves, resets } = plan;
  return [
    ...(resets.length > 0 ? [words.jumpResets(names(resets))] : []),
    ...(solves.length > 0 ? [words.jumpSolves(names(solves))] : []),
    words.jumpKeeps,
  ].join(' ');
}

/** Whole minutes from then until now. */
export function minutesSince(at: number): number {
  return Math.max(0, Math.floor((Date.now() - at) / 60_000));
}
