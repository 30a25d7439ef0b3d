/** The tiny course, changed by a test, played on a local lab through real sockets and terminals. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalProvider } from '../../../server/lab/local.ts';
import { playLesson } from '../../../server/play/play-lesson.ts';
import type { Depth, PlayedLesson } from '../../../server/play/report.ts';
import { buildCourse } from '../../../src/course/build-course.ts';
import type { Locale } from '../../../src/course/locales.ts';
import { findLesson } from '../../../src/course/model.ts';
import { type Changes, changeTiny, filesLesson } from '../../support/tiny-course.ts';

/** How it is played. */
export interface PlayedOptions {
  readonly locale?: Locale;
  readonly depth?: Depth;
  readonly only?: readonly string[];
  readonly promptMs?: number;
}
/** A play that is over. */
export interface Played extends AsyncDisposable {
  readonly lesson: PlayedLesson;
  /** Labs that were left behind. */
  readonly left: readonly string[];
  /** `step phase: sentence` of everything that is wrong. */
  readonly complaints: readonly string[];
}

/** Plays the lesson `files`. */
export async function playFiles(changes: Changes = {}, options: PlayedOptions = {}): Promise<Played> {
  const { locale = 'ko', depth = 'full', only, promptMs = 20_000 } = options;
  const source = await changeTiny(changes);
  const { course, issues } = buildCourse('tiny', source);
  const lesson = course && findLesson(course, 'files');
  if (!course || !lesson) throw new Error(JSON.stringify(issues));
  const folder = await mkdtemp(join(tmpdir(), 'tadak-played-'));
  const labs = join(folder, 'labs');
  await using provider = createLocalProvider({ production: false, folder: labs });
  const text = source.get(`${filesLesson}/${locale}.mdx`)?.text ?? '';
  const played = await playLesson(
    { lesson, locale, depth, text, ...(only && { only }) },
    {
      ...{ course, provider, server: 'test', now: Date.now, signal: AbortSignal.timeout(110_000) },
      patience: { openMs: 30_000, promptMs, settleMs: 200, slack: 1 },
      transcriptOf: () => join(folder, 'transcript.txt'),
      onPhase: () => {},
      onItem: () => {},
    },
  );
  const items = [{ id: 'lesson', problems: played.problems }, ...played.items];
  return {
    lesson: played,
    left: await readdir(labs),
    complaints: items.flatMap(({ id, problems }) => problems.map((one) => `${id} ${one.phase}: ${one.message.en}`)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
