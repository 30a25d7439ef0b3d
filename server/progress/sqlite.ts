/**
 * The progress store in one SQLite file. WAL with synchronous=NORMAL: see docs/decisions/progress-store.md.
 * Knows nothing about HTTP or labs; what counts as progress is decided in compute-progress.ts.
 */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { CourseId, LearnerId, LessonId, QuestionId, StepId } from '../../src/course/ids.ts';
import type { CheckResult } from '../../src/course/result.ts';
import { Fault } from '../../src/faults.ts';
import type { CourseProgress, LessonProgress, QuestionProgress, StepProgress } from '../../src/protocol/api.ts';
import {
  computeQuestionProgress,
  computeStepProgress,
  type StoredAnswer,
  type StoredStepAttempt,
} from './compute-progress.ts';
import { migrate } from './migrations.ts';
import type { ProgressStore, QuizAttempt, StepAttempt } from './store.ts';

/** SQLite's primary result codes that mean "no room": FULL, and IOERR on write, sync or growing shared memory. */
const fullCodes: ReadonlySet<number> = new Set([13, 778, 1034, 4874]);
/** SQLite's primary result codes that mean "may not be written": READONLY and CANTOPEN. */
const deniedCodes: ReadonlySet<number> = new Set([8, 14]);
/** How long a write waits for another process (a backup, a curious `sqlite3`), milliseconds. */
const busyTimeoutMs = 2000;

type StepKey = Pick<StepAttempt, 'learner' | 'course' | 'lesson' | 'step'>;
interface StepRow {
  readonly step: string;
  readonly result: string;
  readonly times: number;
  readonly at: number;
}
type Value = string | number | null | Uint8Array;

const hashOf = (secret: string): Uint8Array => createHash('sha256').update(secret).digest();
const keyOf = ({ learner, course, lesson, step }: StepKey): [string, string, string, string] => [
  learner,
  course,
  lesson,
  step,
];
const toAttempt = (row: StepRow): StoredStepAttempt => ({
  result: JSON.parse(row.result) as CheckResult,
  times: row.times,
  at: row.at,
});

/** Bounds of a store. */
export interface SqliteOptions {
  /** Largest size of the file in pages of 4096 bytes; without it the disk is the limit. */
  readonly maxPages?: number;
}

