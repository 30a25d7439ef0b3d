import { expect, test } from 'vitest';
import { publicForm } from '../../../src/course/form/public-form.ts';
import { buildForms, planStep } from '../../support/forms-course.ts';

test('the course of forms has no problems', async () => {
  expect((await buildForms()).issues).toEqual([]);
});

test.for([
  ['field: switch, values', 'field: swicth, values', 'unknown-field'],
  ['gateway: door, machine', 'gateway: doors, machine', 'unknown-field'],
  ['wrong: { switch: left }', 'wrong: { swicth: left }', 'unknown-field'],
  ['inside-subnet, field: machine', 'inside-subnet, field: name', 'field-format'],
  ['prefix-between, field: mask', 'prefix-between, field: subnet', 'field-format'],
  ['hint: taken, wrong', 'hint: token, wrong', 'unknown-hint'],
  ['      switch: { ko', '      other: { ko: 더, en: more }\n      switch: { ko', 'unruled-hint'],
  ['solution: 10.98.76.2 }', 'solution: 10.98.76.9 }', 'form-solution'],
  ['wrong: { door: 10.98.76.1 }', 'wrong: { door: 10.98.76.2 }', 'form-wrong-turn'],
  ['wrong: { name: lab-net }', "wrong: { name: '' }", 'form-wrong-turn'],
  ['id: door, kind', 'id: machine, kind', 'duplicate-id'],
  ['    form:\n', '    needs: [nm]\n    form:\n', 'form-with-lab'],
  ['networks: [10.0.0.0/24]', 'networks: [10.0.0.5/24]', 'schema'],
  ['rule: host-number', 'rule: host-numbre', 'schema'],
])('"%s" → "%s" is reported as %s', async ([from = '', to = '', rule]) => {
  const { issues } = await buildForms(from, to);
  expect(issues.map((issue) => issue.rule)).toContain(rule);
  for (const issue of issues) expect([issue.file, issue.line]).toEqual([expect.any(String), expect.any(Number)]);
});

test('neither solution nor rules are in a public form', async () => {
  const { form } = await planStep();
  const sent = JSON.stringify(publicForm(form));
  expect(sent).toContain('___.___');
  for (const secret of ['10.98.76', 'solution', 'rule', 'hint', 'wrong', 'one-of', '213.0']) {
    expect(sent, secret).not.toContain(secret);
  }
});
