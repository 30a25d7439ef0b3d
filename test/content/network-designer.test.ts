/** The network designer of the lesson on VMware's networks: every right design passes, every mistake gets its own hint. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCourse } from '../../server/course/load.ts';
import { gradeForm, solutionOf } from '../../src/course/form/grade-form.ts';
import { findLesson, findStep } from '../../src/course/model.ts';

const { course } = await loadCourse(fileURLToPath(new URL('../../content/docker', import.meta.url)));
const lesson = course && findLesson(course, 'vmware-network');
const step = lesson && findStep(lesson, 'design');

/** Hints for the solution with these changes, as `field: hint`. */
function hintsAfter(changes: Readonly<Record<string, string>>): readonly string[] {
  if (!step?.form) throw new Error('the lesson lost its designer');
  const problems = gradeForm(step.form, step.hints, { ...solutionOf(step.form), ...changes });
  return problems.map(({ fields, hint }) => `${fields[0]}: ${hint}`);
}

/** A design in which all addresses begin alike. */
const beginning = (prefix: string, tails: Readonly<Record<string, string>> = {}) => ({
  subnet: `${prefix}.0`,
  'dhcp-start': `${prefix}.128`,
  'dhcp-end': `${prefix}.254`,
  gateway: `${prefix}.2`,
  machine: `${prefix}.3`,
  ...Object.fromEntries(Object.entries(tails).map(([field, tail]) => [field, `${prefix}.${tail}`])),
});

test.for(['10.0.0', '10.255.255', '172.16.0', '172.31.255', '192.168.2', '192.168.255', '172.17.0'])(
  'any private /24 passes: %s.0',
  (prefix) => {
    expect(hintsAfter(beginning(prefix))).toEqual([]);
  },
);

test.for([
  { mask: '/24' },
  { mask: '24' },
  beginning('10.20.30', { machine: '127' }),
  beginning('10.20.30', { machine: '50', 'dhcp-start': '100', 'dhcp-end': '100' }),
  { ...beginning('10.20.0'), mask: '/16', 'dhcp-end': '10.20.255.254' },
  { ...beginning('10.20.0'), mask: '255.255.240.0' },
  { ...beginning('192.168.50', { 'dhcp-start': '32', 'dhcp-end': '62', machine: '10' }), mask: '/26' },
  {
    ...beginning('10.9.8', { subnet: '16', gateway: '18', machine: '19', 'dhcp-start': '20', 'dhcp-end': '30' }),
    mask: '/28',
  },
])('another right design passes: %j', (changes) => {
  expect(hintsAfter(changes as Record<string, string>)).toEqual([]);
});

test.for([
  [beginning('213.0.113'), ['subnet: public']],
  [beginning('172.32.0'), ['subnet: public']],
  [beginning('11.0.0'), ['subnet: public']],
  [beginning('203.0.113'), ['subnet: docs']],
  [beginning('198.51.100'), ['subnet: docs']],
  [beginning('169.254.1'), ['subnet: special']],
  [beginning('127.0.0'), ['subnet: special']],
  [beginning('192.168.0'), ['subnet: clash']],
  [beginning('192.168.1'), ['subnet: clash']],
  [{ ...beginning('192.168.0'), mask: '/16' }, ['subnet: clash']],
  [{ subnet: '192.168.113.0/24' }, ['subnet: address-prefix']],
  [{ subnet: '192.168.113' }, ['subnet: address-numbers']],
  [{ subnet: '192.168.113.2' }, ['subnet: hostbits']],
  [{ gateway: '192.168.113.1' }, ['gateway: gw']],
  [{ gateway: '192.168.113.254' }, ['dhcp-start: pool-taken', 'gateway: gw']],
  [{ machine: '192.168.113.2' }, ['machine: static']],
  [{ machine: '192.168.113.128' }, ['dhcp-start: pool-taken', 'machine: static']],
  [{ 'dhcp-start': '192.168.113.1' }, ['dhcp-start: pool-taken']],
  [{ 'dhcp-start': '192.168.113.0' }, ['dhcp-start: pool']],
  [{ 'dhcp-end': '192.168.114.254' }, ['dhcp-end: pool-end']],
  [{ type: 'bridged' }, ['type: bridged']],
  [{ vmnet: 'vmnet0' }, ['vmnet: vmnet']],
] as const)('%j gets its hints', ([changes, hints]) => {
  const found = hintsAfter(changes as unknown as Record<string, string>);
  expect([...found].sort()).toEqual([...hints].sort());
});
