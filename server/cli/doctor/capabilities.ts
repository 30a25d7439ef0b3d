/**
 * The doctor on what labs offer and what the course needs of them: the table by which pages, lint and play decide.
 */
import { type Capability, capabilities, capabilityNames } from '../../../src/course/capabilities.ts';
import type { Locale } from '../../../src/course/locales.ts';
import type { Course } from '../../../src/course/model.ts';
import { nameNeeds, whereToDo } from '../../../src/course/reading.ts';
import type { Config } from '../../config.ts';
import { loadCourse } from '../../course/load.ts';
import { findReadOnlySteps, type Offer, type ReadOnlyStep } from '../../lab/offer.ts';
import type { Finding } from './finding.ts';

/** One line for each capability, and one for the steps that cannot be done in such labs. */
export async function examineCapabilities(config: Config, offer: Offer): Promise<readonly Finding[]> {
  const { course } = await loadCourse(config.course);
  return [table(offer), ...(course ? [readOnlySteps(course, offer)] : [])];
}

function table({ has, perhaps }: Offer): Finding {
  const mark = (capability: Capability) => (has.has(capability) ? '✓' : perhaps.has(capability) ? '?' : '–');
  const lines = (locale: Locale) =>
    capabilities.map((name) => `    ${mark(name)} ${name.padEnd(11)}${capabilityNames[name][locale]}`).join('\n');
  return {
    id: 'capabilities',
    status: 'ok',
    text: {
      ko: `실습 머신이 할 수 있는 것 (?는 켜 봐야 알아요):\n${lines('ko')}`,
      en: `What a lab can do (? is known once one runs):\n${lines('en')}`,
    },
  };
}

function readOnlySteps(course: Course, offer: Offer): Finding {
  const steps = findReadOnlySteps(course, offer);
  if (steps.length === 0) {
    const text = { ko: '강의의 모든 단계를 할 수 있어요.', en: 'Every step of the course can be done.' };
    return { id: 'steps', status: 'ok', text };
  }
  const lines = (locale: Locale) => {
    const reason = ({ missing, needs }: ReadOnlyStep) => `(${nameNeeds(missing, locale)}) ${whereToDo(needs)[locale]}`;
    return [...Map.groupBy(steps, reason)].map(([why, of]) => `    ${of.map(({ name }) => name).join(', ')} ${why}`);
  };
  const text = {
    ko: [`이 머신에 괄호 안의 것이 없어서 읽기만 하는 단계 ${steps.length}개:`, ...lines('ko')].join('\n'),
    en: [`${steps.length} of the course’s steps can only be read there, for what stands in brackets is missing:`]
      .concat(lines('en'))
      .join('\n'),
  };
  return { id: 'steps', status: 'ok', text };
}
