/**
 * What every checked step brings with it: a solution, a reset, a wrong turn for each hint; and that play is told about
 * commands that are really printed.
 */

import { type Addresses, fillAddresses } from '../addresses.ts';
import type { Issue } from '../issue.ts';
import { type Lesson, lessonsOf, type Step } from '../model.ts';
import { problem } from '../problems.ts';
import type { CourseSource } from '../source.ts';
import type { CourseText, LintInput } from './lint-input.ts';
import { findWord } from './places.ts';

/** Problems of the steps. */
export function lintSteps({ course, source }: LintInput, texts: readonly CourseText[]): readonly Issue[] {
  return lessonsOf(course).flatMap((lesson) =>
    lesson.steps.flatMap((step) => [
      ...lintScripts(lesson, step, source),
      ...lintTyped({ lesson, step, source, addresses: course.addresses }, texts),
    ]),
  );
}

function lintScripts(lesson: Lesson, step: Step, source: CourseSource): readonly Issue[] {
  if (!step.check) return [];
  const yaml = `${lesson.folder}/lesson.yaml`;
  const below = `${lesson.folder}/steps/${step.id}`;
  const at = (word: string) => findWord(source.get(yaml), word);
  const issues: Issue[] = [];
  const { id } = step;
  if (!step.solve) issues.push(problem('check-without-solution', at(`id: ${id}`), { id, path: `${below}/solve.sh` }));
  if (!step.reset) issues.push(problem('check-without-reset', at(`id: ${id}`), { id, path: `${below}/reset.sh` }));
  if (Object.keys(step.wrong).length === 0) issues.push(problem('check-without-wrong-turn', at(`id: ${id}`), { id }));
  for (const hint of Object.keys(step.hints)) {
    if (hint in step.wrong) continue;
    const path = `${below}/wrong/${hint}.sh`;
    issues.push(
      problem('hint-without-wrong-turn', findWord(source.get(yaml), `${hint}:`, `id: ${id}`), { id: hint, path }),
    );
  }
  return issues;
}

interface TypedInput {
  readonly lesson: Lesson;
  readonly step: Step;
  readonly source: CourseSource;
  readonly addresses: Addresses;
}

function lintTyped({ lesson, step, source, addresses }: TypedInput, texts: readonly CourseText[]): readonly Issue[] {
  const printed = texts
    .filter((text) => text.lesson === lesson)
    .flatMap(({ prose }) => prose.steps.find(({ id }) => id === step.id)?.commands ?? [])
    .map(({ text }) => fillAddresses(text, addresses));
  return step.typed
    .filter(({ command }) => !printed.includes(command))
    .map(({ command }) => {
      const place = findWord(source.get(`${lesson.folder}/lesson.yaml`), 'play:', `id: ${step.id}`);
      return problem('play-unknown-command', place, { id: step.id, command });
    });
}
