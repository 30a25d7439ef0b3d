/**
 * Where a new lesson goes and what its files say: the template with its names filled in. Pure; knows nothing about the disk.
 */
import { idPattern } from '../../src/course/ids.ts';
import { type Course, findLesson } from '../../src/course/model.ts';
import {
  type CourseSource,
  entriesBelow,
  isFolder,
  parseOrderedName,
  type SourceFile,
} from '../../src/course/source.ts';
import { Fault } from '../../src/faults.ts';
import { addChapter, listChapters } from './add-chapter.ts';

/** What the author asks for. */
export interface LessonWish {
  /** `<chapter>/<lesson>`: the two ids. */
  readonly name: string;
  readonly title: { readonly ko?: string | undefined; readonly en?: string | undefined };
  /** Whether the chapter is to be made, too. */
  readonly isNewChapter: boolean;
}

/** Where the lesson is to go. */
export interface LessonPlace {
  readonly course: Course;
  readonly source: CourseSource;
}

/** What is to be written. */
export interface LessonPlan {
  readonly chapter: string;
  readonly lesson: string;
  /** The lesson's folder below the course's. */
  readonly folder: string;
  /** Files that are not there yet, by path below the course's folder. */
  readonly files: readonly SourceFile[];
  /** The whole new text of course.yaml; absent when it stays. */
  readonly courseFile?: string;
}

/** Between two numbers of folders, so that something fits between them later. */
const numberStep = 10;
/** What every check calls; a course that has no functions of its own gets these. */
const checkLibrary: SourceFile = {
  path: 'lib/check.sh',
  executable: false,
  text: `# Functions in front of every check and ask script; bash, root, inside the lab.
# shellcheck shell=bash

# fail HINT [EXPECTED] [ACTUAL] : not yet; the last line of standard error names the hint.
fail() {
  printf 'HINT:%s%s%s\\n' "$1" "\${2:+$'\\t'expected=$2}" "\${3:+$'\\t'actual=$3}" >&2
  exit 1
}
`,
};

/**
 * Plans a lesson made from `template`. Throws Fault `lesson-name`, `chapter-unknown`, `chapter-exists` or `lesson-exists`.
 */
export function planLesson(wish: LessonWish, place: LessonPlace, template: readonly SourceFile[]): LessonPlan {
  const { chapter, lesson } = parseName(wish.name);
  const { source } = place;
  const courseText = source.get('course.yaml')?.text ?? '';
  const listed = listChapters(courseText);
  const chapterFolder = findChapterFolder(chapter, { wish, source, listed });
  if (findLesson(place.course, lesson)) throw new Fault('lesson-exists', { name: lesson });
  const folder = `${chapterFolder}/${nextNumber(source, chapterFolder)}-${lesson}`;
  const fill = createFill(lesson, wish.title);
  const files = template.map((file) => ({ ...file, path: `${folder}/${file.path}`, text: fill(file.text) }));
  const functions = source.has(checkLibrary.path) ? [] : [checkLibrary];
  const courseFile = listed.includes(chapter) ? undefined : addChapter(courseText, chapter, readable(chapter));
  return { chapter, lesson, folder, files: [...files, ...functions], ...(courseFile ? { courseFile } : {}) };
}

function parseName(name: string): { readonly chapter: string; readonly lesson: string } {
  const [chapter = '', lesson = '', ...rest] = name.split('/');
  const isGood = (id: string) => idPattern.test(id) && id.length <= 64 && !/^\d/.test(id);
  if (rest.length > 0 || !isGood(chapter) || !isGood(lesson)) throw new Fault('lesson-name', { name });
  return { chapter, lesson };
}

interface ChapterSearch {
  readonly wish: LessonWish;
  readonly source: CourseSource;
  /** Chapters of course.yaml; one may wait for its first lesson. */
  readonly listed: readonly string[];
}

function findChapterFolder(chapter: string, { wish: { isNewChapter }, source, listed }: ChapterSearch): string {
  const folders = entriesBelow(source, '').filter((name) => isFolder(source, name) && parseOrderedName(name));
  const found = folders.find((name) => parseOrderedName(name)?.id === chapter);
  if (found && isNewChapter) throw new Fault('chapter-exists', { chapter });
  if (found) return found;
  const isKnown = isNewChapter || listed.includes(chapter);
  if (!isKnown) throw new Fault('chapter-unknown', { chapter, known: listed.join(', ') || '–' });
  return `${nextNumber(source, '')}-${chapter}`;
}

/** The number after the last one, with at least two digits. */
function nextNumber(source: CourseSource, folder: string): string {
  const numbers = entriesBelow(source, folder).map((name) => parseOrderedName(name)?.order ?? 0);
  const last = Math.max(0, ...numbers);
  return String(Math.floor(last / numberStep) * numberStep + numberStep).padStart(2, '0');
}

/** Titles are texts in YAML: JSON's quotes are YAML's, too. */
function createFill(lesson: string, { ko, en }: LessonWish['title']): (text: string) => string {
  const fallback = readable(lesson);
  const values: Readonly<Record<string, string>> = {
    id: lesson,
    'title-ko': JSON.stringify(ko ?? en ?? fallback),
    'title-en': JSON.stringify(en ?? ko ?? fallback),
  };
  return (text) => text.replace(/@([a-z-]+)@/g, (mark, name: string) => values[name] ?? mark);
}

/** `first-steps` → `First steps`. */
function readable(id: string): string {
  const words = id.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
