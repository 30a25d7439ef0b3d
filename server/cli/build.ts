/**
 * `tadak build`: builds the course's site and says where it is.
 */
import { lessonsOf } from '../../src/course/model.ts';
import { type Config, projectFolder } from '../config.ts';
import { loadCheckedCourse } from '../course-report.ts';
import { lockFolder } from '../data/lock-folder.ts';
import { serverIdentity } from '../data/server-identity.ts';
import { ensureSite } from '../site/build-site.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

/** Builds the site. Throws a Fault when the course or the build is broken. */
export async function runBuild(config: Config, terminal: Terminal): Promise<number> {
  using _lock = lockFolder(config.data, serverIdentity() ?? `${process.pid}-0`);
  const course = await loadCheckedCourse(config.course, terminal);
  const folder = await ensureSite({
    ...{ project: projectFolder, dataFolder: config.data, course: config.course },
    environment: config.childEnvironment,
    pages: 2 * (lessonsOf(course).length + 1),
    onProgress: terminal.showProgress,
    signal: new AbortController().signal,
  });
  terminal.endProgress();
  terminal.say(words.built(folder));
  return 0;
}
