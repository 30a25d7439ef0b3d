/**
 * Plays one lesson in one language on one fresh lab: makes the lab, prepares the lesson, opens a terminal, proves the
 * steps and the questions of the lab in order, and leaves nothing behind.
 * Knows nothing about which lessons are played and how many at a time.
 */
import { fillAddresses } from '../../src/course/addresses.ts';
import type { Capability } from '../../src/course/capabilities.ts';
import type { LearnerId } from '../../src/course/ids.ts';
import type { Locale, Localized } from '../../src/course/locales.ts';
import type { Course, Lesson, Script, Step } from '../../src/course/model.ts';
import { commandsOn, type Prose, parseProse } from '../../src/course/prose.ts';
import { toFault } from '../../src/faults.ts';
import { createLessonSetups } from '../app/lesson-setups.ts';
import type { Lab, LabProvider } from '../lab/lab.ts';
import { LabHands } from './lab-hands.ts';
import { notRun, Proof } from './proof.ts';
import { type LabQuestion, proveQuestion } from './prove-question.ts';
import { proveStep } from './prove-step.ts';
import type { Depth, PlayedItem, PlayedLesson, PlayProblem } from './report.ts';
import { sentences } from './sentences.ts';
import { openDoor } from './terminal-door.ts';
import { Transcript } from './transcript.ts';
import { type Patience, Typist } from './typist.ts';

/** One lesson to be played. */
export interface LessonPlan {
  readonly lesson: Lesson;
  readonly locale: Locale;
  readonly depth: Depth;
  /** Only these steps and questions, by id; the steps that they build on are brought to their end by their model solutions. */
  readonly only?: readonly string[];
  readonly round?: number;
  readonly isRepeat?: true;
  /** The text of the lesson's page in `locale`. */
  readonly text: string;
}

/** What plays have in common. */
export interface PlaySurroundings {
  readonly course: Course;
  readonly provider: LabProvider;
  /** Written on labs, so that a later run finds orphans. */
  readonly server: string;
  /** File for the transcript of a lesson that failed. */
  readonly transcriptOf: (plan: LessonPlan) => string;
  readonly patience: Patience & { readonly settleMs: number; readonly slack: number };
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onPhase: (plan: LessonPlan, item: string, phase: string) => void;
  readonly onItem: (plan: LessonPlan, item: PlayedItem) => void;
}

/** Plays it. Rejects only when the play is given up; then, too, no lab is left. */
export async function playLesson(plan: LessonPlan, around: PlaySurroundings): Promise<PlayedLesson> {
  const transcript = new Transcript(around.transcriptOf(plan), around.now);
  const play = new LessonPlay(plan, around, transcript);
  const began = around.now();
  await play.run();
  const ms = around.now() - began;
  const { items, problems, labMs, versions } = play;
  const { lesson, locale, depth, only, round } = plan;
  const about = { lesson: lesson.id, locale, depth, lab: around.provider.kind, isPart: only !== undefined };
  const base = { ...about, ...(round !== undefined && { round }), versions, ms, labMs, items, problems };
  const isBad = problems.length > 0 || items.some(({ outcome }) => outcome === 'failed');
  if (isBad) return { ...base, transcript: transcript.path };
  transcript.drop();
  return base;
}

/** What a lesson is played on. */
interface Bench {
  readonly lab: Lab;
  readonly hands: LabHands;
  readonly typist: Typist;
}

class LessonPlay {
  readonly items: PlayedItem[] = [];
  readonly problems: PlayProblem[] = [];
  labMs = 0;
  versions: Readonly<Record<string, string>> = {};
  readonly #plan: LessonPlan;
  readonly #around: PlaySurroundings;
  readonly #transcript: Transcript;
  readonly #prose: Prose;

  constructor(plan: LessonPlan, around: PlaySurroundings, transcript: Transcript) {
    this.#plan = plan;
    this.#around = around;
    this.#transcript = transcript;
    this.#prose = parseProse(fillAddresses(plan.text, around.course.addresses));
  }

  async run(): Promise<void> {
    const { signal, now } = this.#around;
    const began = now();
    try {
      if (this.#labSteps.length + this.#questions.length === 0) {
        for (const step of this.#steps) this.#add(notRun(step, 'step', []));
        return;
      }
      await using lab = await this.#makeLab();
      this.labMs = now() - began;
      if (this.#runnable(lab).length > 0) await this.#playOn(lab);
      else for (const step of this.#steps) this.#add(this.#notRun(step, lab));
    } catch (thrown) {
      signal.throwIfAborted();
      this.#complain('lab', sentences.notReady(toFault(thrown).sentence));
    }
  }

  get #steps(): readonly Step[] {
    return this.#plan.lesson.steps.filter(({ id }) => this.#isWanted(id));
  }

  /** The steps that happen in a lab: with a check or a value to find. What needs no lab is proven by lint. */
  get #labSteps(): readonly Step[] {
    return this.#steps.filter(({ check, ask }) => check !== undefined || ask.length > 0);
  }

  #runnable(lab: Lab): readonly (Step | LabQuestion)[] {
    return [...this.#labSteps, ...this.#questions].filter(({ needs }) => missing(needs, lab).length === 0);
  }

  get #questions(): readonly LabQuestion[] {
    return this.#plan.lesson.questions
      .filter((question) => question.kind === 'ask-lab')
      .filter(({ id }) => this.#isWanted(id));
  }

  #isWanted(id: string): boolean {
    return this.#plan.only?.includes(id) ?? true;
  }

