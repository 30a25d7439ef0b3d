/**
 * Checks a form step: its rules instead of a script, and no lab.
 * Knows nothing about learners, progress and pages.
 */
import { type FormAnswers, gradeForm } from '../../src/course/form/grade-form.ts';
import type { Step } from '../../src/course/model.ts';
import type { CheckResult, FormProblem } from '../../src/course/result.ts';
import { cleanText } from './read-verdict.ts';

/** Checks what was typed into the form of `step`, which must have one. */
export function checkForm({ form, hints }: Step, answers: FormAnswers): CheckResult {
  if (!form) throw new Error('not a form step');
  const problems = gradeForm(form, hints, answers).map(presentable);
  const [first] = problems;
  if (!first) return { status: 'pass' };
  return { status: 'fail', hint: first.hint, message: messageOf(problems, form.fields.length), problems };
}

/** What was typed goes back to pages and into the record: cut, without control characters. */
function presentable(problem: FormProblem): FormProblem {
  return problem.actual === undefined ? problem : { ...problem, actual: cleanText(problem.actual) };
}

function messageOf(problems: readonly FormProblem[], fieldCount: number): FormProblem['message'] {
  const empty = problems.filter(({ hint }) => hint === 'empty').length;
  if (empty === fieldCount) {
    return { ko: '아직 아무것도 적지 않았어요.', en: 'Nothing has been filled in yet.' };
  }
  const count = problems.length;
  return {
    ko: `고칠 곳이 ${count}곳 있어요. 칸 아래에 까닭을 적어 두었어요.`,
    en: `${count === 1 ? 'One thing needs' : `${count} things need`} another look. The reason stands below the field.`,
  };
}
