/**
 * The HTTP API's requests and answers. All under `/api`, JSON, same origin, cookie `tadak_learner`.
 *
 *   GET  /api/me                                     → Me            (makes the cookie when there is none)
 *   GET  /api/courses/:course/progress               → CourseProgress
 *   POST /api/courses/:course/place   PlaceRequest   → 204           (where the learner is now)
 *   GET  /api/lab                                    → LabView
 *   POST /api/lab/start                   LabRequest   → LabView       (starts one, or returns the running one)
 *   POST /api/lab/restart                 LabRequest   → LabView       (throws the machine away and starts a fresh one)
 *   POST /api/lab/end                                → LabView
 *   POST /api/lab/extend                             → LabView       (more time for a lab that is about to end)
 *   POST /api/lab/forget-host-key                    → LabView       (ssh labs)
 *   GET  /api/lab/checkpoints                        → CheckpointsView
 *   POST /api/lab/rewind                  RewindRequest → LabView    (puts the lab back to one of them; terminals end)
 *   GET  /api/labs/:lab/facts                        → LabFactsView  (of the learner's own lab)
 *   GET  /api/terminals/:terminal/commands?from=&latest=           → CommandsView  (of the learner's own lab)
 *   POST /api/terminals/:terminal/recording   RecordRequest        → RecordingsView
 *   GET  /api/recordings                                           → RecordingsView
 *   GET  /api/recordings/:id                                       → the asciicast, as a download
 *   POST /api/recordings/:id/delete                                → RecordingsView
 *   POST /api/courses/:course/lessons/:lesson/steps/:step/check    CheckRequest → CheckView
 *   POST /api/courses/:course/lessons/:lesson/steps/:step/reset    → CheckView  (runs the step's reset.sh, then checks; clears a form)
 *   GET  /api/courses/:course/lessons/:lesson/steps/:step/jump     → JumpView  (what a jump would do)
 *   POST /api/courses/:course/lessons/:lesson/steps/:step/jump     → LabView   (brings the lab to the step's beginning)
 *   POST /api/courses/:course/lessons/:lesson/steps/:step/solution → SolutionView
 *   POST /api/courses/:course/lessons/:lesson/quiz/:question       QuizRequest  → QuizView
 *   GET  /api/health                                 → { ok: true }
 * Errors: HTTP status of the fault and `FaultView`.
 */
import { z } from 'zod';
import type { Capability } from '../course/capabilities.ts';
import type { Localized } from '../course/locales.ts';
import type { Machine } from '../course/machines.ts';
import type { CheckResult } from '../course/result.ts';
import type { FaultCode } from '../faults.ts';

/** Body of every error answer. */
export interface FaultView {
  readonly code: FaultCode;
  readonly message: Localized;
  readonly retry: boolean;
}

/** Who the server thinks this browser is. */
export interface Me {
  readonly learner: string;
}

/** The learner's lab as pages show it. */
export interface LabView {
  readonly state: 'none' | 'queued' | 'starting' | 'ready' | 'lost' | 'ended';
  readonly kind: 'qemu' | 'ssh' | 'container' | 'local';
  /** Changes with every new machine, so that pages can tell a fresh one; absent when there is none. */
  readonly id?: string;
  /** While starting: what is being done and how far it is, 0–1. */
  readonly progress?: { readonly label: Localized; readonly fraction: number };
  /** Known once ready. */
  readonly capabilities: readonly Capability[];
  /** Where the machine is reached, for `ssh` labs: `root@213.0.113.3`. */
  readonly target?: string;
  /** Which of the course's machines it is and which there could be; only where there is a choice. */
  readonly machine?: { readonly is: Machine; readonly of: readonly Machine[] };
  /** Why it is lost, did not start or was ended. */
  readonly fault?: FaultView;
  /** Place in the queue, from 1, while queued. */
  readonly place?: number;
  /** A running lab is about to be ended, unless the learner asks for more time. `inMs` counts from when this was said. */
  readonly ending?: { readonly inMs: number; readonly why: 'unused' | 'left' | 'old' };
}

/** What a lab says of itself. */
export interface LabFactsView {
  readonly id: string;
  readonly kind: LabView['kind'];
  readonly capabilities: readonly Capability[];
  /** Versions and what the kernel allows, by name; what is not there is left out. */
  readonly facts: Readonly<Record<string, string>>;
}

/** One command of a terminal. */
export interface CommandView {
  /** From 1, in one life of the terminal. */
  readonly number: number;
  /** What was typed; empty when it is not known. */
  readonly line: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Absent while it runs. */
  readonly endedAt?: number;
  readonly exitCode?: number;
  /** Plain text; absent when its bytes are no longer kept. */
  readonly output?: string;
  /** Only the end of the output is there. */
  readonly isCut: boolean;
}
/** The latest commands of a terminal, oldest first. */
export interface CommandsView {
  /** Names this life of the terminal: numbers of another one mean other commands. */
  readonly epoch: string;
  readonly commands: readonly CommandView[];
}

/** Body of `recording`. */
export const recordRequestSchema = z.strictObject({ on: z.boolean() });
/** Body of `recording`. */
export type RecordRequest = z.infer<typeof recordRequestSchema>;

