/**
 * `tadak new lesson <chapter>/<lesson>`: writes a small lesson that is complete, to be changed into the author's own.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { SourceFile } from '../../src/course/source.ts';
import { Fault } from '../../src/faults.ts';
import type { FileFormat } from '../authoring/formats.ts';
import { schemaLine } from '../authoring/json-schemas.ts';
import { planLesson } from '../authoring/plan-lesson.ts';
import { type Config, type Flags, projectFolder } from '../config.ts';
import { examineFolder } from '../course/examine-folder.ts';
import { readCourseFolder } from '../course/read-course-folder.ts';
import { describeIssue } from '../course-report.ts';
import { readTags } from './lint.ts';
import type { Terminal } from './terminal.ts';
import type { VerbOptions } from './verb-options.ts';
import { words } from './words.ts';

const templateFolder = join(projectFolder, 'server/authoring/lesson-template');

/** Writes the lesson and says what to do next. Throws a Fault that says what is wrong with the name; nothing is written then. */
export async function runNew(config: Config, terminal: Terminal, { names, flags }: VerbOptions): Promise<number> {
  const [what, name = '', ...rest] = names;
  if (what !== 'lesson' || rest.length > 0) throw new Fault('lesson-name', { name: names.join(' ') });
  const place = await readCourse(config.course, terminal);
  const template = [...(await readCourseFolder(templateFolder)).values()];
  const wish = { name, title: titlesOf(flags), isNewChapter: flags['new-chapter'] === true };
  const { folder, files, courseFile, chapter, lesson } = planLesson(wish, place, template);
  for (const file of files) await writeNew(config.course, file);
  if (courseFile !== undefined) await writeFile(join(config.course, 'course.yaml'), courseFile);
  for (const { path } of files) terminal.say(words.wrote(shown(config.course, path)));
  if (courseFile !== undefined) terminal.say(words.chapterAdded(chapter, shown(config.course, 'course.yaml')));
  terminal.say(words.afterNewLesson({ folder: shown(config.course, folder), lesson, course: courseOption(config) }));
  return 0;
}

/** The course that is added to; its other problems are the author's to mend, first. */
async function readCourse(folder: string, terminal: Terminal) {
  const { course, source, issues } = await examineFolder(folder, { tags: await readTags() });
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (course && errors.length === 0) return { course, source };
  for (const issue of errors) terminal.warn(describeIssue(folder, issue));
  throw new Fault('course-invalid', { count: errors.length });
}

function titlesOf(flags: Flags): { readonly ko?: string; readonly en?: string } {
  const { 'title-ko': ko, 'title-en': en } = flags;
  return { ...(typeof ko === 'string' ? { ko } : {}), ...(typeof en === 'string' ? { en } : {}) };
}

/** Never overwrites: a file that is there is a reason to stop. */
async function writeNew(course: string, { path, text, executable }: SourceFile): Promise<void> {
  const full = join(course, path);
  await mkdir(dirname(full), { recursive: true });
  const format = /([a-z]+)\.yaml$/.exec(path)?.[1] as FileFormat['name'] | undefined;
  const head = format ? `${schemaLine(format, dirname(full), projectFolder)}\n` : '';
  await writeFile(full, `${head}${text}`, { flag: 'wx', mode: executable ? 0o755 : 0o644 });
}

/** What a command must be told when the course is not the project's own. */
function courseOption({ course }: Config): string {
  return course === join(projectFolder, 'content/docker') ? '' : ` --course ${course}`;
}

/** As short as the author would type it. */
const shown = (course: string, path: string) => {
  const below = relative(process.cwd(), join(course, path));
  return below.startsWith('..') ? join(course, path) : below;
};
