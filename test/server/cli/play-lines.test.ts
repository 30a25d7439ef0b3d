/** What a play says of a step that its lab cannot run. */
import { expect, test } from 'vitest';
import { itemLines } from '../../../server/cli/play-lines.ts';
import { notRun } from '../../../server/play/proof.ts';
import { stepOf, tinyCourse } from '../../support/tiny-course.ts';

test('a step that cannot run is told with what is missing and where it can run', async () => {
  const { lesson, step } = stepOf(await tinyCourse(), 'files', 'make-file');
  const plan = { lesson, locale: 'ko', depth: 'full' } as const;
  const needs = ['docker', 'own-kernel'] as const;
  const [line] = itemLines(plan, notRun({ ...step, needs }, 'step', ['own-kernel']));
  expect(line?.ko).toBe(
    '– files/make-file (ko) 이 실습 환경에서는 할 수 없음: 자기 커널. 해 볼 수 있는 곳: 실습용 가상 머신(`--lab qemu`), 필요한 것이 있는 여러분의 머신(`--lab ssh://…`).',
  );
  expect(line?.en).toContain('cannot run on this lab: own kernel. It can be done on: the course’s virtual machine');
  expect(itemLines(plan, notRun(step, 'step', []))[0]?.en).toContain('needs no lab');
});
