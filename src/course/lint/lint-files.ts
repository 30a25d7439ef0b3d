/**
 * Files of lessons that nothing uses: most often a name with a slip of the finger.
 */

import type { Issue } from '../issue.ts';
import { type Lesson, lessonsOf } from '../model.ts';
import { problem } from '../problems.ts';
import type { LintInput } from './lint-input.ts';

const picture = /\.(?:svg|png|jpe?g|webp|avif|gif)$/;
const lessonNames = ['lesson.yaml', 'ko.mdx', 'en.mdx', 'quiz.yaml', 'setup.sh', 'steps/', 'quiz/'];
const stepNames = ['setup.sh', 'check.sh', 'solve.sh', 'reset.sh', 'wrong/<hint>.sh', 'alt/<name>.sh', 'ask/<ask>.sh'];

/** Problems of file names. */
export function lintFiles({ course, files }: LintInput): readonly Issue[] {
  return lessonsOf(course).flatMap((lesson) => {
    const own = [...files].filter((file) => file.startsWith(`${lesson.folder}/`) && !picture.test(file));
    return own.flatMap((file) => {
      const known = knownInstead(lesson, file.slice(lesson.folder.length + 1));
      return known ? [problem('unknown-file', { file }, { known: known.join(', ') })] : [];
    });
  });
}

/** The names that would do, when this one does not. */
function knownInstead(lesson: Lesson, path: string): readonly string[] | undefined {
  const [top = '', second = '', third, fourth, ...rest] = path.split('/');
  if (top === 'quiz') {
    const known = lesson.questions.filter(({ kind }) => kind === 'ask-lab').map(({ id }) => `${id}.sh`);
    return known.includes(second) && third === undefined ? undefined : known;
  }
  if (top !== 'steps') return lessonNames.includes(top) && second === '' ? undefined : lessonNames;
  const step = lesson.steps.find(({ id }) => id === second);
  if (!step) return undefined; // Said by the builder.
  if (fourth === undefined) return stepNames.includes(third ?? '') ? undefined : stepNames;
  if (rest.length > 0 || !fourth.endsWith('.sh')) return stepNames;
  if (third === 'wrong' || third === 'alt') return undefined;
  const asks = step.ask.map(({ id }) => `${id}.sh`);
  return third === 'ask' && asks.includes(fourth) ? undefined : [...stepNames, ...asks];
}
