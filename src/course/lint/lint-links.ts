/**
 * Links between the course's pages: the lesson is there, in the reader's language, and so is the heading or step.
 */

import type { Issue } from '../issue.ts';
import { defaultLocale, type Locale } from '../locales.ts';
import { lessonsOf } from '../model.ts';
import { type Place, problem } from '../problems.ts';
import type { CourseText, LintInput } from './lint-input.ts';
import { withoutCode } from './places.ts';

/** Problems of the links. */
export function lintLinks(texts: readonly CourseText[], { course }: LintInput): readonly Issue[] {
  const pages = new Map(texts.map((text) => [addressOf(text), text]));
  const chapters = new Set<string>(course.chapters.map(({ id }) => id));
  const known = lessonsOf(course).map(({ chapter, id }) => `/${chapter}/${id}/`);
  return texts.flatMap((text) =>
    linksOf(text).flatMap(({ target, place }) => lintLink({ text, target, place, pages, chapters, known })),
  );
}

interface LinkInput {
  readonly text: CourseText;
  readonly target: string;
  readonly place: Place;
  readonly pages: ReadonlyMap<string, CourseText>;
  readonly chapters: ReadonlySet<string>;
  readonly known: readonly string[];
}

function lintLink({ text, target, place, pages, chapters, known }: LinkInput): readonly Issue[] {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('//')) return [];
  const [path = '', anchor] = target.split('#', 2);
  if (path === '') return lintAnchor(text, anchor, place);
  if (!path.startsWith('/')) return [problem('relative-link', place, { target })];
  const address = path.endsWith('/') ? path : `${path}/`;
  const page = pages.get(address);
  if (!page) {
    const isLesson = chapters.has(bare(address).split('/')[0] ?? '');
    return [
      isLesson
        ? problem('broken-link', place, { target, known: known.join(', ') })
        : problem('unknown-page', place, { target }),
    ];
  }
  if (page.locale !== text.locale) {
    const fix = `${prefixOf(text.locale)}/${bare(address)}${anchor === undefined ? '' : `#${anchor}`}`;
    return [problem('other-language-link', place, { target, fix })];
  }
  return lintAnchor(page, anchor, place);
}

function lintAnchor(page: CourseText, anchor: string | undefined, place: Place): readonly Issue[] {
  if (anchor === undefined || anchor === '') return [];
  const anchors = anchorsOf(page);
  if (anchors.includes(decode(anchor))) return [];
  return [
    problem('broken-anchor', place, { target: `#${anchor}`, known: anchors.map((name) => `#${name}`).join(', ') }),
  ];
}

const prefixOf = (locale: Locale) => (locale === defaultLocale ? '' : `/${locale}`);
const bare = (address: string) => address.replace(/^\/(?:en\/)?/, '');

function addressOf({ lesson, locale }: CourseText): string {
  return `${prefixOf(locale)}/${lesson ? `${lesson.chapter}/${lesson.id}/` : ''}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function linksOf({ path, prose }: CourseText): readonly { readonly target: string; readonly place: Place }[] {
  return prose.lines.flatMap(({ text, line }) =>
    [
      ...withoutCode(text).matchAll(
        /(?<!!)\[(?:[^\]]|!\[[^\]]*\]\([^)]*\))*\]\(([^)\s]+)[^)]*\)|<a\s[^>]*?href="([^"]+)"/g,
      ),
    ].map((match) => ({
      target: match[1] ?? match[2] ?? '',
      place: { file: path, line, column: match.index + 1 },
    })),
  );
}

/** Every name that an address may end with: headings, steps, the quiz, corrections. */
function anchorsOf({ prose }: CourseText): readonly string[] {
  const seen = new Map<string, number>();
  const headings = prose.lines.flatMap(({ text }) => {
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1];
    if (heading === undefined) return [];
    const slug = slugOf(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return [count === 0 ? slug : `${slug}-${count}`];
  });
  const fixes = prose.lines.flatMap(({ text }) => {
    const n = /<Fix\s[^>]*?n="([^"]+)"/.exec(text)?.[1];
    return n === undefined ? [] : [`fix-${n}`];
  });
  return [...headings, ...prose.steps.map(({ id }) => `step-${id}`), ...(prose.hasQuiz ? ['quiz'] : []), ...fixes];
}

/** A heading's name as the site makes it: lower case, no punctuation, hyphens for spaces. */
export function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/(\*\*|__|`|\*)/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
