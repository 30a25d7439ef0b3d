/**
 * Which step may be checked: in the lesson's order, and only what the lab can show. Pure.
 * A step whose needs the lab lacks is reading: it blocks nothing. Neither does a form, which is not in the lab.
 */
import type { Capability } from '../../src/course/capabilities.ts';
import type { Locale } from '../../src/course/locales.ts';
import type { Lesson, Step } from '../../src/course/model.ts';
import { isForReading, nameNeeds, whereToDo } from '../../src/course/reading.ts';
import type { CheckResult } from '../../src/course/result.ts';
import type { LessonProgress } from '../../src/protocol/api.ts';

/** What a plan is made from. */
export interface PlanInput {
  readonly lesson: Lesson;
  readonly progress: LessonProgress;
  readonly offered: ReadonlySet<Capability>;
}
/** A check that does not run. */
export type Skipped = CheckResult & { readonly status: 'skipped' };

const missingOf = (step: Step, offered: ReadonlySet<Capability>) => step.needs.filter((need) => !offered.has(need));

/** Steps that are done in this lab and have not passed yet, in order. */
export function openSteps({ lesson, progress, offered }: PlanInput): readonly Step[] {
  return lesson.steps.filter(
    (step) => !step.form && missingOf(step, offered).length === 0 && progress.steps[step.id]?.passed !== true,
  );
}

/** Why `step` is not checked now, if it is not. */
export function planCheck(step: Step, plan: PlanInput): Skipped | undefined {
  const missing = missingOf(step, plan.offered);
  if (missing.length > 0) return skippedByNeeds(step, missing);
  const position = plan.lesson.steps.indexOf(step);
  const earlier = openSteps(plan).find((open) => plan.lesson.steps.indexOf(open) < position);
  return earlier && skippedByOrder(earlier);
}

function skippedByNeeds({ needs }: Step, missing: readonly Capability[]): Skipped {
  const where = whereToDo(needs);
  const say = (locale: Locale) => `${isForReading(nameNeeds(missing, locale))[locale]} ${where[locale]}`;
  return { status: 'skipped', because: { kind: 'needs', missing }, message: { ko: say('ko'), en: say('en') } };
}

function skippedByOrder(earlier: Step): Skipped {
  return {
    status: 'skipped',
    because: { kind: 'earlier-step', step: earlier.id },
    message: {
      ko: `앞 단계 「${earlier.title.ko}」부터 마쳐 주세요. 단계는 순서대로 점검해요.`,
      en: `Finish the earlier step "${earlier.title.en}" first. Steps are checked in order.`,
    },
  };
}
