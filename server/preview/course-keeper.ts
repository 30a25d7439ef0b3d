/**
 * Keeps the last good course while its author is writing, and what is to be mended in the files as they are now.
 * Knows nothing about labs and pages; whoever wants to know is told.
 */
import type { Issue } from '../../src/course/issue.ts';
import type { Course } from '../../src/course/model.ts';
import type { ExaminedFolder } from '../course/examine-folder.ts';

/** What the author is told. */
export interface CourseProblems {
  /** While there is one of these, checks and quizzes stay with the last good course. */
  readonly blocking: readonly Issue[];
  /** What the course lacks to be finished; it can be looked at nevertheless. */
  readonly open: readonly Issue[];
}

/** Who is told. */
export interface KeeperListeners {
  /** The files made another course than before. */
  readonly onCourse: (course: Course) => void;
  /** The problems are others than before. */
  readonly onProblems: (problems: CourseProblems) => void;
}

/** The course of a preview. */
export interface CourseKeeper {
  /** The last good course; `undefined` until there was one. */
  readonly course: Course | undefined;
  readonly problems: CourseProblems;
  /** Looks at the files again; a call while another one is at work is answered by one more look afterwards. */
  refresh(): Promise<void>;
}

/** Makes the keeper. `examine` throws when the folder cannot be read at this moment: then nothing changes. */
export function createCourseKeeper(
  examine: () => Promise<ExaminedFolder>,
  { onCourse, onProblems }: KeeperListeners,
): CourseKeeper {
  let course: Course | undefined;
  let problems: CourseProblems = { blocking: [], open: [] };
  const look = async () => {
    const seen = await examine();
    const fresh = sortProblems(seen);
    const isNews = !isSame(fresh, problems);
    problems = fresh;
    if (isNews) onProblems(fresh);
    if (!seen.course || fresh.blocking.length > 0 || isSame(seen.course, course)) return;
    course = seen.course;
    onCourse(course);
  };
  return {
    get course() {
      return course;
    },
    get problems() {
      return problems;
    },
    refresh: inTurn(look),
  };
}

function sortProblems({ issues, lint }: ExaminedFolder): CourseProblems {
  const isError = ({ severity }: Issue) => severity === 'error';
  const blocking = issues.filter(isError);
  // What is missing elsewhere because a lesson cannot be read would only hide the reason.
  return { blocking, open: blocking.length > 0 ? [] : [...issues, ...lint] };
}

/** One at a time; what was asked for meanwhile is one more turn, which sees the newest files. */
function inTurn(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = () => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (!running) return begin();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  };
}

const isSame = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);
