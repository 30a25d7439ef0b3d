/**
 * The progress database's format, one migration per version; `user_version` says how many have run.
 * Knows nothing about queries. A migration that has been released is never edited: add another one.
 */
import type { DatabaseSync } from 'node:sqlite';
import { Fault } from '../../src/faults.ts';

const migrations: readonly string[] = [
  `
  CREATE TABLE learner (
    id TEXT PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE, -- SHA-256 of the cookie's secret; the secret itself is nowhere
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE step_attempt (
    id INTEGER PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    course TEXT NOT NULL,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    result TEXT NOT NULL, -- CheckResult as JSON
    check_trigger TEXT NOT NULL CHECK (check_trigger IN ('button', 'auto')),
    times INTEGER NOT NULL DEFAULT 1, -- equal automatic results in a row
    at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX step_attempt_of ON step_attempt (learner, course, lesson, step);

  CREATE TABLE quiz_answer (
    id INTEGER PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    course TEXT NOT NULL,
    lesson TEXT NOT NULL,
    question TEXT NOT NULL,
    view TEXT NOT NULL, -- QuizView without its counts, as JSON
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX quiz_answer_of ON quiz_answer (learner, course, lesson, question);

  CREATE TABLE solution_shown (
    id INTEGER PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    course TEXT NOT NULL,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE place (
    learner TEXT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    course TEXT NOT NULL,
    lesson TEXT NOT NULL,
    step TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (learner, course)
  ) STRICT, WITHOUT ROWID;
  `,
];

/** The format that this version writes. */
export const dataFormat = migrations.length;

/** Brings the database to our format, each migration whole or not at all. Throws Fault `data-newer`. */
export function migrate(database: DatabaseSync, path: string): void {
  const found = formatOf(database);
  if (found > dataFormat) throw new Fault('data-newer', { path, found, supported: dataFormat });
  for (let format = found; format < dataFormat; format += 1) {
    database.exec(`BEGIN IMMEDIATE; ${migrations[format]}; PRAGMA user_version = ${format + 1}; COMMIT;`);
  }
}

function formatOf(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
}
