/**
 * Branded identifiers, so that a step id cannot be passed for a lesson id.
 * Ids come from folder names without their order prefix and stay stable: progress refers to them.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Folder name of a course below the content folder, e.g. `docker`. */
export type CourseId = Branded<'CourseId'>;
/** Folder name of a chapter without its order prefix, e.g. `concepts`. */
export type ChapterId = Branded<'ChapterId'>;
/** Folder name of a lesson without its order prefix, unique in its course, e.g. `kernel`. */
export type LessonId = Branded<'LessonId'>;
/** Id of a step, unique in its lesson, e.g. `same-kernel`. */
export type StepId = Branded<'StepId'>;
/** Id of a quiz question, unique in its lesson. */
export type QuestionId = Branded<'QuestionId'>;
/** Random id of a learner; not a secret by itself (the cookie holds a separate secret). */
export type LearnerId = Branded<'LearnerId'>;
/** Id of a running lab. */
export type LabId = Branded<'LabId'>;
/** Name of a terminal within a learner's lab: `t1`, `t2`, … */
export type TerminalName = Branded<'TerminalName'>;

/** What an id may look like: lower-case words joined by hyphens, at most 64 characters. */
export const idPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
