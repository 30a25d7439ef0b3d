/**
 * What the application knows about a running lab, written down so that a server that is started anew goes on with it: which
 * lessons are prepared in it, and of which moments its checkpoints are. Knows nothing about machines.
 */
import { z } from 'zod';
import type { LabId, LessonId, StepId } from '../../src/course/ids.ts';
import type { Lesson } from '../../src/course/model.ts';
import type { LabFolders } from '../data/lab-folders.ts';
import type { CheckpointShelf, ShelfContents } from './checkpoint-shelf.ts';
import type { LessonSetups, PreparedLessons } from './lesson-setups.ts';

const fileName = 'memory.json';

const preparedSchema = z.object({
  /** Lessons by the text of the script that prepared them, `null` for one without. */
  done: z.array(z.tuple([z.string(), z.string().nullable()])),
  start: z.string().exactOptional(),
});
const schema = z.object({
  format: z.literal(1),
  prepared: preparedSchema,
  checkpoints: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      place: z.object({ lesson: z.string(), step: z.string().exactOptional() }),
      prepared: preparedSchema,
    }),
  ),
  seen: z.array(z.string()),
});

/** What is written down, and from whom it comes. */
export interface LabMemoryOptions {
  readonly folders: LabFolders;
  readonly setups: LessonSetups;
  readonly checkpoints: CheckpointShelf;
  readonly log: (line: string, details?: Record<string, string | number>) => void;
}

/** The memory of all labs. */
export class LabMemory {
  readonly #options: LabMemoryOptions;

  constructor(options: LabMemoryOptions) {
    this.#options = options;
  }

  /** Writes down what is known about a lab now. */
  note(lab: LabId): void {
    const { folders, setups, checkpoints } = this.#options;
    void folders.write(lab, fileName, buildText(setups.preparedIn(lab), checkpoints.contents(lab)));
  }

  /** Brings back what an earlier server wrote down. */
  async recall(lab: LabId): Promise<void> {
    const { folders, setups, checkpoints } = this.#options;
    const text = await folders.read(lab, fileName);
    if (text === undefined) return;
    const parsed = schema.safeParse(tryParse(text.toString('utf8')));
    if (!parsed.success) return this.#options.log('what was known about a lab cannot be read', { lab });
    const { prepared, checkpoints: entries, seen } = parsed.data;
    setups.putBack(lab, readPrepared(prepared));
    checkpoints.putBack(lab, {
      entries: entries.map(({ id, at, place: { lesson, step }, prepared: then }) => ({
        ...{ id, at, prepared: readPrepared(then) },
        place: { lesson: lesson as LessonId, ...(step !== undefined && { step: step as StepId }) },
      })),
      seen,
    });
  }

  /** The lab is gone. */
  forget(lab: LabId): void {
    void this.#options.folders.forget(lab);
  }
}

type PreparedText = z.infer<typeof preparedSchema>;

function buildText(prepared: PreparedLessons, { entries, seen }: ShelfContents): string {
  const checkpoints = entries.map((entry) => ({ ...entry, prepared: describePrepared(entry.prepared) }));
  return JSON.stringify({ format: 1, prepared: describePrepared(prepared), checkpoints, seen });
}

function describePrepared({ done, start }: PreparedLessons): PreparedText {
  const scripts = [...done].map(([lesson, text]): [string, string | null] => [lesson, text ?? null]);
  return { done: scripts, ...(start !== undefined && { start }) };
}

function readPrepared({ done, start }: PreparedText): PreparedLessons {
  const scripts = done.map(([lesson, text]): [LessonId, string | undefined] => [lesson as LessonId, text ?? undefined]);
  return { done: new Map(scripts), ...(start !== undefined && { start: start as Lesson['start'] }) };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
