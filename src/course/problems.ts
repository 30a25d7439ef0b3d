/**
 * Every rule of a course's files: how serious it is, what is said and how to mend it, in both languages.
 * `{name}` is filled from the values given. Knows nothing about how a problem is found.
 */
import type { Issue } from './issue.ts';
import { lintRules } from './lint-rules.ts';
import { type Rule, rule } from './rule.ts';

/** The rules by name. */
export const rules = {
  ...lintRules,
  'missing-file': rule(
    'error',
    '{path} 파일이 없어요.',
    '{path} is missing.',
    '이 파일을 만드세요.',
    'Create this file.',
  ),
  'missing-translation': rule(
    'error',
    '이 레슨에 {path} 가 없어요.',
    'This lesson has no {path}.',
    '다른 언어와 같은 단계를 담은 {path} 를 쓰세요.',
    'Write {path} with the same steps as the other language.',
  ),
  'yaml-syntax': rule(
    'error',
    'YAML을 읽을 수 없어요: {detail}',
    'This YAML cannot be read: {detail}',
    '표시된 줄의 들여쓰기와 따옴표를 살펴보세요.',
    'Look at the indentation and quotes of that line.',
  ),
  'text-syntax': rule(
    'error',
    '글을 페이지로 만들 수 없어요: {detail}',
    'This text cannot be made into a page: {detail}',
    '표시된 줄의 태그, 중괄호, 백틱을 살펴보세요.',
    'Look at the tags, braces and backticks of that line.',
  ),
  schema: rule(
    'error',
    '{path}: {detailKo}',
    '{path}: {detail}',
    '이 값을 형식에 맞게 고치세요. 키마다 docs/authoring-reference.md 에 설명이 있어요.',
    'Give this key a value of the expected kind. docs/authoring-reference.md has every key.',
  ),
  'folder-name': rule(
    'error',
    '폴더 이름 "{name}"에 순서 번호가 없어요.',
    'The folder "{name}" has no order prefix.',
    '"10-{name}"처럼 숫자와 소문자, 붙임표로 지으세요.',
    'Name it like "10-{name}": digits, then lower-case words joined by hyphens.',
  ),
  'unknown-chapter': rule(
    'error',
    '챕터 "{id}"의 제목이 course.yaml에 없어요.',
    'course.yaml has no title for the chapter "{id}".',
    'course.yaml의 chapters 아래에 "{id}"를 적으세요.',
    'Add "{id}" below chapters in course.yaml.',
  ),
  'empty-chapter': rule(
    'warning',
    '챕터 "{id}"에 레슨이 없어요.',
    'The chapter "{id}" has no lessons.',
    '레슨을 쓰거나 course.yaml에서 빼세요.',
    'Write a lesson or remove it from course.yaml.',
  ),
  'duplicate-id': rule(
    'error',
    '{kind} id "{id}"가 두 번 나와요.',
    'The {kind} id "{id}" appears twice.',
    '하나의 이름을 바꾸세요.',
    'Rename one of them.',
  ),
  'unknown-step': rule(
    'error',
    '<Step id="{id}">가 lesson.yaml에 없는 단계예요.',
    '<Step id="{id}"> is not a step of lesson.yaml.',
    'id를 lesson.yaml의 단계({known}) 가운데 하나로 고치거나 그 단계를 lesson.yaml에 더하세요.',
    'Use one of the steps of lesson.yaml ({known}), or add it there.',
  ),
  'missing-step': rule(
    'error',
    'lesson.yaml의 단계 "{id}"가 이 글에 없어요.',
    'The step "{id}" of lesson.yaml is not in this text.',
    '<Step id="{id}"> … </Step>를 넣으세요.',
    'Add <Step id="{id}"> … </Step>.',
  ),
  'step-order': rule(
    'error',
    '단계의 순서가 lesson.yaml과 달라요: {found}',
    'The steps stand in another order than in lesson.yaml: {found}',
    'lesson.yaml의 순서({wanted})에 맞추세요.',
    'Follow the order of lesson.yaml ({wanted}).',
  ),
  'commands-differ': rule(
    'error',
    '단계 "{id}"의 명령이 ko.mdx와 en.mdx에서 달라요: ko "{ko}" · en "{en}"',
    'The commands of step "{id}" differ: ko "{ko}", en "{en}"',
    '두 글의 bash 블록을 같게 하세요(주석은 달라도 돼요).',
    'Make the bash blocks equal (comments may differ).',
  ),
  'missing-quiz': rule(
    'error',
    'quiz.yaml이 있는데 이 글에 <Quiz />가 없어요.',
    'There is a quiz.yaml, but this text has no <Quiz />.',
    '글의 끝에 <Quiz />를 넣으세요.',
    'Add <Quiz /> at the end.',
  ),
  'quiz-without-file': rule(
    'error',
    '<Quiz />가 있는데 quiz.yaml이 없어요.',
    'There is a <Quiz />, but no quiz.yaml.',
    'quiz.yaml을 쓰거나 <Quiz />를 지우세요.',
    'Write quiz.yaml or remove <Quiz />.',
  ),
  'step-without-check': rule(
    'error',
    '단계 "{id}"에 check.sh도 ask도 form도 없어요.',
    'The step "{id}" has neither a check.sh nor an ask nor a form.',
    'steps/{id}/check.sh를 쓰거나 lesson.yaml에 ask나 form을 더하세요.',
    'Write steps/{id}/check.sh, or add an ask or a form in lesson.yaml.',
  ),
  'ask-without-script': rule(
    'error',
    '묻는 값 "{ask}"의 답을 구하는 스크립트가 없어요.',
    'Nothing computes the right value of "{ask}".',
    '{path} 를 쓰세요.',
    'Write {path}.',
  ),
  'unknown-step-folder': rule(
    'error',
    'steps/{id} 폴더의 단계가 lesson.yaml에 없어요.',
    'The folder steps/{id} belongs to no step of lesson.yaml.',
    '폴더 이름을 고치거나 lesson.yaml에 단계를 더하세요.',
    'Rename the folder or add the step to lesson.yaml.',
  ),
  'not-executable': rule(
    'error',
    '스크립트에 실행 권한이 없어요.',
    'This script is not executable.',
    'chmod +x {path}',
    'chmod +x {path}',
  ),
  'no-shebang': rule(
    'error',
    '스크립트의 첫 줄이 #! 로 시작하지 않아요.',
    'The first line of this script does not start with #!.',
    '첫 줄에 #!/usr/bin/env bash 를 쓰세요.',
    'Start it with #!/usr/bin/env bash.',
  ),
  'unknown-hint': rule(
    'error',
    '힌트 "{id}"가 lesson.yaml의 단계 "{step}"에 없어요.',
    'The hint "{id}" is not among the hints of step "{step}".',
    'lesson.yaml에 힌트를 적거나 스크립트의 이름을 고치세요.',
    'Write the hint in lesson.yaml or mend the name in the script.',
  ),
  'unreachable-hint': rule(
    'error',
    '힌트 "{id}"를 부르는 곳이 check.sh에 없어요.',
    'No line of check.sh names the hint "{id}".',
    'check.sh에서 fail {id} 를 부르거나 힌트를 지우세요.',
    'Call fail {id} in check.sh or remove the hint.',
  ),
  'form-with-lab': rule(
    'error',
    '양식 단계 "{id}"에 실습 머신이 필요한 것(ask, needs, 스크립트)이 있어요.',
    'The form step "{id}" has something that needs a lab (ask, needs, a script).',
    '양식에는 실습 머신이 없어도 돼요. 그것을 지우거나 단계를 둘로 나누세요.',
    'A form works without a lab. Remove it, or make two steps of one.',
  ),
  'unknown-field': rule(
    'error',
    '단계 "{step}"의 양식에 "{id}"라는 칸이 없어요.',
    'The form of step "{step}" has no field "{id}".',
    '있는 칸({known}) 가운데 하나를 적으세요.',
    'Use one of its fields: {known}.',
  ),
  'field-format': rule(
    'error',
    '규칙 {rule} 이 읽는 칸 "{id}"의 형식이 달라요.',
    'The rule {rule} reads the field "{id}", which has another format.',
    '그 칸을 kind: text, format: {wanted} 로 하거나 다른 칸을 적으세요.',
    'Make it kind: text with format: {wanted}, or name another field.',
  ),
  'unruled-hint': rule(
    'error',
    '힌트 "{id}"를 부르는 규칙이 양식에 없어요.',
    'No rule of the form names the hint "{id}".',
    '규칙에 hint: {id} 를 적거나 힌트를 지우세요.',
    'Name it in a rule or remove it.',
  ),
  'form-solution': rule(
    'error',
    '양식 "{id}"의 풀이가 제 규칙을 어겨요: {field} 칸에 힌트 {hint}',
    'The solution of the form "{id}" breaks its own rules: hint {hint} beside {field}',
    '그 칸의 solution 이나 규칙을 고치세요.',
    'Mend the solution of that field or the rule.',
  ),
  'form-wrong-turn': rule(
    'error',
    '틀린 예가 {field} 칸의 힌트 "{hint}"에 이르지 않아요. 나온 것: {seen}',
    'The wrong turn does not lead to the hint "{hint}" beside {field}. It leads to: {seen}',
    '그 규칙의 wrong 을 고치거나 규칙의 순서를 바꾸세요.',
    'Mend the wrong turn of that rule, or the order of the rules.',
  ),
  'quiz-no-answer': rule(
    'error',
    '문제 "{id}"에 맞는 답이 없어요.',
    'The question "{id}" has no right answer.',
    '맞는 선택지에 correct: true 를 적으세요.',
    'Mark the right choice with correct: true.',
  ),
  'quiz-many-answers': rule(
    'error',
    '하나만 고르는 문제 "{id}"에 맞는 답이 {count}개예요.',
    'The single-choice question "{id}" has {count} right answers.',
    '하나만 남기거나 kind를 multiple로 바꾸세요.',
    'Keep one, or make its kind multiple.',
  ),
  'quiz-no-accept': rule(
    'error',
    '빈칸 문제 "{id}"에 받아들일 답이 없어요.',
    'The fill-in question "{id}" accepts nothing.',
    'accept 나 acceptPatterns 를 적으세요.',
    'Give it accept or acceptPatterns.',
  ),
  'quiz-bad-pattern': rule(
    'error',
    '문제 "{id}"의 정규식을 읽을 수 없어요: {pattern}',
    'A pattern of question "{id}" cannot be read: {pattern}',
    '정규식을 고치세요.',
    'Mend the regular expression.',
  ),
  'quiz-no-script': rule(
    'error',
    '실습에 묻는 문제 "{id}"의 스크립트가 없어요.',
    'The ask-the-lab question "{id}" has no script.',
    '{path} 를 쓰세요.',
    'Write {path}.',
  ),
  'statement-gap': rule(
    'error',
    '노트의 문장은 N1부터 빠짐없이 이어져야 하는데 {id}가 없어요.',
    'The statements of the notes must run from N1 without a gap, but there is no {id}.',
    '{id}를 더하거나 번호를 고치세요.',
    'Add {id}, or mend the numbers.',
  ),
  'statement-without-correction': rule(
    'error',
    '노트의 문장 {id}에 바로잡는 말(correction)이 없어요.',
    'The statement {id} has no correction.',
    'correction을 ko와 en으로 적거나, 맞는 말이면 verdict를 right로 바꾸세요.',
    'Write a correction in ko and en, or make its verdict right.',
  ),
  'correction-of-right': rule(
    'error',
    '노트의 문장 {id}는 맞는 말(right)인데 바로잡는 말이 있어요.',
    'The statement {id} is right, and yet it has a correction.',
    'correction을 지우거나 verdict를 고치세요.',
    'Remove the correction, or change the verdict.',
  ),
  'unknown-statement': rule(
    'error',
    'covers의 {id}가 notes.yaml에 없어요.',
    'covers names {id}, which is not in notes.yaml.',
    '번호를 고치거나 notes.yaml에 {id}를 더하세요.',
    'Mend the number, or add {id} to notes.yaml.',
  ),
  'unknown-variant': rule(
    'error',
    '<Variant for="{id}">의 "{id}"는 실습 머신의 능력 이름이 아니에요.',
    '<Variant for="{id}"> is not the name of anything a lab can offer.',
    '쓸 수 있는 이름: {known}',
    'Known names: {known}',
  ),
  'unknown-address': rule(
    'error',
    '주소 이름 "{token}"을 몰라요.',
    'The address name "{token}" is unknown.',
    '쓸 수 있는 이름: {known}',
    'Known names: {known}',
  ),
} as const satisfies Record<string, Rule>;

/** Name of a rule. */
export type RuleName = keyof typeof rules;

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Where a problem is: a file, or a file and a line. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Makes an issue from a rule. */
export function problem(name: RuleName, place: Place, values: Readonly<Record<string, string | number>> = {}): Issue {
  const { severity, ko, en, fixKo, fixEn } = rules[name];
  return {
    severity,
    rule: name,
    file: place.file,
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
    message: { ko: fill(ko, values), en: fill(en, values) },
    fix: { ko: fill(fixKo, values), en: fill(fixEn, values) },
  };
}
