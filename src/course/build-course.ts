/**
 * Builds a course from its files: one builder for the site, the server and lint, so that they cannot disagree.
 * Knows nothing about the disk.
 */
import { buildAddresses } from './addresses.ts';
import { buildLesson } from './build-lesson.ts';
import { buildStatements, checkCovers } from './build-statements.ts';
import type { BuildContext } from './build-step.ts';
import type { ChapterId, CourseId } from './ids.ts';
import type { Issue } from './issue.ts';
import { locales } from './locales.ts';
import type { Chapter, Course, Lesson, Script } from './model.ts';
import { problem } from './problems.ts';
import { type CourseFile, courseSchema } from './schema.ts';
import { type CourseSource, entriesBelow, isFolder, parseOrderedName } from './source.ts';
import { parseYamlFile } from './yaml-file.ts';

/** A built course, if course.yaml could be read at all, and everything that is wrong with it. */
export interface BuiltCourse {
  readonly course?: Course;
  readonly issues: readonly Issue[];
}

/** Folders at the top of a course that hold no chapter. */
const reservedFolders: readonly string[] = ['lib', 'images'];

/** Builds the course `id`. */
export function buildCourse(id: string, source: CourseSource): BuiltCourse {
  const file = source.get('course.yaml');
  if (!file) return { issues: [problem('missing-file', { file: 'course.yaml' }, { path: 'course.yaml' })] };
  const parsed = parseYamlFile(courseSchema, file);
  if (!parsed.value) return { issues: parsed.issues };
  const issues: Issue[] = [];
  const addresses = buildAddresses(parsed.value.network);
  const context: BuildContext = { source, addresses, issues };
  checkHomeTexts(context);
  const chapters = buildChapters(parsed.value, context);
  checkLessonIds(chapters, issues);
  const statements = buildStatements(context);
  checkCovers(chapters, statements, context);
  const { title, summary, objectives, network } = parsed.value;
  const course = {
    id: id as CourseId,
    title,
    summary,
    ...(objectives ? { objectives } : {}),
    network,
    addresses,
    chapters,
    statements,
    checkLibrary: readCheckLibrary(source),
  };
  return { course, issues };
}

function checkHomeTexts({ source, issues }: BuildContext): void {
  for (const locale of locales) {
    const path = `${locale}.mdx`;
    if (!source.has(path)) issues.push(problem('missing-translation', { file: path }, { path }));
  }
}

/** The course's shared check functions; a course without them gets an empty script. */
function readCheckLibrary(source: CourseSource): Script {
  const path = 'lib/check.sh';
  return { path, text: source.get(path)?.text ?? '' };
}

function buildChapters(file: CourseFile, context: BuildContext): readonly Chapter[] {
  const chapters: Chapter[] = [];
  for (const name of entriesBelow(context.source, '')) {
    if (!isFolder(context.source, name) || reservedFolders.includes(name)) continue;
    const ordered = parseOrderedName(name);
    const about = ordered && file.chapters[ordered.id];
    if (!ordered) context.issues.push(problem('folder-name', { file: name }, { name }));
    else if (!about) context.issues.push(problem('unknown-chapter', { file: name }, { id: ordered.id }));
    else
      chapters.push({
        id: ordered.id as ChapterId,
        ...withoutUndefined(about),
        lessons: buildLessons(name, ordered.id, context),
      });
  }
  const names = entriesBelow(context.source, '').filter((name) => isFolder(context.source, name));
  for (const id of Object.keys(file.chapters)) {
    const folder = names.find((name) => parseOrderedName(name)?.id === id);
    const hasLesson =
      folder && entriesBelow(context.source, folder).some((name) => isFolder(context.source, `${folder}/${name}`));
    if (!hasLesson) context.issues.push(problem('empty-chapter', { file: 'course.yaml' }, { id }));
  }
  return chapters;
}

function withoutUndefined(about: CourseFile['chapters'][string]): Pick<Chapter, 'title' | 'summary'> {
  return about.summary ? { title: about.title, summary: about.summary } : { title: about.title };
}

function buildLessons(chapterFolder: string, chapter: string, context: BuildContext): readonly Lesson[] {
  return entriesBelow(context.source, chapterFolder).flatMap((name) => {
    const folder = `${chapterFolder}/${name}`;
    if (!isFolder(context.source, folder)) return [];
    const ordered = parseOrderedName(name);
    if (!ordered) {
      context.issues.push(problem('folder-name', { file: folder }, { name }));
      return [];
    }
    return buildLesson(folder, { lesson: ordered.id, chapter }, context) ?? [];
  });
}

function checkLessonIds(chapters: readonly Chapter[], issues: Issue[]): void {
  const lessons = chapters.flatMap((chapter) => chapter.lessons);
  for (const [index, lesson] of lessons.entries()) {
    if (lessons.findIndex((other) => other.id === lesson.id) !== index) {
      issues.push(problem('duplicate-id', { file: lesson.folder }, { kind: 'lesson', id: lesson.id }));
    }
  }
}
