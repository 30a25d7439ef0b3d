import { expect, test } from 'vitest';
import { describeSolution, gradeForm, solutionOf } from '../../../src/course/form/grade-form.ts';
import { planStep } from '../../support/forms-course.ts';

/** Problems of the solution with these changes, as `field+others: hint`. */
async function problemsAfter(changes: Record<string, string>): Promise<readonly string[]> {
  const { form, hints } = await planStep();
  const problems = gradeForm(form, hints, { ...solutionOf(form), ...changes });
  return problems.map(({ fields, hint }) => `${fields.join('+')}: ${hint}`);
}

test('the solution has no problem', async () => {
  expect(await problemsAfter({})).toEqual([]);
});

test.for([
  [{ switch: 'left' }, ['switch: switch']],
  [{ type: 'host-only' }, ['type: type']],
  [{ type: '' }, ['type: empty']],
  [{ subnet: '213.0.113.0' }, ['subnet: public', 'door: door', 'machine: outside']],
  [{ subnet: '10.98.76.9' }, ['subnet: hostbits']],
  [{ subnet: '10.0.0.0', mask: '/16' }, ['subnet: clash', 'door: door', 'machine: outside']],
  [{ mask: '/15' }, ['subnet: hostbits', 'mask: mask', 'door: door']],
  [{ mask: '/29', first: '10.98.76.4', last: '10.98.76.6' }, ['mask: mask']],
  [{ last: '10.98.76.127' }, ['last+first: order']],
  [{ first: '10.98.76.1' }, ['first+last+door+machine: taken']],
  [{ machine: '10.98.76.200' }, ['first+last+machine: taken']],
  [{ machine: '10.98.76.255' }, ['machine: outside']],
  [{ machine: '10.98.76.0' }, ['machine: outside']],
  [{ door: '10.98.76.256' }, ['door: address-large']],
  [{ name: 'LAB   net' }, []],
  [{ name: 'lab-net' }, ['name: name']],
] as const)('%j', async ([changes, problems]) => {
  const found = await problemsAfter(changes as Record<string, string>);
  expect(found).toEqual(problems);
});

test('what cannot be read is explained once, and silences only the rules that need it', async () => {
  const all = { subnet: '10.98.76.0/24', mask: '255.0.255.0', door: 'x', switch: 'left' };
  expect(await problemsAfter(all)).toEqual([
    'switch: switch',
    'subnet: address-prefix',
    'mask: mask-gap',
    'door: address-letters',
  ]);
});

test('a problem says in both languages what is wrong, what would be right, and what was there', async () => {
  const { form, hints } = await planStep();
  const [problem] = gradeForm(form, hints, { ...solutionOf(form), door: ' 10.98.76.1 ' });
  expect(problem).toEqual({
    fields: ['door'],
    hint: 'door',
    message: hints['door'],
    expected: '10.98.76.2',
    actual: '10.98.76.1',
  });
});

test('an empty form has a problem in every field', async () => {
  const { form, hints } = await planStep();
  const problems = gradeForm(form, hints, {});
  expect(problems.map(({ hint }) => hint)).toEqual(form.fields.map(() => 'empty'));
});

test('the solution is told by labels and choices, in both languages', async () => {
  const { form } = await planStep();
  const { ko, en } = describeSolution(form);
  expect(ko).toContain('스위치: 오른쪽\n방식: NAT\n서브넷: 10.98.76.0');
  expect(en).toContain('Switch: Right\nType: NAT\nSubnet: 10.98.76.0');
});
