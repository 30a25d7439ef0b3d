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
    if (!lesson || !plays || plays.some(({ isPart }) => isPart)) continue;
    delete records[id];
    if (plays.some(hasFailed) || !plays.some(({ depth }) => depth === 'full')) continue;
    records[id] = {
      ...{ lab: plays[0]?.lab ?? report.lab, recipe, at: report.at, versions: plays[0]?.versions ?? {} },
      locales: plays.map(({ locale }) => locale),
      ...{ passed: countOf(plays, 'passed'), notRun: countOf(plays, 'not-run') },
      content: hashLesson(source, lesson),
    };
    recorded.push(id);
  }
  await writeFile(join(courseFolder, verifiedPath), formatVerified(records));
  return recorded;
}

/** In the play that proved most. */
function countOf(plays: readonly PlayedLesson[], outcome: 'passed' | 'not-run'): number {
  const full = plays.find(({ depth }) => depth === 'full');
  return (
    full?.items.filter((item) => item.outcome === outcome && (outcome === 'passed' || item.missing?.length)).length ?? 0
  );
}
