/**
 * Brings the lab to the beginning of a step, after saying what that does. Loaded when somebody asks for it.
 * Knows nothing about how it is done.
 */
import { rewindWords } from '../i18n/rewind-words.ts';
import type { JumpView, LabView } from '../protocol/api.ts';
import type { LessonPart } from './api.ts';
import { askToConfirm } from './confirm-dialog.ts';
import type { Page } from './page.ts';
import { showFailure } from './step-result.ts';

/** Asks, then jumps, and says in `region` what came of it. */
export async function offerJump(page: Page, part: LessonPart, region: HTMLElement): Promise<void> {
  const words = rewindWords[page.locale];
  const path = `/courses/${part.course}/lessons/${part.lesson}/steps/${part.id}/jump`;
  const plan = await page.api.call<JumpView>('GET', path);
  if (!plan.ok) return showFailure(region, plan.message);
  const text = describe(plan.value, page);
  if (!(await askToConfirm({ text, confirm: words.jump, cancel: words.close }))) return;
  region.dataset['status'] = 'checking';
  region.textContent = words.jumping;
  const answer = await page.api.call<LabView>('POST', path);
  if (!answer.ok) return showFailure(region, answer.message);
  page.state.set({ lab: answer.value });
  region.dataset['status'] = 'skipped';
  region.textContent = words.jumped;
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