function openDatabase(path: string, { maxPages }: SqliteOptions): DatabaseSync {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF');
    migrate(database, path);
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`);
    for (const suffix of ['', '-wal', '-shm']) closeToOthers(`${path}${suffix}`);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Whoever can pass through the folder, the QEMU of a lab for one, does not read it. What SQLite makes beside it later is closed like it. */
function closeToOthers(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // It is not there, or somebody else's, who sees to it.
  }
}

const faultOf = (thrown: unknown, path: string): unknown => {
  const { errcode } = thrown as { errcode?: unknown };
  if (typeof errcode !== 'number') return thrown;
  if (fullCodes.has(errcode)) return new Fault('data-full', { path }, { cause: thrown });
  if (!deniedCodes.has(errcode & 0xff)) return thrown;
  return new Fault('data-unwritable', { path, reason: (thrown as Error).message }, { cause: thrown });
};

/** Opens (or makes) the store in the file at `path`. Throws Fault `data-newer`, `data-full` or `data-unwritable`. */
export function openSqliteStore(path: string, options: SqliteOptions = {}): ProgressStore {
  return new SqliteStore(path, options);
}

class SqliteStore implements ProgressStore {
  readonly #path: string;
  readonly #database: DatabaseSync;

  constructor(path: string, options: SqliteOptions) {
    this.#path = path;
    try {
      this.#database = openDatabase(path, options);
    } catch (thrown) {
      throw faultOf(thrown, path);
    }
  }

  createLearner(at: number): { readonly learner: LearnerId; readonly secret: string } {
    const learner = randomBytes(10).toString('hex') as LearnerId;
    const secret = randomBytes(32).toString('base64url');
    this.#write(() => this.#run('INSERT INTO learner VALUES (?, ?, ?)', learner, hashOf(secret), at));
    return { learner, secret };
  }

  findLearner(secret: string): LearnerId | undefined {
    const sql = 'SELECT id FROM learner WHERE secret_hash = ?';
    return this.#rows<{ readonly id: LearnerId }>(sql, hashOf(secret))[0]?.id;
  }

  recordStep(attempt: StepAttempt): StepProgress {
    if (attempt.result.status === 'skipped') return this.#stepProgress(attempt);
    return this.#write(() => {
      if (!this.#countAgain(attempt)) this.#insertStep(attempt);
      return this.#stepProgress(attempt);
    });
  }

  recordQuiz(attempt: QuizAttempt): ReturnType<ProgressStore['recordQuiz']> {
    const { learner, course, lesson, question, view, at } = attempt;
    const progress = this.#write(() => {
      this.#run(
        'INSERT INTO quiz_answer (learner, course, lesson, question, view, at) VALUES (?, ?, ?, ?, ?, ?)',
        ...[learner, course, lesson, question, JSON.stringify(view), at],
      );
      return computeQuestionProgress(this.#answers(learner, course, lesson, question).map(({ view }) => view));
    });
    return { ...view, attempts: progress.attempts, firstCorrect: progress.firstCorrect };
  }

  recordSolution(of: Omit<StepAttempt, 'result' | 'trigger'>): void {
    const sql = 'INSERT INTO solution_shown (learner, course, lesson, step, at) VALUES (?, ?, ?, ?, ?)';
    this.#write(() => this.#run(sql, ...keyOf(of), of.at));
  }

  recordPlace(...[learner, course, place, at]: Parameters<ProgressStore['recordPlace']>): void {
    const sql = 'INSERT OR REPLACE INTO place (learner, course, lesson, step, at) VALUES (?, ?, ?, ?, ?)';
    this.#write(() => this.#run(sql, learner, course, place.lesson, place.step ?? null, at));
  }

  courseProgress(learner: LearnerId, course: CourseId): CourseProgress {
    const lessons: Record<string, LessonProgress> = {};
    for (const lesson of this.#lessonsTouched(learner, course)) {
      lessons[lesson] = this.lessonProgress(learner, course, lesson);
    }
    const place = this.#place(learner, course);
    return { lessons, ...(place && { place }) };
  }

  lessonProgress(learner: LearnerId, course: CourseId, lesson: LessonId): LessonProgress {
    const steps = Map.groupBy(this.#attempts(learner, course, lesson), (row) => row.step);
    const answers = Map.groupBy(this.#answers(learner, course, lesson), (row) => row.question);
    return {
      steps: Object.fromEntries([...steps].map(([id, rows]) => [id, computeStepProgress(rows.map(toAttempt))])),
      questions: Object.fromEntries(
        [...answers].map(([id, rows]): [string, QuestionProgress] => [
          id,
          computeQuestionProgress(rows.map(({ view }) => view)),
        ]),
      ),
    };
  }

  [Symbol.dispose](): void {
    if (!this.#database.isOpen) return;
    this.#database.close();
  }

  /** Raises `times` of the newest attempt when it is the same automatic result; says whether it was. */
  #countAgain(attempt: StepAttempt): boolean {
    if (attempt.trigger !== 'auto') return false;
    const [newest] = this.#rows<{ id: number; result: string; check_trigger: string }>(
      `SELECT id, result, check_trigger FROM step_attempt
        WHERE learner = ? AND course = ? AND lesson = ? AND step = ? ORDER BY id DESC LIMIT 1`,
      ...keyOf(attempt),
    );
    if (newest?.check_trigger !== 'auto' || newest.result !== JSON.stringify(attempt.result)) return false;
    this.#run('UPDATE step_attempt SET times = times + 1, last_at = ? WHERE id = ?', attempt.at, newest.id);
    return true;
  }

  #insertStep(attempt: StepAttempt): void {
    this.#run(
      `INSERT INTO step_attempt (learner, course, lesson, step, result, check_trigger, at, last_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...keyOf(attempt),
      ...[JSON.stringify(attempt.result), attempt.trigger, attempt.at, attempt.at],
    );
  }

  #stepProgress({ learner, course, lesson, step }: StepKey): StepProgress {
    return computeStepProgress(this.#attempts(learner, course, lesson, step).map(toAttempt));
  }

  #attempts(learner: LearnerId, course: CourseId, lesson: LessonId, step?: StepId): StepRow[] {
    return this.#rows<StepRow>(
      `SELECT step, result, times, at FROM step_attempt
        WHERE learner = ? AND course = ? AND lesson = ? AND step = ifnull(?, step) ORDER BY id`,
      ...[learner, course, lesson, step ?? null],
    );
  }

  #answers(learner: LearnerId, course: CourseId, lesson: LessonId, question?: QuestionId) {
    const rows = this.#rows<{ readonly question: string; readonly view: string }>(
      `SELECT question, view FROM quiz_answer
        WHERE learner = ? AND course = ? AND lesson = ? AND question = ifnull(?, question) ORDER BY id`,
      ...[learner, course, lesson, question ?? null],
    );
    return rows.map((row) => ({ question: row.question, view: JSON.parse(row.view) as StoredAnswer }));
  }

  #lessonsTouched(learner: LearnerId, course: CourseId): LessonId[] {
    const rows = this.#rows<{ readonly lesson: LessonId }>(
      `SELECT lesson FROM step_attempt WHERE learner = ?1 AND course = ?2
        UNION SELECT lesson FROM quiz_answer WHERE learner = ?1 AND course = ?2`,
      ...[learner, course],
    );
    return rows.map((row) => row.lesson);
  }

  #place(learner: LearnerId, course: CourseId): CourseProgress['place'] {
    const sql = 'SELECT lesson, step FROM place WHERE learner = ? AND course = ?';
    const [row] = this.#rows<{ readonly lesson: string; readonly step: string | null }>(sql, learner, course);
    return row && { lesson: row.lesson, ...(row.step !== null && { step: row.step }) };
  }

  #rows<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#database.prepare(sql).all(...values) as Row[];
  }

  #run(sql: string, ...values: Value[]): void {
    this.#database.prepare(sql).run(...values);
  }

  /** Runs `work` in one transaction: all of it is kept or nothing is. */
  #write<T>(work: () => T): T {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const value = work();
      this.#database.exec('COMMIT');
      return value;
    } catch (thrown) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw faultOf(thrown, this.#path);
    }
  }
}