/** A recording of a learner's terminal. */
export interface RecordingView {
  readonly id: string;
  /** Name of the terminal, e.g. `t1`. */
  readonly terminal: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Absent while it runs. */
  readonly endedAt?: number;
  /** Why it ended by itself: it was as large as it may be, or could not be written. Not known after the server was started anew. */
  readonly endedBy?: 'limit' | 'disk' | 'error';
  readonly bytes: number;
}
/** A learner's recordings, oldest first. */
export interface RecordingsView {
  /** How long a recording is kept after its end; 0 where nothing may be recorded. */
  readonly keepDays: number;
  readonly recordings: readonly RecordingView[];
}

/** One step of a learner. A pass is kept; `regressed` says that the latest check no longer passes. */
export interface StepProgress {
  readonly passed: boolean;
  readonly regressed: boolean;
  readonly attempts: number;
  /** Milliseconds since the epoch of the first pass. */
  readonly passedAt?: number;
  readonly last?: CheckResult;
}
/** One quiz question of a learner. */
export interface QuestionProgress {
  readonly answered: boolean;
  readonly correct: boolean;
  /** Whether the very first try was right; never changes. */
  readonly firstCorrect: boolean;
  readonly attempts: number;
  /** The latest answer with its explanations, to show it again. */
  readonly last?: QuizView;
}
/** One lesson of a learner. */
export interface LessonProgress {
  readonly steps: Readonly<Record<string, StepProgress>>;
  readonly questions: Readonly<Record<string, QuestionProgress>>;
}
/** A course of a learner. */
export interface CourseProgress {
  readonly lessons: Readonly<Record<string, LessonProgress>>;
  /** Where the learner was last. */
  readonly place?: { readonly lesson: string; readonly step?: string };
}

/** Body of a start or restart. */
export const labRequestSchema = z.strictObject({
  /** The lesson on the page that asks: the machine is the one that it begins on. */
  from: z.strictObject({ course: z.string().max(64), lesson: z.string().max(64) }).optional(),
});
/** Body of a start or restart. */
export type LabRequest = z.infer<typeof labRequestSchema>;

/** Body of `rewind`: the id of a checkpoint. */
export const rewindRequestSchema = z.strictObject({ checkpoint: z.string().max(64) });
/** Body of `rewind`. */
export type RewindRequest = z.infer<typeof rewindRequestSchema>;

/** A state of the lab that is kept. */
export interface CheckpointView {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Title of the lesson, and of the step that had just been passed; without it, of the lesson's beginning. */
  readonly lesson: Localized;
  readonly step?: Localized;
}
/** What is kept of a lab, newest first. */
export interface CheckpointsView {
  /** Whether this lab's states are kept at all. */
  readonly isKept: boolean;
  readonly checkpoints: readonly CheckpointView[];
}

/** What a jump to a step would do: put the lab back, or run scripts of these steps. */
export type JumpView =
  | { readonly by: 'checkpoint'; readonly at: number }
  | { readonly by: 'scripts'; readonly solves: readonly Localized[]; readonly resets: readonly Localized[] };

/** Body of `place`. */
export const placeRequestSchema = z.strictObject({ lesson: z.string().max(64), step: z.string().max(64).optional() });
/** Body of `place`. */
export type PlaceRequest = z.infer<typeof placeRequestSchema>;

/** Body of `check`: values for what the step asks, by ask id, or for the fields of its form. */
export const checkRequestSchema = z.strictObject({
  answers: z.record(z.string().max(64), z.string().max(500)).optional(),
});
/** Body of `check`. */
export type CheckRequest = z.infer<typeof checkRequestSchema>;

/** Outcome of a check with the step's progress after it. */
export interface CheckView {
  readonly lesson: string;
  readonly step: string;
  readonly result: CheckResult;
  readonly progress: StepProgress;
  /** Shown after a pass. */
  readonly why?: Localized;
  /** `auto` when the server checked by itself after a command. */
  readonly trigger: 'button' | 'auto';
}

/** The model solution, sent only when the learner asks for it; asking is recorded. */
export type SolutionView =
  | { readonly script: string }
  /** Of a form: a line for each field. */
  | { readonly text: Localized };

/** Body of a quiz answer: choice ids, item ids in order, or a text. */
export const quizRequestSchema = z.strictObject({
  answer: z.union([z.string().max(500), z.array(z.string().max(64)).max(20)]),
});
/** Body of a quiz answer. */
export type QuizRequest = z.infer<typeof quizRequestSchema>;

/** Outcome of a quiz answer. Explanations are given for the choices that were taken; all of them once it is right. */
export interface QuizView {
  readonly question: string;
  readonly answer: string | readonly string[];
  readonly outcome: 'correct' | 'incorrect' | 'error';
  readonly explanations: Readonly<Record<string, { readonly correct: boolean; readonly why: Localized }>>;
  /** General explanation: why it is right, or what to look at. */
  readonly message?: Localized;
  readonly attempts: number;
  readonly firstCorrect: boolean;
}

export type { PublicItem, PublicQuestion } from '../course/public-question.ts';
