/**
 * Builds one lesson from its folder. Knows nothing about the disk and about other lessons.
 */
import { fillAddresses } from './addresses.ts';
import { type BuildContext, buildScript, buildStep, checkAddressTokens } from './build-step.ts';
import { checkProse, type LessonTexts } from './check-prose.ts';
import { checkQuiz } from './check-quiz.ts';
import type { ChapterId, LessonId, QuestionId } from './ids.ts';
import { locales } from './locales.ts';
import type { Lesson, Script } from './model.ts';
import { problem } from './problems.ts';
import { lessonSchema, type Question, quizSchema } from './schema.ts';
import { entriesBelow, type SourceFile } from './source.ts';
import { parseYamlFile } from './yaml-file.ts';

/** Builds the lesson in `folder`; `undefined` when its lesson.yaml cannot be used (issues say why). */
export function buildLesson(
  folder: string,
  ids: { lesson: string; chapter: string },
  context: BuildContext,
): Lesson | undefined {
  const path = `${folder}/lesson.yaml`;
  const file = context.source.get(path);
  if (!file) {
    context.issues.push(problem('missing-file', { file: path }, { path }));
    return undefined;
  }
  const parsed = parseYamlFile(lessonSchema, withAddresses(file, context));
  context.issues.push(...parsed.issues);
  const texts = readTexts(folder, context);
  if (!parsed.value) return undefined;
  const { steps: stepFiles, ...rest } = parsed.value;
  for (const [index, step] of stepFiles.entries()) {
    if (stepFiles.findIndex((other) => other.id === step.id) !== index) {
      const place = { file: path, ...parsed.placeOf(['steps', index, 'id']) };
      context.issues.push(problem('duplicate-id', place, { kind: 'step', id: step.id }));
    }
  }
  const stepIds = stepFiles.map((step) => step.id);
  checkStepFolders(folder, stepIds, context);
  const quiz = buildQuiz(folder, context);
  context.issues.push(...checkProse(texts, stepIds, context.source.has(`${folder}/quiz.yaml`)));
  const setup = buildScript(`${folder}/setup.sh`, context);
  return {
    id: ids.lesson as LessonId,
    chapter: ids.chapter as ChapterId,
    ...rest,
    steps: stepFiles.map((step, index) => {
      const placeOf = (...keys: readonly PropertyKey[]) => ({
        file: path,
        ...parsed.placeOf(['steps', index, ...keys]),
      });
      return buildStep({ step, folder, placeOf }, context);
    }),
    ...quiz,
    ...(setup ? { setup } : {}),
    folder,
  };
}

/** Hints and questions name addresses, too. Tokens never span lines, so places in messages stay right. */
function withAddresses(file: SourceFile, context: BuildContext): SourceFile {
  context.issues.push(...checkAddressTokens(file));
  return { ...file, text: fillAddresses(file.text, context.addresses) };
}

function readTexts(folder: string, context: BuildContext): LessonTexts {
  const texts: { -readonly [K in keyof LessonTexts]: LessonTexts[K] } = {};
  for (const locale of locales) {
    const path = `${folder}/${locale}.mdx`;
    const file = context.source.get(path);
    if (!file) context.issues.push(problem('missing-translation', { file: path }, { path: `${locale}.mdx` }));
    else {
      texts[locale] = file;
      context.issues.push(...checkAddressTokens(file));
    }
  }
  return texts;
}

function checkStepFolders(folder: string, stepIds: readonly string[], context: BuildContext): void {
  for (const name of entriesBelow(context.source, `${folder}/steps`)) {
    if (!stepIds.includes(name))
      context.issues.push(problem('unknown-step-folder', { file: `${folder}/steps/${name}` }, { id: name }));
  }
}

function buildQuiz(folder: string, context: BuildContext): Pick<Lesson, 'questions' | 'questionScripts'> {
  const path = `${folder}/quiz.yaml`;
  const file = context.source.get(path);
  if (!file) return { questions: [], questionScripts: {} };
  const parsed = parseYamlFile(quizSchema, withAddresses(file, context));
  const questions = parsed.value?.questions ?? [];
  const placeOf = (index: number) => ({ file: path, ...parsed.placeOf(['questions', index, 'id']) });
  context.issues.push(...parsed.issues, ...checkQuiz(questions, placeOf));
  return { questions, questionScripts: buildQuestionScripts(folder, questions, context) };
}

function buildQuestionScripts(
  folder: string,
  questions: readonly Question[],
  context: BuildContext,
): Record<QuestionId, Script> {
  const scripts: Record<QuestionId, Script> = {};
  for (const question of questions) {
    if (question.kind !== 'ask-lab') continue;
    const path = `${folder}/quiz/${question.id}.sh`;
    const script = buildScript(path, context);
    if (script) scripts[question.id as QuestionId] = script;
    else context.issues.push(problem('quiz-no-script', { file: `${folder}/quiz.yaml` }, { id: question.id, path }));
  }
  return scripts;
}
