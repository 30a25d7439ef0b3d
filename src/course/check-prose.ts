/**
 * Rules between a lesson's texts and its lesson.yaml: same steps, same order, same commands in every language.
 * Knows nothing about scripts and quizzes' keys.
 */
import { capabilities } from './capabilities.ts';
import type { Issue } from './issue.ts';
import { type Locale, locales } from './locales.ts';
import { problem } from './problems.ts';
import { type Command, type Prose, parseProse } from './prose.ts';
import type { SourceFile } from './source.ts';

/** The texts of one lesson by language; a missing one is reported elsewhere. */
export type LessonTexts = Readonly<Partial<Record<Locale, SourceFile>>>;

/** Checks every text against the step ids of lesson.yaml and the texts against each other. */
export function checkProse(texts: LessonTexts, stepIds: readonly string[], hasQuizFile: boolean): readonly Issue[] {
  const issues: Issue[] = [];
  const proses: Partial<Record<Locale, Prose>> = {};
  for (const locale of locales) {
    const file = texts[locale];
    if (!file) continue;
    const prose = parseProse(file.text);
    proses[locale] = prose;
    issues.push(...checkSteps(file, prose, stepIds), ...checkQuizTag(file, prose, hasQuizFile));
    issues.push(...checkVariants(file, prose));
  }
  return [...issues, ...checkCommands(texts, proses)];
}

function checkSteps(file: SourceFile, prose: Prose, stepIds: readonly string[]): readonly Issue[] {
  const issues: Issue[] = [];
  const found = prose.steps.map((step) => step.id);
  for (const [index, step] of prose.steps.entries()) {
    const place = { file: file.path, line: step.line };
    if (!stepIds.includes(step.id))
      issues.push(problem('unknown-step', place, { id: step.id, known: stepIds.join(', ') }));
    if (found.indexOf(step.id) !== index) issues.push(problem('duplicate-id', place, { kind: 'step', id: step.id }));
  }
  for (const id of stepIds) if (!found.includes(id)) issues.push(problem('missing-step', { file: file.path }, { id }));
  const wanted = stepIds.filter((id) => found.includes(id)).join(', ');
  const known = found.filter((id) => stepIds.includes(id)).join(', ');
  if (issues.length === 0 && known !== wanted) {
    issues.push(problem('step-order', { file: file.path }, { found: known, wanted }));
  }
  return issues;
}

function checkQuizTag(file: SourceFile, prose: Prose, hasQuizFile: boolean): readonly Issue[] {
  if (hasQuizFile && !prose.hasQuiz) return [problem('missing-quiz', { file: file.path })];
  if (!hasQuizFile && prose.hasQuiz) return [problem('quiz-without-file', { file: file.path })];
  return [];
}

function checkVariants(file: SourceFile, { lines }: Prose): readonly Issue[] {
  return lines.flatMap(({ text, line }) => {
    const id = /^\s*<Variant\s[^>]*?for="([^"]*)"/.exec(text)?.[1];
    if (id === undefined || (capabilities as readonly string[]).includes(id)) return [];
    return [problem('unknown-variant', { file: file.path, line }, { id, known: capabilities.join(', ') })];
  });
}

/** The same command in another variant is another command. */
function nameCommand({ text, variant }: Command): string {
  return variant === undefined ? text : `[${variant.for}] ${text}`;
}

function checkCommands(texts: LessonTexts, proses: Partial<Record<Locale, Prose>>): readonly Issue[] {
  const { ko, en } = proses;
  const file = texts.en;
  if (!ko || !en || !file) return [];
  return en.steps.flatMap((step) => {
    const other = ko.steps.find((candidate) => candidate.id === step.id);
    const enCommands = step.commands.map(nameCommand);
    const koCommands = other?.commands.map(nameCommand) ?? [];
    const at = firstDifference(koCommands, enCommands);
    if (!other || at === undefined) return [];
    const line = step.commands[at]?.line ?? step.line;
    return [
      problem(
        'commands-differ',
        { file: file.path, line },
        { id: step.id, ko: koCommands[at] ?? '–', en: enCommands[at] ?? '–' },
      ),
    ];
  });
}

function firstDifference(left: readonly string[], right: readonly string[]): number | undefined {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) if (left[at] !== right[at]) return at;
  return undefined;
}
