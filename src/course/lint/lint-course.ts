/**
 * Everything that can be said about a whole course without a machine: what building it does not ask for, but a finished
 * course keeps. Pure: files come in as data, shellcheck is run elsewhere.
 */

import { fillAddresses } from '../addresses.ts';
import type { Issue } from '../issue.ts';
import { locales } from '../locales.ts';
import { lessonsOf } from '../model.ts';
import { type Prose, parseProse } from '../prose.ts';
import { lintCovers } from './lint-covers.ts';
import { lintFiles } from './lint-files.ts';
import type { CourseText, LintInput } from './lint-input.ts';
import { lintLinks } from './lint-links.ts';
import { lintParts, lintText } from './lint-prose.ts';
import { lintYamlSpelling } from './lint-spelling.ts';
import { lintSteps } from './lint-steps.ts';

/** All problems beyond those of building. */
export function lintCourse(input: LintInput): readonly Issue[] {
  const texts = readTexts(input);
  return [
    ...lintSteps(input, texts),
    ...lintFiles(input),
    ...texts.flatMap((text) => lintText(text, input)),
    ...lintParts(texts),
    ...lintLinks(texts, input),
    ...[...input.source.values()].filter(({ path }) => path.endsWith('.yaml')).flatMap(lintYamlSpelling),
    ...lintCovers(input, texts),
  ];
}

/** The course's texts, addresses filled in (which never moves a line), the home page's among them. */
function readTexts({ course, source }: LintInput): readonly CourseText[] {
  const read = (path: string): Prose | undefined => {
    const file = source.get(path);
    return file && parseProse(fillAddresses(file.text, course.addresses));
  };
  return locales.flatMap((locale) =>
    [undefined, ...lessonsOf(course)].flatMap((lesson) => {
      const path = lesson ? `${lesson.folder}/${locale}.mdx` : `${locale}.mdx`;
      const prose = read(path);
      return prose ? [{ path, locale, prose, ...(lesson && { lesson }) }] : [];
    }),
  );
}
