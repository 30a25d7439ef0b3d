/**
 * Writes down which lessons were proven, for the line at the foot of each lesson. Knows nothing about pages.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Course } from '../../src/course/model.ts';
import { findLesson } from '../../src/course/model.ts';
import { readCourseFolder } from '../course/read-course-folder.ts';
import { formatVerified, hashLesson, readVerified, type VerifiedLesson, verifiedPath } from '../course/verified.ts';
import { hasFailed, type PlayedLesson, type PlayReport } from './report.ts';

/** What the record needs besides the report. */
export interface RecordOptions {
  readonly course: Course;
  readonly courseFolder: string;
  /** Hash of the lab's recipe. */
  readonly recipe: string;
}

/** Adds the lessons that passed whole; returns their ids. A lesson that failed loses its record: it is not proven. */
export async function recordPlay(report: PlayReport, options: RecordOptions): Promise<readonly string[]> {
  const { course, courseFolder, recipe } = options;
  const source = await readCourseFolder(courseFolder);
  const records: Record<string, VerifiedLesson> = { ...readVerified(source) };
  const recorded: string[] = [];
  for (const [id, plays] of Object.entries(Object.groupBy(report.lessons, ({ lesson }) => lesson))) {
    const lesson = findLesson(course, id);
    const whole = plays?.filter(({ isPart }) => !isPart) ?? [];
    if (!lesson || !plays || whole.length === 0) continue;
    delete records[id];
    const full = whole.find(({ depth }) => depth === 'full');
    if (plays.some(hasFailed) || !full) continue;
    // Parts of it on another kind of lab belong to a play that was shared.
    const proofs = plays.filter(({ depth, locale }) => depth === 'full' && locale === full.locale);
    records[id] = {
      ...{ lab: kindsOf(plays), recipe, at: report.at, versions: full.versions },
      locales: [...new Set(whole.map(({ locale }) => locale))],
      ...{ passed: countOf(proofs, 'passed'), notRun: countOf(proofs, 'not-run') },
      content: hashLesson(source, lesson),
    };
    recorded.push(id);
  }
  await writeFile(join(courseFolder, verifiedPath), formatVerified(records));
  return recorded;
}

const kindsOf = (plays: readonly PlayedLesson[]) => [...new Set(plays.map(({ lab }) => lab))].join('+');

/** How many steps and questions have that outcome; what needs no lab at all is not counted. */
function countOf(plays: readonly PlayedLesson[], outcome: 'passed' | 'not-run'): number {
  const items = plays.flatMap((play) => play.items);
  return items.filter((item) => item.outcome === outcome && (outcome === 'passed' || item.missing?.length)).length;
}
