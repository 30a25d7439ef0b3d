/**
 * What can be said about one text by itself: its tags, pictures and code blocks, and that it gives no answer away; and about the two texts of a lesson beside each other: the same figures, notes and corrections.
 */

import type { Issue } from '../issue.ts';
import type { Lesson } from '../model.ts';
import { type Place, problem } from '../problems.ts';
import type { Prose } from '../prose.ts';
import type { CourseText, LintInput } from './lint-input.ts';
import { lintSpelling } from './lint-spelling.ts';
import { withoutCode } from './places.ts';

type ProseLine = Prose['lines'][number];

/** Problems of one text. */
export function lintText(text: CourseText, input: LintInput): readonly Issue[] {
  const { path, prose, lesson } = text;
  return [
    ...prose.blocks
      .filter(({ isClosed }) => !isClosed)
      .map(({ line }) => problem('unclosed-block', { file: path, line, column: 1 })),
    ...lintTags(text, input.tags),
    ...prose.lines.flatMap((line) => [
      ...lintPictures(path, line, input),
      ...lintSpelling(line.text, at(path, line, 0)),
    ]),
    ...(lesson ? [...lintSecrets(path, prose, lesson), ...lintSolutions(path, prose, lesson)] : []),
  ];
}

function at(file: string, { line }: ProseLine, index: number): Place {
  return { file, line, column: index + 1 };
}

function lintTags({ path, prose }: CourseText, known: readonly string[]): readonly Issue[] {
  const issues: Issue[] = [];
  const open: { readonly tag: string; readonly place: Place }[] = [];
  for (const line of prose.lines) {
    for (const match of withoutCode(line.text).matchAll(
      /<(\/?)([A-Z][A-Za-z]*)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>/g,
    )) {
      const [, closing, tag = '', , selfClosing] = match;
      const place = at(path, line, match.index);
      if (!known.includes(tag)) issues.push(problem('unknown-tag', place, { tag, known: known.join(', ') }));
      else if (closing) {
        const last = open.findLastIndex((one) => one.tag === tag);
        if (last >= 0) open.splice(last, 1);
      } else if (!selfClosing) open.push({ tag, place });
    }
  }
  return [...issues, ...open.map(({ tag, place }) => problem('unclosed-tag', place, { tag }))];
}

function lintPictures(path: string, line: ProseLine, { files }: LintInput): readonly Issue[] {
  const text = withoutCode(line.text);
  const issues: Issue[] = [];
  for (const { index, 1: alt = '', 2: target = '' } of text.matchAll(/!\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g)) {
    if (alt.trim() === '') issues.push(problem('missing-alternative', at(path, line, index)));
    if (!/^(?:https?:|\/)/.test(target) && !files.has(resolvePath(path, target))) {
      issues.push(problem('missing-picture', at(path, line, index), { target }));
    }
  }
  for (const { index, 0: tag } of text.matchAll(/<img\b[^>]*>/g)) {
    if (!/\salt="[^"]+"/.test(tag)) issues.push(problem('missing-alternative', at(path, line, index)));
  }
  return issues;
}

/** `target` as seen from the file `from`, both within the course. */
function resolvePath(from: string, target: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Shortest text whose appearance in a page is no chance, characters. */
const tellingChars = 25;

function lintSecrets(path: string, prose: Prose, lesson: Lesson): readonly Issue[] {
  const secrets = secretsOf(lesson).filter((secret) => secret.length >= tellingChars);
  return prose.lines.flatMap((line) => {
    const script = /(?:from\s+|import\s*\(?\s*|src=)['"]([^'"]*(?:\.sh|quiz\.yaml|lesson\.yaml)[^'"]*)['"]/.exec(
      line.text,
    );
    if (script) return [problem('solution-in-page', at(path, line, script.index), { what: script[1] ?? '' })];
    const secret = secrets.find((one) => line.text.includes(one));
    if (secret === undefined) return [];
    return [problem('solution-in-page', at(path, line, line.text.indexOf(secret)), { what: secret })];
  });
}

/** A task prints no commands, so a line of its solution anywhere in the page, code or prose, gives it away. */
function lintSolutions(path: string, prose: Prose, lesson: Lesson): readonly Issue[] {
  const printing = prose.steps.filter(({ commands }) => commands.length > 0).map(({ id }) => id);
  const tasks = lesson.steps.filter(({ id, check }) => check && !printing.includes(id));
  const scripts = tasks.flatMap(({ solve, alternatives }) => [
    ...(solve ? [solve] : []),
    ...Object.values(alternatives),
  ]);
  const secrets = scripts.flatMap(({ text }) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(isTelling),
  );
  const code = prose.blocks.flatMap(({ code, line }) =>
    code.split('\n').map((text, index) => ({ text, line: line + 1 + index })),
  );
  return [...prose.lines, ...code].flatMap((line) => {
    const secret = secrets.find((one) => line.text.includes(one));
    if (secret === undefined) return [];
    return [problem('solution-in-page', at(path, line, line.text.indexOf(secret)), { what: secret })];
  });
}

const isTelling = (line: string) => line.length >= tellingChars && !line.startsWith('#');

/** What a page must not say by itself: hints and the explanations of answers, in every language. */
function secretsOf(lesson: Lesson): readonly string[] {
  const hints = lesson.steps.flatMap((step) => [...Object.values(step.hints), ...step.ask.map(({ hint }) => hint)]);
  const whys = lesson.questions.flatMap((question) => {
    if (question.kind === 'single' || question.kind === 'multiple') return question.choices.map(({ why }) => why);
    return question.kind === 'order' ? question.items.map(({ why }) => why) : [question.why];
  });
  return [...hints, ...whys].flatMap(({ ko, en }) => [ko, en]);
}

/** Figures, notes, corrections and variants stand in both texts in the same order. */
export function lintParts(texts: readonly CourseText[]): readonly Issue[] {
  return texts
    .filter(({ locale }) => locale !== 'ko')
    .flatMap((text) => {
      const other = texts.find(({ locale, lesson }) => locale === 'ko' && lesson === text.lesson);
      if (!other) return [];
      const [ko, en] = [partsOf(other.prose), partsOf(text.prose)];
      const length = Math.max(ko.length, en.length);
      for (let index = 0; index < length; index += 1) {
        if (ko[index]?.name === en[index]?.name) continue;
        const names = { ko: ko[index]?.name ?? '–', en: en[index]?.name ?? '–' };
        const { line, column } = en[index] ?? { line: undefined, column: undefined };
        return [problem('parts-differ', { file: text.path, line, column }, names)];
      }
      return [];
    });
}

interface Part {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

function partsOf(prose: Prose): readonly Part[] {
  return prose.lines.flatMap(({ text, line }) =>
    [...withoutCode(text).matchAll(/<(?:Diagram|Note|Fix|Variants?|img)\b[^>]*>|!\[[^\]]*\]\(([^)\s]*)/g)].map(
      (match) => ({
        name: match[1] === undefined ? match[0].replace(/\salt="[^"]*"/, '').trim() : `![](${match[1]})`,
        ...{ line, column: match.index + 1 },
      }),
    ),
  );
}