  #makeLab(): Promise<Lab> {
    const { provider, course, server, signal } = this.#around;
    const { lesson } = this.#plan;
    this.#around.onPhase(this.#plan, 'lab', 'start');
    const owner = { learner: 'play' as LearnerId, server };
    const spec = { start: lesson.start, addresses: course.addresses };
    return provider.provision(spec, owner, { signal, onProgress: () => {} });
  }

  async #playOn(lab: Lab): Promise<void> {
    const { course, patience, signal } = this.#around;
    const { lesson } = this.#plan;
    const setups = createLessonSetups({ startScripts: () => course.startScripts, onChange: () => {} });
    await setups.ensure(lab, lesson, signal);
    await using door = await openDoor(lab, 'play' as LearnerId, (line) => this.#transcript.note(line));
    using typist = await Typist.open({ address: door, patience, signal });
    if (!typist) {
      this.#complain('terminal', sentences.noTerminal());
      return;
    }
    const transcript = this.#transcript;
    const hands = new LabHands({
      lab,
      course,
      lesson,
      transcript,
      settleMs: patience.settleMs,
      slack: patience.slack,
      signal,
    });
    this.versions = await hands.versions();
    await this.#playSteps({ lab, hands, typist });
    for (const question of this.#questions) await this.#proveQuestion(question, { lab, hands });
  }

  async #playSteps(bench: Bench): Promise<void> {
    const { steps } = this.#plan.lesson;
    // Questions stand at the end of a lesson, so all of it has been done by then.
    const last = this.#questions.length > 0 ? steps.length : steps.findLastIndex(({ id }) => this.#isWanted(id)) + 1;
    // The last one that builds on those before it; beyond it nothing but what is wanted itself must have been done.
    const needsAll = this.#questions.length > 0 ? last : steps.findLastIndex((step) => this.#buildsOnOthers(step));
    let isJump = false;
    for (const [index, step] of steps.slice(0, last).entries()) {
      const canRun = missing(step.needs, bench.lab).length === 0;
      if (!this.#isWanted(step.id)) {
        if (canRun && index < needsAll) await this.#pass(step.solve, bench.hands);
        isJump = true;
      } else if (!canRun || !this.#labSteps.includes(step)) this.#add(this.#notRun(step, bench.lab));
      else {
        if (isJump) await this.#pass(step.setup, bench.hands);
        isJump = false;
        await this.#proveStep(step, bench);
      }
    }
  }

  #buildsOnOthers({ id, standsAlone }: Step): boolean {
    return this.#isWanted(id) && !standsAlone;
  }

  /** A script that only prepares what is wanted. */
  async #pass(script: Script | undefined, hands: LabHands): Promise<void> {
    const ending = script && (await hands.run(script));
    if (script && ending !== undefined) this.#complain('before', sentences.scriptFailed(script.path, ending));
  }

  async #proveStep(step: Step, { lab, hands, typist }: Bench): Promise<void> {
    const proof = this.#proof(step.id, 'step');
    const printed = this.#prose.steps.find(({ id }) => id === step.id);
    const commands = printed ? commandsOn(printed, lab.capabilities) : [];
    await proveStep({ step, commands, depth: this.#plan.depth, hands, typist, transcript: this.#transcript }, proof);
    this.#add(proof.finish());
  }

  async #proveQuestion(
    question: LabQuestion,
    { lab, hands }: { readonly lab: Lab; readonly hands: LabHands },
  ): Promise<void> {
    const { course, signal } = this.#around;
    const { lesson } = this.#plan;
    const script = lesson.questionScripts[question.id as keyof typeof lesson.questionScripts];
    const lacks = missing(question.needs, lab);
    if (lacks.length > 0 || !script) {
      this.#add(notRun(question, 'question', lacks));
      return;
    }
    const proof = this.#proof(question.id, 'question');
    await proveQuestion({ question, script, lab, course, lesson, hands, signal }, proof);
    this.#add(proof.finish());
  }

  #proof(id: string, kind: PlayedItem['kind']): Proof {
    const { now, onPhase } = this.#around;
    const transcript = this.#transcript;
    return new Proof({ id, kind, transcript, now, onPhase: (item, phase) => onPhase(this.#plan, item, phase) });
  }

  #notRun(step: Step, lab: Lab): PlayedItem {
    return notRun(step, 'step', missing(step.needs, lab));
  }

  #add(item: PlayedItem): void {
    this.items.push(item);
    this.#around.onItem(this.#plan, item);
  }

  #complain(phase: string, message: Localized): void {
    this.problems.push({ phase, message });
    this.#transcript.note(`!! ${message.en}`);
  }
}

function missing(needs: readonly Capability[], lab: Lab): readonly Capability[] {
  return needs.filter((need) => !lab.capabilities.has(need));
}
