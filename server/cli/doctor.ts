/**
 * `tadak doctor`: what this machine can do and what is missing, for people or as JSON.
 * Looks only; installs and changes nothing.
 */
import type { Localized } from '../../src/course/locales.ts';
import type { Config } from '../config.ts';
import type { Finding } from './doctor/finding.ts';
import { examineLabs } from './doctor/labs.ts';
import { examineMachine } from './doctor/machine.ts';
import { examineProject } from './doctor/project.ts';
import type { Terminal } from './terminal.ts';

const marks = { ok: '✓', warning: '!', problem: '✗' } as const;
const verdicts: Readonly<Record<'fine' | 'problems', Localized>> = {
  fine: { ko: '시작할 수 있어요: npm start', en: 'Ready to go: npm start' },
  problems: { ko: '✗ 표시된 것을 먼저 해결해 주세요.', en: 'Mend what is marked ✗ first.' },
};

/** Prints all findings. Resolves with 1 when something needed is missing. */
export async function runDoctor(
  config: Config,
  terminal: Terminal,
  { json }: { readonly json: boolean },
): Promise<number> {
  const findings: Finding[] = [];
  for (const examine of [examineProject, examineMachine, examineLabs]) findings.push(...(await examine(config)));
  const isFine = findings.every(({ status }) => status !== 'problem');
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: isFine, findings }, null, 2)}\n`);
  } else {
    for (const { status, text } of findings) {
      terminal.say({ ko: `${marks[status]} ${text.ko}`, en: `${marks[status]} ${text.en}` });
    }
    terminal.say(isFine ? verdicts.fine : verdicts.problems);
  }
  return isFine ? 0 : 1;
}
